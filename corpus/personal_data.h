#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"

namespace nhanrong::corpus {

/// Personal data (dữ liệu cá nhân) that forms and lists carry: of what tells a certain person from
/// others (Law 91/2025/QH15, article 2) that which no reader of an initiative needs. Names, offices
/// and places of work are not among them.
enum class PersonalKind : std::uint8_t {
  BirthDate,       // ngày sinh; also a mere year of birth
  IdentityNumber,  // số định danh cá nhân, căn cước, CMND, hộ chiếu
  Phone,           // số điện thoại
  BankAccount,     // số tài khoản
  HomeAddress,     // nơi thường trú, tạm trú, chỗ ở
  Email,           // thư điện tử
  BirthPlace,      // nơi sinh, quê quán
};
inline constexpr std::size_t kPersonalKinds = 7;

/// Id in JSON and in the catalogue: "identity_number".
std::string_view id_of(PersonalKind kind);
std::optional<PersonalKind> find_personal_kind(std::string_view id);

/// Where personal data stands: a byte range of the stored text.
struct PersonalRange {
  PersonalKind kind;
  std::uint32_t start, end;
  bool operator==(const PersonalRange&) const = default;
};

/// How many ranges of each kind there are, by the order of PersonalKind.
std::array<std::size_t, kPersonalKinds> count_kinds(const std::vector<PersonalRange>& ranges);

/// Every letter, mark and digit within the ranges becomes a '*' for each of its bytes, so that byte
/// offsets hold: "SĐT 0912.345.678" → "SĐT ****.***.***". Blanks and punctuation stay. Ranges may
/// reach beyond the text.
void mask(std::string& text, std::span<const PersonalRange> ranges);

/// Is `copy` the text under its mask, as it is exported? False where the ranges mask nothing.
bool is_masked_copy(std::string_view copy, std::string text, std::span<const PersonalRange> ranges);

/// Masks in `value`, which was made of text[start, end), what the ranges mask there; the value may
/// join lines by other blanks. Where a masked part is not found again in it, all of the value is.
void mask_copy(std::string& value, std::string_view text, std::uint32_t start, std::uint32_t end,
               std::span<const PersonalRange> ranges);

/// Masks in what somebody gave (a title, the name of a file) what the ranges mask in the text,
/// where it holds the same.
void mask_mentions(std::string& given, std::string_view text,
                   std::span<const PersonalRange> ranges);

}  // namespace nhanrong::corpus
