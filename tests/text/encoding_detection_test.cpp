#include "text/encoding_detection.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/text/legacy_table.h"
#include "text/letters.h"
#include "text/normalise.h"
#include "text/syllable.h"

namespace nhanrong::text {
namespace {

char32_t lower_letter(char32_t c) { return LetterTable::get()[c].lower; }

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string name_of(const std::optional<Encoding>& encoding) {
  return encoding ? std::string(id_of(*encoding)) : "-";
}

constexpr std::string_view kReport =
    "Quyết định số 1719/QĐ-TTg phê duyệt Chương trình mục tiêu quốc gia phát triển kinh tế - xã "
    "hội vùng đồng bào dân tộc thiểu số và miền núi: tỷ lệ hộ nghèo giảm 4,5%.";

TEST(Detect, NamesEachEncodingOfAReport) {
  const std::string report(kReport);
  for (std::string_view id : {"tcvn3", "vni", "viscii", "windows-1258"}) {
    const std::string bytes = LegacyEncoder(id).encode(report, lower_letter);
    EXPECT_EQ(name_of(detect(bytes)), id);
    EXPECT_EQ(name_of(detect_characters(as_windows1252(bytes))), id);
    EXPECT_EQ(lower(normalise(decode_as(find_encoding(id).value(), bytes))), lower(report));
  }
  EXPECT_EQ(name_of(detect(LegacyEncoder("vps").encode(lower(report), lower_letter))), "vps");
  EXPECT_EQ(name_of(detect(LegacyEncoder("viqr").encode(report, lower_letter))), "viqr");
  EXPECT_EQ(name_of(detect(as_windows1252(report))), "mojibake");
  std::string references;
  for (std::size_t i = 0; i < report.size();) {
    const char32_t c = next_code_point(report, i);
    if (c < 0x80) {
      references += static_cast<char>(c);
    } else {
      references += "&#" + std::to_string(static_cast<std::uint32_t>(c)) + ";";
    }
  }
  EXPECT_EQ(name_of(detect(references)), "ncr");
  EXPECT_EQ(decode_as(Encoding::NumericReferences, references), report);
}

TEST(Detect, ReadsTheFixtureInEachEncoding) {
  const auto folder = std::filesystem::path(NHANRONG_SOURCE_DIR) / "tests/fixtures/encodings";
  const std::string wanted = read_file(folder / "utf-8.txt");
  for (const EncodingName& encoding : encodings()) {
    const std::string bytes = read_file(folder / (std::string(encoding.id) + ".txt"));
    ASSERT_FALSE(bytes.empty()) << encoding.id;
    const auto found = detect(bytes).value_or(Encoding::Unicode);
    EXPECT_EQ(id_of(found), encoding.id);
    // TCVN3 and our table of VPS lack some capitals.
    EXPECT_EQ(lower(normalise(decode_as(found, bytes))), lower(wanted)) << encoding.id;
  }
}

TEST(Detect, LeavesUnicodeAndOtherLanguages) {
  for (std::string_view s :
       {"",
        "Nông thôn mới",
        "NÔNG THÔN",
        "có và là không",
        "lý do, Hà Giang, xã, hóa, bò, cò, gà",
        "The board approved the programme. It's a pilot; don't stop. (See annex.) He's fine.",
        "L'Assemblée générale a adopté à l'unanimité la résolution présentée par le comité.",
        "Les élèves de l'école ont déjà reçu leurs manuels; ça a été très apprécié à Đà Lạt.",
        "São Paulo, João, Conceição, açaí, coração, não há informações, município",
        "Müller, Größe, Straße, Übung, schön, Fuß, für die Bevölkerung",
        "El niño añadió información sobre la situación económica del país",
        "Příliš žluťoučký kůň úpěl ďábelské ódy",
        "mu:µ para:¶ §1 §2 ©2023 ®™ ° ± × ÷",
        "µ ¶ § · ¸ ¹ º » ¼ ½ ¾",
        "à ả ã á ạ",
        "©2023 §4 a° b° c° 5 m² 3 m³",
        "ខ្មែរ ភាសា ស្រុក",
        "Buôn Ma Thuột, Krông Păk, Ea H'Leo, Čư Kuin, Êđê, Ƀuôn Ŏ, Hruê, M'Đrắk",
        "Plei Ku, Chư Păh, Chư Prông, Ia Grai, Jrai, Ơi Nay, Rơchâm H'Yéo",
        "Kon Tum, Kon Rẫy, Đăk Hà, Ba Na, Bơhnar, Kơpang, Yă Đố, A Ngơi",
        "H'Mông, Hmoob, Giàng A Páo, Vàng Thị Mỷ, Sùng A Dơ, Lầu Y Phong",
        "Sóc Trăng, Trà Vinh, Thạch Sô Phi, Kim Sa Rây, Chhim Chanh Thu, Danh Út",
        "Vie^t",
        "5^2 + (a+b) = c; a' b' c'",
        "x&#233;r&#232;s & caf&#233;",
        "AT&T &#169; 2023 &#8211; R&D"}) {
    EXPECT_EQ(name_of(detect(s)), "-") << s;
    EXPECT_EQ(name_of(detect_characters(s)), "-") << s;
    EXPECT_EQ(name_of(detect(decompose(s))), "-") << s;
    EXPECT_EQ(name_of(detect(s.substr(0, s.size() / 2))), "-") << s;
  }
}

TEST(Detect, LeavesLatin1Bytes) {
  for (std::string_view s :
       {"L'Assembl\xE9"
        "e g\xE9n\xE9rale a adopt\xE9 \xE0 l'unanimit\xE9 la r\xE9solution",
        "M\xFCller, Gr\xF6\xDF"
        "e, Stra\xDF"
        "e, \xDC"
        "bung, sch\xF6n, f\xFCr die Bev\xF6lkerung",
        "S\xE3o Paulo, Jo\xE3o, Concei\xE7\xE3o, a\xE7"
        "a\xED, cora\xE7\xE3o, n\xE3o h\xE1",
        "\xB5 \xB6 \xA7 \xB8 \xB9", "caf\xE9", "\xFF\xFE\xFD\xFC", "\x93quoted\x94 \x96 \x85"}) {
    EXPECT_EQ(name_of(detect(s)), "-") << as_latin1(s);
  }
}

TEST(Detect, LeavesTheSamplesAndTheTables) {
  int files = 0;
  const std::filesystem::path root(NHANRONG_SOURCE_DIR);
  for (const auto& folder : {root / "corpus/samples", root / "corpus/samples-src",
                             root / "corpus/reference", root / "web/messages"}) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
      const auto ending = file.path().extension();
      if (!file.is_regular_file() || ending == ".pdf" || ending == ".docx") continue;
      const std::string bytes = read_file(file.path());
      EXPECT_EQ(name_of(detect(bytes)), "-") << file.path();
      EXPECT_EQ(name_of(detect(decompose(bytes))), "-") << file.path();
      ++files;
    }
  }
  EXPECT_GT(files, 60);
}

/// Lines of a collection, as runs of so many syllables.
std::vector<std::string> runs_of(std::size_t syllables) {
  std::vector<std::string> runs;
  std::ifstream file(shared_file("data/retrieval-dev/corpus.jsonl"));
  std::string run;
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);) {
    std::string text = normalise(nlohmann::json::parse(line).value("text", ""));
    text += ' ';
    std::size_t start = 0;
    for (std::size_t i = text.find_first_of(" \n"); i != std::string::npos;
         i = text.find_first_of(" \n", start)) {
      if (i > start) {
        run.append(text, start, i - start).append(1, ' ');
        if (++count == syllables) {
          runs.push_back(std::move(run));
          run.clear();
          count = 0;
        }
      }
      start = i + 1;
    }
  }
  return runs;
}

/// Words with a letter of ASCII and another: what is left for a judgement.
std::size_t marked_words(std::string_view bytes) {
  std::size_t words = 0;
  bool high = false;
  bool ascii = false;
  for (const char c : std::string(bytes) + " ") {
    if (c == ' ') {
      words += high && ascii ? 1u : 0u;
      high = ascii = false;
    } else {
      high = high || static_cast<unsigned char>(c) >= 0x80;
      ascii = ascii || (c >= 'a' && c <= 'z');
    }
  }
  return words;
}

TEST(Detect, FindsRunsOf20SyllablesAndMistakesNone) {
  NHANRONG_NEED(shared_file("data/retrieval-dev/corpus.jsonl"));
  const std::array<std::string_view, 5> ids = {"tcvn3", "vni", "viscii", "vps", "windows-1258"};
  std::map<std::string_view, LegacyEncoder> encoders;
  for (const auto id : ids) encoders.emplace(id, LegacyEncoder(id));
  struct Count {
    int of = 0, found = 0, other = 0;
  };
  std::map<std::string_view, Count> counts;
  int unicode = 0;
  const auto runs = runs_of(20);
  for (std::size_t i = 0; i < runs.size(); i += 3) {
    const std::string& run = runs[i];
    EXPECT_EQ(name_of(detect(run)), "-") << run;
    EXPECT_EQ(name_of(detect(decompose(run))), "-") << run;
    ++unicode;
    for (const auto& [id, encoder] : encoders) {
      // VPS: its table lacks capitals.
      const std::string bytes = encoder.encode(id == "vps" ? lower(run) : run, lower_letter);
      if (marked_words(bytes) < 5) continue;
      Count& count = counts[id];
      ++count.of;
      const auto as = detect(bytes);
      const std::string wanted = decode_as(find_encoding(id).value(), bytes);
      if (as && decode_as(*as, bytes) == wanted) ++count.found;
      if (as && decode_as(*as, bytes) != wanted) ++count.other;
    }
  }
  for (const auto& [id, count] : counts) {
    std::printf("%s: found %.2f %% of %d, taken for another %d\n", std::string(id).c_str(),
                100.0 * count.found / count.of, count.of, count.other);
    EXPECT_GE(count.found, count.of * 0.995) << id;
    // VISCII and VPS share most of their codes: two of a thousand short runs fit both.
    const bool alike = id == "viscii" || id == "vps";
    EXPECT_LE(count.other, alike ? count.of / 300 : 0) << id;
  }
  std::printf("of %d runs of Unicode none is taken for something else\n", unicode);
}

}  // namespace
}  // namespace nhanrong::text
