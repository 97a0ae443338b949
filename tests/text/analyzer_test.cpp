#include "text/analyzer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "tests/text/random_text.h"
#include "tests/text/shared_table.h"
#include "text/letters.h"
#include "text/normalise.h"
#include "text/syllable.h"

namespace nhanrong::text {
namespace {

std::string exact(const Analysis& a) {
  std::string out;
  for (const Token& t : a.tokens) out += (out.empty() ? "" : " ") + t.exact;
  return out;
}

std::string folded(const Analysis& a) {
  std::string out;
  for (const Token& t : a.tokens) out += (out.empty() ? "" : " ") + t.folded;
  return out;
}

/// Tokens with '|' where the bigram is broken.
std::string joins(const Analysis& a) {
  std::string out;
  for (const Token& t : a.tokens) out += (t.joined ? " " : "|") + t.folded;
  return out;
}

std::string_view name(CompoundKind kind) {
  switch (kind) {
    case CompoundKind::DocumentNumber:
      return "document";
    case CompoundKind::Date:
      return "date";
    case CompoundKind::Period:
      return "period";
    case CompoundKind::Number:
      return "number";
    case CompoundKind::Percentage:
      return "percentage";
    case CompoundKind::Abbreviation:
      return "abbreviation";
    case CompoundKind::HyphenatedName:
      return "hyphenated";
  }
  return "?";
}

std::string compounds(const Analyzer& analyzer, std::string_view text) {
  std::string out;
  for (const Compound& c : analyzer.analyse(text).compounds) {
    if (!out.empty()) out += "; ";
    out += name(c.kind);
    out += ' ';
    out += text.substr(c.start, c.end - c.start);
  }
  return out;
}

class AnalyzerTest : public testing::Test {
 protected:
  Analyzer analyzer{{"nông thôn mới", "giảm nghèo", "giảm nghèo bền vững", "kinh tế - xã hội"}};
};

TEST_F(AnalyzerTest, MeetsAllWaysOfWriting) {
  for (std::string_view s : {"Nông thôn mới", "NÔNG THÔN MỚI", "nông\u00A0thôn\u200Bmới",
                             "No\u0302ng tho\u0302n mo\u031B\u0301i"}) {
    EXPECT_EQ(exact(analyzer.analyse(normalise(s))), "nông thôn mơi1") << s;
    EXPECT_EQ(folded(analyzer.analyse(normalise(s))), "nong thon moi") << s;
  }
  for (auto [a, b] : {std::pair{"hoà bình", "hòa bình"},
                      {"thuỷ lợi", "thủy lợi"},
                      {"\u00D0ường", "Đường"},
                      {"n\u01A3ớc", "nước"},
                      {"é\u0302", "ế"}}) {
    EXPECT_EQ(exact(analyzer.analyse(normalise(a))), exact(analyzer.analyse(normalise(b)))) << a;
  }
  EXPECT_EQ(folded(analyzer.analyse("nong thon moi")), "nong thon moi");
  EXPECT_EQ(exact(analyzer.analyse("nông thôn mơi")), "nông thôn mơi");
}

TEST_F(AnalyzerTest, KeepsTokensWithDigitsUnkeyed) {
  EXPECT_EQ(exact(analyzer.analyse("Hòa2 10.000ha m² 2021")), "hòa2 10 0 ha m² 2021");
  EXPECT_EQ(folded(analyzer.analyse("Hòa2 Số1")), "hoa2 so1");
}

TEST_F(AnalyzerTest, DropsLeadingZerosOfNumbers) {
  for (auto [in, out] : {std::pair{"02/2022", "2 2022"},
                         {"007", "7"},
                         {"0", "0"},
                         {"000", "0"},
                         {"02a", "02a"},
                         {"a02", "a02"},
                         {"100", "100"}}) {
    EXPECT_EQ(exact(analyzer.analyse(in)), out) << in;
    EXPECT_EQ(folded(analyzer.analyse(in)), out) << in;
  }
}

TEST_F(AnalyzerTest, TakesAUnitForAWordOfItsOwn) {
  for (auto [in, out] : {std::pair{"10.000ha", "10 0 ha"},
                         {"500TR đồng", "500 tr đông2"},
                         {"6tỷ", "6 ty3"},
                         {"6.500.000đ", "6 500 0 đ"},
                         {"50m2", "50 m2"},
                         {"30a", "30a"},
                         {"4G", "4g"},
                         {"ha5", "ha5"},
                         {"2haha", "2haha"}}) {
    EXPECT_EQ(exact(analyzer.analyse(in)), out) << in;
  }
  EXPECT_EQ(joins(analyzer.analyse("500ha")), "|500 ha");
}

/// As tokens spell what is written: "007" → "7".
std::string without_zeros(std::string written) {
  if (written.find_first_not_of("0123456789") != std::string::npos) return written;
  while (written.size() > 1 && written.front() == '0') written.erase(0, 1);
  return written;
}

TEST_F(AnalyzerTest, SplitsAtWhatIsNoLetterAndNoDigit) {
  for (auto [in, out] : {std::pair{"5140/VPCP-QHĐP", "5140 vpcp qhdp"},
                         {"98,5%", "98 5"},
                         {"1.234.567,89", "1 234 567 89"},
                         {"C#", "c"},
                         {"DTTS&MN", "dtts mn"},
                         {"a_b", "a b"},
                         {"“tam nông”…", "tam nong"},
                         {"", ""},
                         {" \n,", ""},
                         {"\u0301a\u0301", "a"},
                         {"mới\xFFhay", "moi hay"},
                         {"ខ្មែរ", "ខ្មែរ"}}) {
    EXPECT_EQ(folded(analyzer.analyse(in)), out) << in;
  }
}

TEST_F(AnalyzerTest, TellsKinds) {
  const Analysis a = analyzer.analyse("Nước internet 2021 10a ttg nuoc");
  std::vector<TokenKind> kinds;
  for (const Token& t : a.tokens) kinds.push_back(t.kind);
  EXPECT_EQ(kinds, (std::vector{TokenKind::Syllable, TokenKind::ForeignWord, TokenKind::Number,
                                TokenKind::Number, TokenKind::ForeignWord, TokenKind::Syllable}));
  EXPECT_TRUE(a.tokens[0].marked());
  EXPECT_FALSE(a.tokens[1].marked());
}

TEST_F(AnalyzerTest, BreaksBigramsAtSentencesAndLines) {
  for (auto [in, out] : {std::pair{"a. b", "|a|b"},
                         {"a.b", "|a b"},
                         {"a, b (c) d - e/f", "|a b c d e f"},
                         {"a; b: c? d! e", "|a|b|c|d|e"},
                         {"a\nb", "|a|b"},
                         {"a ... b", "|a|b"},
                         {"a.\tb", "|a|b"},
                         {"a.) b", "|a b"},
                         {"1.234,5", "|1 234 5"},
                         {"8:15", "|8 15"},
                         {". a", "|a"},
                         {"a.\nb", "|a|b"}}) {
    EXPECT_EQ(joins(analyzer.analyse(in)), out) << in;
  }
}

TEST_F(AnalyzerTest, FindsCompounds) {
  for (auto [in, out] : {
           std::pair{"số 263/QĐ-TTg", "document 263/QĐ-TTg"},
           {"07/2022/NQ-HĐND.", "document 07/2022/NQ-HĐND"},
           {"(19-NQ/TW)", "document 19-NQ/TW"},
           {"05-CT/TU", "document 05-CT/TU"},
           {"văn bản 5140/VPCP-QHĐP về", "document 5140/VPCP-QHĐP"},
           {"1719/QĐ–TTg", "document 1719/QĐ–TTg"},
           {"130/2025/TT-BTC, 237/NQ-UBTVQH16",
            "document 130/2025/TT-BTC; document 237/NQ-UBTVQH16"},
           {"ngày 11/7/2023", "date 11/7/2023"},
           {"11-07-2023", "date 11-07-2023"},
           {"11.7.2023.", "date 11.7.2023"},
           {"32/7/2023", ""},
           {"11/13/2023", ""},
           {"tỷ lệ 1/2000", ""},
           {"2021-2025", "period 2021-2025"},
           {"giai đoạn 2021 – 2025,", "period 2021 – 2025"},
           {"2021 2025", ""},
           {"98,5%", "percentage 98,5%"},
           {"đạt 98 % kế hoạch", "percentage 98 %"},
           {"98.5%", "percentage 98.5%"},
           {"1.234.567,89 đồng", "number 1.234.567,89"},
           {"10.000ha", "number 10.000"},
           {"mục 1.2.3.4", ""},
           {"2021", ""},
           {"DTTS&MN và KT-XH", "abbreviation DTTS&MN; abbreviation KT-XH"},
           {"UBND tỉnh, TTg", "abbreviation UBND; abbreviation TTg"},
           {"NN&PTNT", "abbreviation NN&PTNT"},
           {"QĐ-TTg 1719", "abbreviation QĐ-TTg"},
           {"xã Ia-Mơ", "hyphenated Ia-Mơ"},
           {"ki-lô-mét", "hyphenated ki-lô-mét"},
           {"01/01/2021-31/12/2022", "date 01/01/2021; date 31/12/2022"},
           {"từ 8/263/QĐ", ""},
           {"A263/QĐ-TTg", "abbreviation QĐ-TTg"},
           {"giảm nghèo bền vững", ""},
           {"mục Đ", ""},
           {"Đ-Đ", "hyphenated Đ-Đ"},
       }) {
    EXPECT_EQ(compounds(analyzer, in), out) << in;
  }
}

TEST_F(AnalyzerTest, ReadsNothingBehindTheText) {
  // A block of exactly this size: the address sanitizer sees a step too far.
  for (std::string_view s : {"mục Đ", "Đ", "98", "98,", "98 ", "a-", "mới\xE1\xBB", "Q."}) {
    const std::vector<char> block(s.begin(), s.end());
    const std::string_view text(block.data(), block.size());
    EXPECT_EQ(analyzer.analyse(text).tokens, analyzer.analyse(s).tokens) << s;
    EXPECT_EQ(normalise(text), normalise(s)) << s;
  }
}

TEST_F(AnalyzerTest, GivesCompoundsTheirTokens) {
  const Analysis a = analyzer.analyse("Nghị quyết 07/2022/NQ-HĐND và DTTS&MN");
  ASSERT_EQ(a.compounds.size(), 2u);
  EXPECT_EQ(a.compounds[0].first_token, 2u);
  EXPECT_EQ(a.compounds[0].tokens, 4u);
  EXPECT_EQ(a.compounds[1].first_token, 7u);
  EXPECT_EQ(a.compounds[1].tokens, 2u);
}

TEST_F(AnalyzerTest, RangesPointAtTheirTokens) {
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    const std::string raw = random_text(random, 1 + static_cast<int>(random() % 12));
    const std::string text = i % 2 ? normalise(raw) : raw;
    const Analysis a = analyzer.analyse(text);
    std::uint32_t end = 0;
    for (const Token& t : a.tokens) {
      ASSERT_LT(t.start, t.end) << text;
      ASSERT_LE(end, t.start) << text;
      ASSERT_LE(t.end, text.size()) << text;
      const std::string written = text.substr(t.start, t.end - t.start);
      ASSERT_EQ(without_zeros(fold(written)), t.folded) << text;
      ASSERT_EQ(without_zeros(tone_key(lower(written))), t.exact) << text;
      ASSERT_FALSE(t.folded.empty()) << text;
      end = t.end;
    }
    for (const Compound& c : a.compounds) {
      ASSERT_GT(c.tokens, 0u) << text;
      ASSERT_LE(c.first_token + c.tokens, a.tokens.size()) << text;
      ASSERT_EQ(a.tokens[c.first_token].start, c.start) << text;
    }
  }
}

TEST_F(AnalyzerTest, GivesDecomposedTextTheSameTokens) {
  std::mt19937 random(17);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = normalise(random_text(random, 1 + static_cast<int>(random() % 12)));
    ASSERT_EQ(analyzer.analyse(normalise(decompose(text))).tokens, analyzer.analyse(text).tokens)
        << text;
  }
}

/// Sentences as the retrieval prototype splits them: [.;:?!\n] before white space or the end, and
/// line ends; tokens are [^\W_]+ with the marks on it.
std::string slow_joins(std::string_view text) {
  const LetterTable& table = LetterTable::get();
  std::string out;
  bool broken = true;
  std::string word;
  const auto flush = [&] {
    if (word.empty()) return;
    static const std::set<std::string> units = {
        "ha", "m",  "m2",    "m3",    "m²",   "m³", "km",   "km2", "km²", "cm",
        "mm", "kg", "tấn",   "tạ",    "tr",   "đ",  "đồng", "vnđ", "vnd", "usd",
        "tỷ", "tỉ", "triệu", "nghìn", "ngàn", "kw", "kwh",  "kv",  "kva", "mw"};
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    const bool unit = digits > 0 && units.contains(lower(word.substr(digits)));
    out += broken ? "|" : " ";
    out += unit ? without_zeros(word.substr(0, digits)) + " " + fold(word.substr(digits))
                : without_zeros(fold(word));
    broken = false;
    word.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(text, i);
    const LetterKind kind = c == kInvalidCodePoint ? LetterKind::Other : table[c].kind;
    const bool part = kind == LetterKind::Letter || kind == LetterKind::Digit ||
                      (kind == LetterKind::Mark && !word.empty());
    if (part) {
      word += text.substr(start, i - start);
      continue;
    }
    flush();
    const std::string_view rest = text.substr(i);
    const bool blank = rest.empty() || rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t';
    if (c == '\n' ||
        (blank && c < 0x80 &&
         std::string_view(".;:?!").find(static_cast<char>(c)) != std::string_view::npos)) {
      broken = true;
    }
  }
  flush();
  return out;
}

TEST_F(AnalyzerTest, AgreesWithThePlainSplitter) {
  std::mt19937 random(11);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = normalise(random_text(random, 1 + static_cast<int>(random() % 16)));
    ASSERT_EQ(joins(analyzer.analyse(text)), slow_joins(text)) << text;
  }
}

TEST_F(AnalyzerTest, ReadsEverySentenceOfTheCollection) {
  const auto path = shared_file("data/retrieval-dev/corpus.jsonl");
  NHANRONG_NEED(path);
  std::ifstream file(path);
  std::string line;
  for (int i = 0; i < 300 && std::getline(file, line); ++i) {
    const std::string text = normalise(line);
    ASSERT_EQ(joins(analyzer.analyse(text)), slow_joins(text));
  }
}

TEST_F(AnalyzerTest, JoinsTheSyllablesOfKnownTerms) {
  for (auto [in, out] : {
           std::pair{"xây dựng nông thôn mới", "xây dựng nông_thôn_mới"},
           {"Nông Thôn  Mới, giảm nghèo", "Nông_Thôn_Mới, giảm_nghèo"},
           {"giảm nghèo bền vững", "giảm_nghèo_bền_vững"},
           {"giảm nghèo, bền vững", "giảm_nghèo, bền vững"},
           {"nong thon moi", "nong thon moi"},
           {"nông thôn\nmới", "nông thôn\nmới"},
           {"kinh tế - xã hội", "kinh tế - xã hội"},
           {"Quyết định số 1719/QĐ-TTg", "Quyết định số 1719/QĐ-TTg"},
           {"Số: 133 /BC-UBND", "Số: 133_/BC-UBND"},
           {"Quyết định 1719 về giảm nghèo", "Quyết_định_1719 về giảm_nghèo"},
           {"ngày 11 tháng 7  năm 2023", "ngày_11_tháng_7_năm_2023"},
           {"ngày 11 tháng 7\nnăm 2023", "ngày 11 tháng 7\nnăm 2023"},
           {"giai đoạn 2021 – 2025", "giai đoạn 2021_–_2025"},
           {"đạt 98,5 % và 6,5 triệu", "đạt 98,5_% và 6,5_triệu"},
           {"vùng DTTS & MN, KT-XH", "vùng DTTS_&_MN, KT-XH"},
           {"", ""},
       }) {
    EXPECT_EQ(analyzer.segment(in), out) << in;
  }
}

TEST_F(AnalyzerTest, IsSharedBetweenThreads) {
  const std::string text = "Quyết định số 263/QĐ-TTg ngày 22/02/2022, giai đoạn 2021-2025 của UBND";
  const Analysis wanted = analyzer.analyse(text);
  std::vector<std::jthread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) {
        const Analysis a = analyzer.analyse(text);
        if (a.tokens != wanted.tokens || a.compounds != wanted.compounds) ++wrong;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

TEST_F(AnalyzerTest, TakesLongRunsWithoutBlanks) {
  std::string text;
  for (int i = 0; i < 300000; ++i) text += "2021-";
  EXPECT_EQ(analyzer.analyse(text).tokens.size(), 300000u);
  EXPECT_EQ(analyzer.analyse(std::string(100000, 'a')).tokens.size(), 1u);
}

}  // namespace
}  // namespace nhanrong::text
