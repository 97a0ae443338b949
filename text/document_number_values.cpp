#include <algorithm>

#include "text/document_kinds.h"
#include "text/letters.h"
#include "text/utf8.h"
#include "text/value_readers.h"

// Numbers of documents (số, ký hiệu) as they are written, typed and cited: serial, year of legal
// normative documents, symbol of kind and office. Source: Decree 30/2020/NĐ-CP, annex I and III.
namespace nhanrong::text {
namespace {

constexpr Keyword kNumberWord{"sô1", "so"};  // số
constexpr Keyword kMonth{"thang1", "thang"};
constexpr Keyword kYear{"năm", "nam"};
constexpr Keyword kDay{"ngay2", "ngay"};
constexpr Keyword kQuarter{"quy1", "quy"};
constexpr Keyword kWeek{"tuân2", "tuan"};
constexpr Keyword kHour{"giơ2", "gio"};
constexpr std::size_t kMostSerialDigits = 6;
constexpr std::size_t kMostParts = 6;
constexpr std::size_t kLongestLowerPart = 8;

/// "1719", "30a" and the year of a legal normative document.
struct Head {
  std::string serial;  // no leading zeros, letter in lower case
  std::optional<int> year;
  std::size_t end;  // the token behind
};

std::optional<std::string> serial_of(const TokenView& tokens, std::size_t i) {
  if (!tokens.is_number(i)) return std::nullopt;
  const std::string_view written = tokens.written(i);
  const std::size_t digits = std::min(written.find_first_not_of("0123456789"), written.size());
  const std::string_view letter = written.substr(digits);
  const bool one_letter = letter.size() == 1 && ((letter[0] >= 'a' && letter[0] <= 'z') ||
                                                 (letter[0] >= 'A' && letter[0] <= 'Z'));
  if (digits > kMostSerialDigits || (!letter.empty() && !one_letter)) return std::nullopt;
  const std::size_t zeros = written.find_first_not_of('0');
  if (zeros >= digits) return std::nullopt;
  std::string serial(written.substr(zeros));
  if (one_letter) serial.back() = static_cast<char>(serial.back() | 0x20);
  return serial;
}

/// Capitals outweigh the rest: "QĐ", "TTg", "QH15"; not "Sở".
bool is_abbreviation(const TokenView& tokens, std::size_t i) {
  const auto& letters = LetterTable::get();
  const std::string_view written = tokens.written(i);
  int capitals = 0, others = 0;
  for (std::size_t at = 0; at < written.size();) {
    const char32_t c = next_code_point(written, at);
    if (c == kInvalidCodePoint) return false;
    if (letters[c].kind != LetterKind::Letter) continue;
    ++(letters[c].lower != c ? capitals : others);
  }
  return capitals > others && capitals + others <= 12;
}

bool is_word(const TokenView& tokens, std::size_t i) {
  return i < tokens.size() && !tokens.is_number(i);
}

/// What no Vietnamese word looks like: "vpcp", "bnnptnt".
bool is_letters_only(const TokenView& tokens, std::size_t i) {
  return tokens[i].kind == TokenKind::ForeignWord && tokens.written(i).size() <= kLongestLowerPart;
}

struct Symbol {
  std::string exact, folded;              // "qđ-ttg", "qd-ttg"
  std::string first_exact, first_folded;  // "qđ", "qd"
  const DocumentKind* kind = nullptr;     // of the first part
  std::size_t end = 0;                    // the token behind
  int parts = 0;
  bool slash = false;  // between its parts: "NQ/TW"
  bool has_office = false;
};

/// Adds the token at `symbol.end`; `within`: '&' joins it to the part before.
void add_part(const TokenView& tokens, Symbol& symbol, bool within) {
  const Token& token = tokens[symbol.end];
  std::string exact = token.exact;
  if (token.exact == token.folded) {  // marks may be missing
    if (symbol.parts == 0 && symbol.kind != nullptr) {
      exact = symbol.kind->abbreviation;
    } else if (const std::string_view office = find_office(token.folded); !office.empty()) {
      exact = office;
    }
  }
  if (symbol.parts == 0) {
    symbol.first_exact = exact;
    symbol.first_folded = token.folded;
  } else if (!within) {
    symbol.exact += '-';
    symbol.folded += '-';
  }
  symbol.exact += exact;
  symbol.folded += token.folded;
  ++symbol.parts;
  symbol.has_office = symbol.parts > 1;
  ++symbol.end;
}

bool may_be_office(const TokenView& tokens, std::size_t i) {
  if (!is_word(tokens, i)) return false;
  return !find_office(tokens[i].folded).empty() || is_abbreviation(tokens, i) ||
         is_letters_only(tokens, i);
}

/// An office behind a blank or a spaced dash: "1719 QĐ TTg", "1719/QĐ - TTg".
bool is_sure_office(const TokenView& tokens, std::size_t i) {
  if (!is_word(tokens, i)) return false;
  return !find_office(tokens[i].folded).empty() ||
         (tokens[i].kind == TokenKind::ForeignWord && is_abbreviation(tokens, i) &&
          tokens.written(i).size() > 1 && find_kind(tokens[i]) == nullptr);
}

/// The parts behind the first.
void take_more_parts(const TokenView& tokens, Symbol& symbol) {
  while (static_cast<std::size_t>(symbol.parts) < kMostParts && is_word(tokens, symbol.end)) {
    const Gap gap = tokens.gap(symbol.end - 1);
    const bool joined = gap.separator == Separator::Dash || gap.separator == Separator::Slash ||
                        gap.separator == Separator::Ampersand ||
                        (gap.separator == Separator::Dot && is_abbreviation(tokens, symbol.end));
    const bool loose = symbol.parts == 1 && symbol.kind != nullptr &&
                       (gap == kBlank || gap.separator == Separator::Dash);
    if (joined && !gap.spaced) {
      if (!may_be_office(tokens, symbol.end)) return;
    } else if (!loose || !is_sure_office(tokens, symbol.end)) {
      return;
    }
    symbol.slash = symbol.slash || gap.separator == Separator::Slash;
    add_part(tokens, symbol, gap.separator == Separator::Ampersand);
  }
}

/// The symbol that begins at token `i`: "QĐ-TTg", "NQ/TW", "qd-ttg", "QH15".
std::optional<Symbol> take_symbol(const TokenView& tokens, std::size_t i) {
  if (!is_word(tokens, i)) return std::nullopt;
  Symbol symbol;
  symbol.end = i;
  symbol.kind = find_kind(tokens[i]);
  if (symbol.kind == nullptr && !is_abbreviation(tokens, i) && !is_letters_only(tokens, i)) {
    return std::nullopt;
  }
  add_part(tokens, symbol, false);
  take_more_parts(tokens, symbol);
  return symbol;
}

/// Every spelling once, in order.
void add_spelling(Value& value, std::string spelling) {
  if (std::ranges::find(value.spellings, spelling) == value.spellings.end()) {
    value.spellings.push_back(std::move(spelling));
  }
}

void add_kind_spellings(Value& value, const Head& head, std::string_view exact,
                        std::string_view folded) {
  const auto add = [&value](const std::string& before, std::string_view kind) {
    add_spelling(value, before + "/" + std::string(kind));
  };
  if (head.year) {
    const std::string number = head.serial + "/" + std::to_string(*head.year);
    add(number, exact);
    add(number, folded);
  }
  add(head.serial, exact);
  add(head.serial, folded);
}

/// `named`: the kind in words before the number, null: none.
void append_number(const Head& head, const Symbol& symbol, const DocumentKind* named,
                   std::size_t first, std::size_t end, std::vector<Value>& out) {
  Value value = make_value(ValueKind::DocumentNumber, first, end);
  std::string number = head.serial;
  if (head.year) number += "/" + std::to_string(*head.year);
  if (symbol.parts > 0) {
    add_spelling(value, number + "/" + symbol.exact);
    add_spelling(value, number + "/" + symbol.folded);
    add_kind_spellings(value, head, symbol.first_exact, symbol.first_folded);
  }
  if (symbol.kind == nullptr) {
    constexpr std::string_view kLetter = "cv";  // công văn, whose numbers name no kind
    if (named != nullptr) {
      add_kind_spellings(value, head, named->abbreviation, named->folded);
    } else if (!head.year) {
      add_kind_spellings(value, head, kLetter, kLetter);
    }
  }
  out.push_back(std::move(value));
}

/// "1719", "7/2022" as the beginning of a number: the serial and the year if a symbol follows it.
std::optional<Head> take_head(const TokenView& tokens, std::size_t i) {
  auto serial = serial_of(tokens, i);
  if (!serial || tokens.before(i) == '/' || tokens.continues_figure(i, ".,")) return std::nullopt;
  Head head{std::move(*serial), std::nullopt, i + 1};
  if (tokens.gap(i).separator == Separator::Slash && tokens.is_number(i + 1)) {
    head.year = tokens.year(i + 1);
    if (!head.year) return std::nullopt;
    ++head.end;
  }
  return head;
}

/// Is what follows the digits their symbol, given how it is joined to them?
bool belongs(const TokenView& tokens, std::size_t i, const Head& head, const Symbol& symbol) {
  const Gap gap = tokens.gap(head.end - 1);
  const std::size_t first = head.end;
  const bool capitals = is_abbreviation(tokens, first);
  const bool several = symbol.parts > 1;
  switch (gap.separator) {
    case Separator::Slash:
      if (symbol.kind != nullptr) return true;
      if (capitals) return several || head.year || tokens.written(first).size() > 1;
      return (several || head.year) && !gap.spaced;
    case Separator::Dash:  // the Party's: 19-NQ/TW
      if (gap.spaced) return false;
      return symbol.kind != nullptr || (capitals && symbol.slash);
    case Separator::Blank: {
      if (symbol.kind == nullptr) return false;
      // "khoản 3 NĐ 27": the number of the kind comes behind it.
      const bool other = tokens.follows(symbol.end - 1) &&
                         (tokens.is_number(symbol.end) || tokens.is(symbol.end, kNumberWord));
      if (other) return false;
      if (several) return true;
      return symbol.kind->use_abbreviated == KindUse::Citing && !tokens.year(i);
    }
    default:
      return false;
  }
}

/// "1719/QĐ-TTg", "07/2022/NQ-HĐND", "19-NQ/TW", "1719 QD TTg" from token `i`.
std::size_t read_written_number(const TokenView& tokens, std::size_t i, const DocumentKind* named,
                                std::vector<Value>& out) {
  const auto head = take_head(tokens, i);
  if (!head) return i;
  const auto symbol = take_symbol(tokens, head->end);
  if (!symbol || !belongs(tokens, i, *head, *symbol)) return i;
  append_number(*head, *symbol, named, i, symbol->end, out);
  return symbol->end;
}

/// "Báo cáo 6 tháng", "Kế hoạch 5 năm", "Kế hoạch 2023": figures that are no number of a document.
bool counts_something(const TokenView& tokens, std::size_t i, const Head& head) {
  if (!head.year && tokens.year(i)) return true;
  if (!tokens.follows(head.end - 1)) return false;
  if (tokens.is(head.end, kMonth)) return true;
  for (const Keyword& unit : {kYear, kDay, kQuarter, kWeek, kHour}) {
    if (tokens.is(head.end, unit)) return !tokens.is_number(head.end + 1);
  }
  return false;
}

/// The number behind its kind, from token `i`: "QĐ 1719", "Quyết định số 1719", "Nghị định
/// 27/2022". `first` is where the kind begins.
std::size_t read_cited_number(const TokenView& tokens, std::size_t first, std::size_t i,
                              const Symbol& symbol, const DocumentKind* named, KindUse use,
                              std::vector<Value>& out) {
  const bool said = tokens.is(i, kNumberWord) && tokens.follows(i);
  if (said) ++i;
  // Where the number stands whole behind its kind, the words before it are words.
  const DocumentKind* const before = named != nullptr ? named : symbol.kind;
  if (const std::size_t end = read_written_number(tokens, i, before, out); end != i) return end;
  const auto head = take_head(tokens, i);
  if (!head) return first;
  const std::size_t last = head->end - 1;
  if (tokens.behind(last) == '/' || tokens.behind(last) == '%' ||
      tokens.figure_continues(last, "/.,-")) {
    return first;
  }
  const Gap gap = tokens.gap(last);
  if (gap.separator == Separator::Dash && tokens.is_number(head->end)) return first;
  if (!said && use == KindUse::Symbol) return first;
  if (!said && use == KindUse::Working && counts_something(tokens, i, *head)) return first;
  append_number(*head, symbol, named, first, head->end, out);
  return head->end;
}

}  // namespace

std::size_t read_document_number(const TokenView& tokens, std::size_t i, std::vector<Value>& out) {
  if (tokens.is_number(i)) return read_written_number(tokens, i, nullptr, out);
  if (i + 1 >= tokens.size() || !may_begin_kind(tokens[i])) return i;
  if (const auto name = find_kind_name(tokens, i)) {
    if (!tokens.follows(name->end - 1)) return i;
    return read_cited_number(tokens, i, name->end, {}, name->kind, name->kind->use, out);
  }
  // "đa số 12 xã" is no đề án.
  const DocumentKind* const kind = find_kind(tokens[i]);
  if (kind == nullptr || (tokens[i].kind == TokenKind::Syllable && !is_abbreviation(tokens, i))) {
    return i;
  }
  const auto symbol = take_symbol(tokens, i);
  if (!symbol || !tokens.follows(symbol->end - 1)) return i;
  const KindUse use = symbol->has_office ? KindUse::Citing : symbol->kind->use_abbreviated;
  return read_cited_number(tokens, i, symbol->end, *symbol, nullptr, use, out);
}

}  // namespace nhanrong::text
