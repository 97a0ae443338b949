#include "corpus/personal_data.h"

#include <algorithm>

#include "text/letters.h"
#include "text/utf8.h"

namespace nhanrong::corpus {
namespace {

constexpr std::array<std::string_view, kPersonalKinds> kIds{
    "birth_date",   "identity_number", "phone",      "bank_account",
    "home_address", "email",           "birth_place"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Masks value[start, end), which begins and ends with whole characters.
void mask_range(std::string& value, std::size_t start, std::size_t end) {
  const auto& letters = text::LetterTable::get();
  end = std::min(end, value.size());
  for (std::size_t i = start; i < end;) {
    const std::size_t from = i;
    const char32_t c = text::next_code_point(value, i);
    // Bytes that are no UTF-8 may be letters of some encoding.
    const bool shown = c != text::kInvalidCodePoint && letters[c].kind == text::LetterKind::Other;
    if (!shown) std::fill(value.data() + from, value.data() + i, '*');
  }
}

/// A part of a string by byte range.
struct Part {
  std::size_t start = 0, end = 0;
};

/// Where `needle` stands in `value` at or behind `from`, blanks aside; nullopt: nowhere.
std::optional<Part> find_part(std::string_view value, std::string_view needle, std::size_t from) {
  const auto first = std::ranges::find_if_not(needle, is_blank);
  if (first == needle.end()) return std::nullopt;
  for (std::size_t start = from; start < value.size(); ++start) {
    if (value[start] != *first) continue;
    std::size_t at = start;
    const bool found = std::all_of(first, needle.end(), [&](char c) {
      if (is_blank(c)) return true;
      while (at < value.size() && is_blank(value[at])) ++at;
      return at < value.size() && value[at++] == c;
    });
    if (found) return Part{start, at};
  }
  return std::nullopt;
}

}  // namespace

std::string_view id_of(PersonalKind kind) { return kIds.at(static_cast<std::size_t>(kind)); }

std::optional<PersonalKind> find_personal_kind(std::string_view id) {
  const auto found = std::ranges::find(kIds, id);
  if (found == kIds.end()) return std::nullopt;
  return static_cast<PersonalKind>(found - kIds.begin());
}

std::array<std::size_t, kPersonalKinds> count_kinds(const std::vector<PersonalRange>& ranges) {
  std::array<std::size_t, kPersonalKinds> counts{};
  for (const PersonalRange& range : ranges) ++counts.at(static_cast<std::size_t>(range.kind));
  return counts;
}

void mask(std::string& text, std::span<const PersonalRange> ranges) {
  for (const PersonalRange& range : ranges) mask_range(text, range.start, range.end);
}

bool is_masked_copy(std::string_view copy, std::string text,
                    std::span<const PersonalRange> ranges) {
  if (copy.size() != text.size() || copy == text) return false;
  mask(text, ranges);
  return copy == text;
}

void mask_copy(std::string& value, std::string_view text, std::uint32_t start, std::uint32_t end,
               std::span<const PersonalRange> ranges) {
  for (const PersonalRange& range : ranges) {
    const std::size_t first = std::max(start, range.start);
    const std::size_t last = std::min<std::size_t>({end, range.end, text.size()});
    if (first >= last) continue;
    const std::string_view needle = text.substr(first, last - first);
    auto part = find_part(value, needle, 0);
    if (!part) return mask_range(value, 0, value.size());
    // The same may stand in it twice, and which of them was meant is not known.
    for (; part; part = find_part(value, needle, part->end)) {
      mask_range(value, part->start, part->end);
    }
  }
}

void mask_mentions(std::string& given, std::string_view text,
                   std::span<const PersonalRange> ranges) {
  // A year of birth may well be a year of it.
  constexpr std::size_t kLeastBytes = 8;
  for (const PersonalRange& range : ranges) {
    const std::size_t last = std::min<std::size_t>(range.end, text.size());
    if (range.start + kLeastBytes > last) continue;
    const std::string_view needle = text.substr(range.start, last - range.start);
    for (auto part = find_part(given, needle, 0); part;
         part = find_part(given, needle, part->end)) {
      mask_range(given, part->start, part->end);
    }
  }
}

}  // namespace nhanrong::corpus
