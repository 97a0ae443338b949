#include "text/syllable_shape.h"

#include <array>
#include <cstdint>
#include <string>

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

/// Up to eight bytes as one number.
std::uint64_t packed(std::string_view s) {
  std::uint64_t n = 0;
  for (const char c : s) n = n << 8 | static_cast<unsigned char>(c);
  return n;
}

/// The rimes with and without their marks, hashed with open addressing: looked up once or twice a
/// token.
class RimeSet {
 public:
  RimeSet() {
    for (const std::string_view rime : kRimes) {
      insert(packed(rime));
      insert(packed(fold(rime)));  // for what is typed without marks
    }
  }

  bool contains(std::string_view rime) const {
    if (rime.empty() || rime.size() > kLongest) return false;
    const std::uint64_t wanted = packed(rime);
    for (std::size_t i = place(wanted);; i = (i + 1) % kSlots) {
      if (slots_[i] == wanted) return true;
      if (slots_[i] == 0) return false;
    }
  }

 private:
  static constexpr std::size_t kLongest = 6;  // "ương"
  static constexpr std::size_t kSlots = 1024;

  static std::size_t place(std::uint64_t n) { return (n * 0x9E3779B97F4A7C15u) >> 54; }

  void insert(std::uint64_t rime) {
    std::size_t i = place(rime);
    while (slots_[i] != 0 && slots_[i] != rime) i = (i + 1) % kSlots;
    slots_[i] = rime;
  }

  std::array<std::uint64_t, kSlots> slots_{};
};

/// Syllables that end in c, ch, p, t carry acute or dot only.
bool tone_fits(std::string_view rime, char tone) {
  if (tone == 0 || tone == '1' || tone == '5') return true;
  const char last = rime.back();
  const bool stop = last == 'c' || last == 'p' || last == 't' || rime.ends_with("ch");
  return !stop;
}

}  // namespace

bool is_syllable_shape(std::string_view toneless, char tone) {
  static const RimeSet rimes;
  const auto fits = [tone](std::string_view rime) {
    return rimes.contains(rime) && tone_fits(rime, tone);
  };
  if (toneless.empty()) return false;
  if (fits(toneless)) return true;
  for (const std::string_view onset : kOnsets) {
    if (toneless.front() == onset.front() && toneless.starts_with(onset) &&
        fits(toneless.substr(onset.size()))) {
      return true;
    }
  }
  return false;
}

}  // namespace nhanrong::text
