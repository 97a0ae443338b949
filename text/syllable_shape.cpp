#include "text/syllable_shape.h"

#include <array>
#include <string>
#include <unordered_set>

#include "text/syllable.h"

namespace nhanrong::text {
namespace {

// Longer ones first where one begins another.
constexpr std::array<std::string_view, 27> kOnsets = {
    "ngh", "ng", "nh", "gh", "gi", "qu", "kh", "ch", "th", "tr", "ph", "b", "c", "d",
    "đ",   "g",  "h",  "k",  "l",  "m",  "n",  "p",  "r",  "s",  "t",  "v", "x"};

constexpr std::string_view kRimes[] = {
    "a",    "ac",  "ach",  "ai",   "am",   "an",   "ang",  "anh",  "ao",   "ap",  "at",   "au",
    "ay",   "ăc",  "ăm",   "ăn",   "ăng",  "ăp",   "ăt",   "âc",   "âm",   "ân",  "âng",  "âp",
    "ât",   "âu",  "ây",   "e",    "ec",   "em",   "en",   "eng",  "eo",   "ep",  "et",   "ê",
    "êch",  "êm",  "ên",   "êng",  "ênh",  "êp",   "êt",   "êu",   "i",    "ia",  "ich",  "iêc",
    "iêm",  "iên", "iêng", "iêp",  "iêt",  "iêu",  "im",   "in",   "inh",  "ip",  "it",   "iu",
    "o",    "oa",  "oac",  "oach", "oai",  "oam",  "oan",  "oang", "oanh", "oao", "oap",  "oat",
    "oay",  "oăc", "oăm",  "oăn",  "oăng", "oăt",  "oc",   "oe",   "oen",  "oeo", "oet",  "oi",
    "om",   "on",  "ong",  "ooc",  "oong", "op",   "ot",   "ô",    "ôc",   "ôi",  "ôm",   "ôn",
    "ông",  "ôp",  "ôt",   "ơ",    "ơi",   "ơm",   "ơn",   "ơp",   "ơt",   "u",   "ua",   "uân",
    "uâng", "uât", "uây",  "uc",   "uê",   "uêch", "uênh", "ui",   "um",   "un",  "ung",  "uơ",
    "uôc",  "uôi", "uôm",  "uôn",  "uông", "uôt",  "up",   "ut",   "uy",   "uya", "uych", "uyên",
    "uyêt", "uyn", "uynh", "uyp",  "uyt",  "uyu",  "ư",    "ưa",   "ưc",   "ưi",  "ưm",   "ưn",
    "ưng",  "ươc", "ươi",  "ươm",  "ươn",  "ương", "ươp",  "ươt",  "ươu",  "ưt",  "ưu",   "y",
    "ych",  "yêm", "yên",  "yêng", "yêt",  "yêu",  "ynh",  "yt"};

using Rimes = std::unordered_set<std::string>;

bool is_rime(std::string_view rime) {
  static const Rimes rimes = [] {
    Rimes made;
    for (const std::string_view r : kRimes) {
      made.emplace(r);
      made.insert(fold(r));  // for what is typed without marks
    }
    return made;
  }();
  return rime.size() <= 6 && rimes.contains(std::string(rime));
}

/// Syllables that end in c, ch, p, t carry acute or dot only.
bool tone_fits(std::string_view rime, char tone) {
  if (tone == 0 || tone == '1' || tone == '5') return true;
  const char last = rime.back();
  const bool stop = last == 'c' || last == 'p' || last == 't' || rime.ends_with("ch");
  return !stop;
}

}  // namespace

bool is_syllable_shape(std::string_view toneless, char tone) {
  const auto fits = [tone](std::string_view rime) {
    return !rime.empty() && is_rime(rime) && tone_fits(rime, tone);
  };
  if (fits(toneless)) return true;
  for (const std::string_view onset : kOnsets) {
    if (toneless.starts_with(onset) && fits(toneless.substr(onset.size()))) return true;
  }
  return false;
}

}  // namespace nhanrong::text
