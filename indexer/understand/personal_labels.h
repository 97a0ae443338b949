#pragma once
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// What a word of a form says of what stands behind it.
enum class PersonalCue : std::uint8_t {
  BirthDate,       // "Ngày sinh", "sinh năm"
  IdentityNumber,  // "CCCD", "Số định danh cá nhân"
  Passport,        // "Hộ chiếu": a letter and digits
  Phone,           // "Điện thoại", "SĐT"
  BankAccount,     // "Số tài khoản"
  Account,         // "tài khoản": of a bank only with enough digits
  HomeAddress,     // "Nơi thường trú", "Chỗ ở hiện nay"
  Residence,       // "trú tại": of a person where more of the person stands in the line
  Address,         // "Địa chỉ": of a person or of an office
  BirthPlace,      // "Nơi sinh", "Quê quán"
  Email,           // "Thư điện tử"
  Person,          // "Họ và tên": what follows is of a person
  Office,          // "UBND", "Phòng": what follows is of an office
  OfficeName,      // "Tên đơn vị": likewise, for the lines below, too
  PublicLine,      // "Đường dây nóng": numbers that are meant to be called by anyone
  OtherNumber,     // "Mã số thuế": a number that may look like a telephone's
  Filler,          // "hiện nay", "số": between a label and its value
  Rest,            // another label: an address ends before it
};

/// A cue as it stands in a text.
struct FoundCue {
  PersonalCue cue;
  std::size_t tokens;  // how many of Page::tokens
};

/// The words that announce personal data or tell that it is none. Const, safe to share.
class PersonalLabels {
 public:
  PersonalLabels();
  /// The longest cue that begins at the token, not beyond `end`; fillers only where asked for.
  /// Marks may be missing or, in longer cues, wrong as scans have them.
  std::optional<FoundCue> match(const Page& page, std::size_t token, std::size_t end,
                                bool fillers = false) const;

 private:
  struct Label {
    PersonalCue cue;
    bool strict;  // as written: bare it would be another word
    std::vector<std::string> folded, exact;
  };
  bool fits(const Label& label, const Page& page, std::size_t token, std::size_t end) const;
  void add(PersonalCue cue, bool strict, std::string_view name);

  /// Which words may open a cue; most others are told apart without a look into the map.
  static std::size_t sieve_of(std::string_view folded) {
    const auto first = static_cast<unsigned char>(folded[0]);
    const auto second = static_cast<unsigned char>(folded[folded.size() > 1 ? 1 : 0]);
    return (first * 32U + second + folded.size() * 397U) % kSieve;
  }
  static constexpr std::size_t kSieve = 2048;

  std::bitset<kSieve> sieve_;
  std::vector<Label> labels_;
  std::unordered_map<std::string_view, std::vector<std::uint16_t>> by_first_;  // longest first
};

}  // namespace nhanrong::indexer
