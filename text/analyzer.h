#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::text {

/// Grows whenever the same text gives other tokens: an index made by another version is rebuilt.
inline constexpr int kAnalyzerVersion = 2;

enum class TokenKind : std::uint8_t { Syllable, ForeignWord, Number };

/// One run of letters and digits. "QĐ-TTg" is two tokens, "2021" one, "1.234,5" three, "10ha" two
/// (a unit is a word of its own); what belongs together stands in Compound.
struct Token {
  std::uint32_t start, end;  // byte range in the analysed text
  TokenKind kind;
  bool joined;  // no . ; : ? ! before a blank and no line end between the token before and this
                // one: makes a bigram
  std::string exact;   // tone key: "mơi1"; digits without leading zeros, so that 02/2022 is 2/2022
  std::string folded;  // "moi"
  /// Was a tone, a shape mark or đ written? Bare syllables stand for any marks.
  bool marked() const { return exact != folded; }
  bool operator==(const Token&) const = default;
};

enum class CompoundKind : std::uint8_t {
  DocumentNumber,  // 263/QĐ-TTg, 07/2022/NQ-HĐND, 19-NQ/TW
  Date,            // 11/7/2023, 11-07-2023, 11.7.2023
  Period,          // 2021-2025, 2021 – 2025
  Number,          // 1.234.567,89
  Percentage,      // 98,5%
  Abbreviation,    // DTTS&MN, KT-XH, UBND
  HyphenatedName,  // Ia-Mơ, ki-lô-mét
};

/// Tokens that belong together, as the break rules tag them.
struct Compound {
  CompoundKind kind;
  std::uint32_t start, end;           // byte range
  std::uint32_t first_token, tokens;  // which of Analysis::tokens
  bool operator==(const Compound&) const = default;
};

struct Analysis {
  std::vector<Token> tokens;
  std::vector<Compound> compounds;
};

/// The one way from text to tokens, for index, query, highlight and similarity. Const and safe to
/// share between threads. Tokens come from an ICU rule-based break iterator with our rules
/// (text/break_rules.txt).
class Analyzer {
 public:
  /// `compounds`: terms of several syllables ("nông thôn mới") that segment() joins; `app` reads
  /// them from the tables.
  explicit Analyzer(const std::vector<std::string>& compounds = {});
  ~Analyzer();
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;

  /// Tokens of NFC text, in order. Invalid UTF-8 separates tokens. At most 4 GB.
  Analysis analyse(std::string_view nfc) const;
  /// The text with the syllables of known terms joined, and what belongs together as one word:
  /// "xây dựng nông_thôn_mới", "ngày_11_tháng_7_năm_2023", "98,5_%".
  std::string segment(std::string_view nfc) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace nhanrong::text
