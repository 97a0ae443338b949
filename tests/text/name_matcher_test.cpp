#include "text/name_matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "text/analyzer.h"
#include "text/syllable.h"

namespace nhanrong::text {
namespace {

struct Entry {
  std::string_view name;
  NameCase letter_case = NameCase::Any;
};

NameMatcher matcher(const std::vector<Entry>& entries) {
  NameMatcher made;
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    made.add(entries[i].name, i, entries[i].letter_case);
  }
  made.build();
  return made;
}

/// What was found, "0:Hòa Bình; 1:…".
std::string found(const NameMatcher& m, std::string_view text) {
  std::string out;
  for (const NameMatch& match : m.find(text)) {
    if (!out.empty()) out += "; ";
    out += std::to_string(match.name) + ":";
    out += text.substr(match.start, match.end - match.start);
  }
  return out;
}

TEST(NameMatcher, FindsBothToneStylesInAnyCase) {
  const NameMatcher m = matcher({{"Hòa Bình"}, {"giảm nghèo bền vững"}});
  for (std::string_view s : {"Hòa Bình", "Hoà Bình", "HÒA BÌNH", "hoà bình"}) {
    EXPECT_EQ(found(m, s), "0:" + std::string(s));
  }
  EXPECT_EQ(found(m, "công tác Giảm nghèo bền vững."), "1:Giảm nghèo bền vững");
}

TEST(NameMatcher, CountsMarks) {
  const NameMatcher m = matcher({{"Đường"}, {"Hà Nam"}});
  for (std::string_view s : {"dương", "dưỡng", "Duong", "Hạ Nam", "ha nam"}) {
    EXPECT_EQ(found(m, s), "") << s;
  }
}

TEST(NameMatcher, EndsNamesAtSyllables) {
  const NameMatcher m = matcher({{"Hà Nam"}, {"An"}});
  EXPECT_EQ(found(m, "Hà Namx, Ana, Lan"), "");
  EXPECT_EQ(found(m, "(Hà Nam)"), "0:Hà Nam");
}

TEST(NameMatcher, WantsTheWrittenCase) {
  const NameMatcher m = matcher({{"Hòa Bình", NameCase::Written}, {"TP. Huế", NameCase::Written}});
  for (auto [in, out] : {std::pair{"hòa bình", ""},
                         {"Hòa bình", ""},
                         {"HÒA BÌNH", "0:HÒA BÌNH"},
                         {"Hoà Bình", "0:Hoà Bình"},
                         {"HÒA Bình", ""},
                         {"TP. Huế", "1:TP. Huế"},
                         {"TP HUẾ", "1:TP HUẾ"},
                         {"Tp. Huế", ""}}) {
    EXPECT_EQ(found(m, in), out) << in;
  }
}

TEST(NameMatcher, TakesBlanksDashesAndAmpersandsAlike) {
  const NameMatcher m = matcher({{"Thừa Thiên - Huế"}, {"DTTS&MN"}, {"TP. Hồ Chí Minh"}});
  for (auto [in, out] : {
           std::pair{"Thừa Thiên Huế", "0:Thừa Thiên Huế"},
           {"Thừa Thiên-Huế", "0:Thừa Thiên-Huế"},
           {"Thừa Thiên – Huế", "0:Thừa Thiên – Huế"},
           {"Thừa Thiên\nHuế", "0:Thừa Thiên\nHuế"},
           {"Thừa Thiên\n\nHuế", ""},
           {"Thừa Thiên, Huế", ""},
           {"DTTS-MN", "1:DTTS-MN"},
           {"DTTS & MN", "1:DTTS & MN"},
           {"TP Hồ Chí Minh", "2:TP Hồ Chí Minh"},
           {"TP.Hồ Chí Minh", "2:TP.Hồ Chí Minh"},
           {"TP. Hồ Chí Minh", "2:TP. Hồ Chí Minh"},
       }) {
    EXPECT_EQ(found(m, in), out) << in;
  }
}

TEST(NameMatcher, BreaksAtOtherPunctuation) {
  const NameMatcher m = matcher({{"Hòa Bình"}, {"xã, phường"}, {"1719/QĐ-TTg"}, {"Cư M'gar"}});
  for (auto [in, out] : {
           std::pair{"Hòa. Bình", ""},
           {"Hòa, Bình", ""},
           {"Hòa (Bình", ""},
           {"Hòa: Bình", ""},
           {"Hòa; Bình", ""},
           {"các xã, phường", "1:xã, phường"},
           {"các xã phường", ""},
           {"1719/QĐ-TTg", "2:1719/QĐ-TTg"},
           {"1719/QĐ–TTg", "2:1719/QĐ–TTg"},
           {"1719 QĐ-TTg", ""},
           {"21719/QĐ-TTg", ""},
           {"Cư M’gar", "3:Cư M’gar"},
       }) {
    EXPECT_EQ(found(m, in), out) << in;
  }
}

TEST(NameMatcher, GivesOverlappingMatchesByStartThenLength) {
  const NameMatcher m = matcher({{"dân tộc"}, {"dân tộc thiểu số"}, {"thiểu số"}, {"Ban dân tộc"}});
  EXPECT_EQ(found(m, "Ban Dân tộc thiểu số"),
            "3:Ban Dân tộc; 1:Dân tộc thiểu số; 0:Dân tộc; 2:thiểu số");
}

TEST(NameMatcher, GivesEveryValueOfAName) {
  NameMatcher m;
  m.add("Bình Minh", 7);
  m.add("Bình Minh", 3);
  m.add("", 1);
  m.add("...", 2);
  m.build();
  const std::vector<NameMatch> matches = m.find("xã Bình Minh");
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(matches[0].name, 3u);
  EXPECT_EQ(matches[1].name, 7u);
  EXPECT_EQ(longest(matches).size(), 2u);
}

TEST(NameMatcher, FindsNothingWithoutNames) {
  NameMatcher m;
  m.build();
  EXPECT_TRUE(m.find("Hòa Bình").empty());
}

TEST(Longest, KeepsTheLongestOfWhatOverlaps) {
  const std::vector<NameMatch> matches = {
      {0, 5, 1}, {4, 20, 2}, {4, 9, 3}, {18, 22, 4}, {30, 31, 5}};
  EXPECT_EQ(longest(matches), (std::vector<NameMatch>{{4, 20, 2}, {30, 31, 5}}));
  EXPECT_EQ(longest({{0, 5, 1}, {3, 8, 2}}), (std::vector<NameMatch>{{0, 5, 1}}));
  EXPECT_TRUE(longest({}).empty());
}

constexpr std::string_view kSyllables[] = {"hòa", "hoà", "bình", "an", "Hà", "nam", "x"};

TEST(NameMatcher, AgreesWithTryingEveryNameEverywhere) {
  std::mt19937 random(13);
  const auto words = [&](std::size_t most) {
    std::string s;
    for (auto n = 1 + random() % most; n > 0; --n) {
      s += (s.empty() ? "" : " ") + std::string(kSyllables[random() % std::size(kSyllables)]);
    }
    return s;
  };
  const Analyzer analyzer;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> names;
    NameMatcher m;
    for (std::uint32_t i = 0; i < 12; ++i) {
      names.push_back(words(4));
      m.add(names.back(), i);
    }
    m.build();
    const std::string text = words(30);
    const auto tokens = analyzer.analyse(text).tokens;
    std::vector<NameMatch> wanted;
    for (std::uint32_t n = 0; n < names.size(); ++n) {
      const auto parts = analyzer.analyse(names[n]).tokens;
      for (std::size_t i = 0; i + parts.size() <= tokens.size(); ++i) {
        const bool same =
            std::equal(parts.begin(), parts.end(), tokens.begin() + static_cast<std::ptrdiff_t>(i),
                       [](const Token& a, const Token& b) { return a.exact == b.exact; });
        if (same) wanted.push_back({tokens[i].start, tokens[i + parts.size() - 1].end, n});
      }
    }
    std::sort(wanted.begin(), wanted.end(), [](const NameMatch& a, const NameMatch& b) {
      return std::tuple(a.start, ~a.end, a.name) < std::tuple(b.start, ~b.end, b.name);
    });
    ASSERT_EQ(m.find(text), wanted) << text;
  }
}

}  // namespace
}  // namespace nhanrong::text
