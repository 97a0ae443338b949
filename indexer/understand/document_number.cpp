#include "indexer/understand/document_number.h"

#include <algorithm>

#include "text/letters.h"
#include "text/utf8.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMostDigits = 6;
constexpr std::size_t kLongestSymbol = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits at `at`, which moves behind them; nullopt without digits or with too many.
std::optional<int> take_digits(std::string_view s, std::size_t& at) {
  int value = 0;
  const std::size_t from = at;
  while (at < s.size() && is_digit(s[at]) && at - from < kMostDigits) {
    value = value * 10 + (s[at++] - '0');
  }
  if (at == from || (at < s.size() && is_digit(s[at]))) return std::nullopt;
  return value;
}

/// One '/' with blanks around it; `at` moves only if it is there.
bool take_slash(std::string_view s, std::size_t& at) {
  std::size_t i = at;
  while (i < s.size() && s[i] == ' ' && i - at < 3) ++i;
  if (i >= s.size() || s[i] != '/') return false;
  ++i;
  while (i < s.size() && s[i] == ' ' && i - at < 5) ++i;
  at = i;
  return true;
}

struct Part {
  std::size_t end;
  int letters = 0, upper = 0;
};

/// Letters, digits and '&' up to the next separator; a part begins with a capital.
std::optional<Part> take_part(std::string_view s, std::size_t at) {
  const auto& table = text::LetterTable::get();
  Part part{at};
  while (part.end < s.size()) {
    std::size_t next = part.end;
    const char32_t c = text::next_code_point(s, next);
    if (c == text::kInvalidCodePoint) break;
    const text::Letter letter = table[c];
    const bool is_letter = letter.kind == text::LetterKind::Letter;
    if (!is_letter && letter.kind != text::LetterKind::Digit && c != '&') break;
    const bool upper = is_letter && letter.lower != c;
    if (part.end == at && !upper) return std::nullopt;
    part.letters += is_letter ? 1 : 0;
    part.upper += upper ? 1 : 0;
    part.end = next;
  }
  if (part.end == at) return std::nullopt;
  return part;
}

/// Capitals outweigh the rest: "QĐ", "TTg", "TTr"; not "Sở".
bool is_abbreviation(const Part& part) {
  return part.upper >= 1 && part.letters <= 12 && part.upper * 2 >= part.letters;
}

struct Symbol {
  std::size_t end;
  int parts;
};

/// "QĐ-TTg", "NQ/TW" from `at`; parts after the first may be separated by '-' or '/'.
std::optional<Symbol> take_symbol(std::string_view s, std::size_t at) {
  const auto first = take_part(s, at);
  if (!first || !is_abbreviation(*first)) return std::nullopt;
  Symbol symbol{first->end, 1};
  while (symbol.end + 1 < s.size() && symbol.end - at < kLongestSymbol) {
    const char separator = s[symbol.end];
    if (separator != '-' && separator != '/') break;
    const auto part = take_part(s, symbol.end + 1);
    if (!part || !is_abbreviation(*part)) break;
    symbol.end = part->end;
    ++symbol.parts;
  }
  return symbol;
}

struct Taken {
  DocumentNumber number;
  std::size_t end;
};

std::optional<Taken> take_number(std::string_view s, std::size_t at) {
  const auto serial = take_digits(s, at);
  if (!serial || *serial == 0) return std::nullopt;
  DocumentNumber number{*serial, std::nullopt, {}};
  if (at < s.size() && s[at] == '-') {  // Party: 19-NQ/TW
    const auto symbol = take_symbol(s, at + 1);
    if (!symbol || symbol->parts < 2) return std::nullopt;
    number.symbol = s.substr(at + 1, symbol->end - at - 1);
    if (number.symbol.find('/') == std::string_view::npos) return std::nullopt;
    return Taken{number, symbol->end};
  }
  if (!take_slash(s, at)) return std::nullopt;
  std::size_t behind_year = at;
  // "12/2022" is a month in running text: a symbol starts with a letter.
  if (const auto year = take_digits(s, behind_year)) {
    if (*year < 1945 || *year > 2100 || !take_slash(s, behind_year)) return std::nullopt;
    number.year = year;
    at = behind_year;
  }
  const auto symbol = take_symbol(s, at);
  if (!symbol || (symbol->parts < 2 && !number.year)) return std::nullopt;
  number.symbol = s.substr(at, symbol->end - at);
  return Taken{number, symbol->end};
}

bool may_begin(std::string_view s, std::size_t at) {
  if (at == 0) return true;
  const auto before = static_cast<unsigned char>(s[at - 1]);
  const bool letter_or_digit = (before >= '0' && before <= '9') ||
                               (before >= 'A' && before <= 'Z') ||
                               (before >= 'a' && before <= 'z') || before >= 0x80;
  // A quotation mark, dash or blank of several bytes is no letter.
  if (before >= 0x80) {
    std::size_t i = at - 1;
    while (i > 0 && (static_cast<unsigned char>(s[i]) & 0xC0) == 0x80) --i;
    const char32_t c = text::next_code_point(s, i);
    return c == text::kInvalidCodePoint ||
           text::LetterTable::get()[c].kind == text::LetterKind::Other;
  }
  return !letter_or_digit && before != '/' && before != '-' && before != '.' && before != ',';
}

}  // namespace

std::optional<DocumentNumber> parse_document_number(std::string_view s) {
  const auto taken = take_number(s, 0);
  if (!taken || taken->end != s.size()) return std::nullopt;
  return taken->number;
}

std::vector<FoundNumber> find_document_numbers(std::string_view text) {
  std::vector<FoundNumber> found;
  for (std::size_t at = text.find('/'); at != std::string_view::npos;) {
    // The serial stands before the first slash, in Party numbers before "-NQ/".
    std::size_t from = at;
    while (from > 0 && at - from < 3 && text[from - 1] == ' ') --from;
    while (from > 0 && at - from < kLongestSymbol && text[from - 1] != ' ' &&
           text[from - 1] != '\n') {
      --from;
    }
    std::optional<Taken> taken;
    for (; from < at; ++from) {
      if (!is_digit(text[from]) || !may_begin(text, from)) continue;
      taken = take_number(text, from);
      if (taken && taken->end > at) break;
      taken.reset();
    }
    if (!taken) {
      at = text.find('/', at + 1);
      continue;
    }
    std::string number(text.substr(from, taken->end - from));
    std::erase(number, ' ');
    found.push_back({std::move(number), static_cast<std::uint32_t>(from),
                     static_cast<std::uint32_t>(taken->end)});
    at = text.find('/', taken->end);
  }
  return found;
}

std::string_view type_part(std::string_view symbol) {
  return symbol.substr(0, std::min(symbol.find('-'), symbol.find('/')));
}

}  // namespace nhanrong::indexer
