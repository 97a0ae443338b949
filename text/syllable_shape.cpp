#include "text/syllable_shape.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "text/letters.h"
#include "text/syllable.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

// Longer ones first where one begins another.
constexpr std::array<std::string_view, 27> kOnsets = {
    "ngh", "ng", "nh", "gh", "gi", "qu", "kh", "ch", "th", "tr", "ph", "b", "c", "d",
    "đ",   "g",  "h",  "k",  "l",  "m",  "n",  "p",  "r",  "s",  "t",  "v", "x"};

constexpr std::string_view kRimes[] = {
    "a",    "ac",   "ach", "ai",   "am",   "an",   "ang",  "anh",  "ao",   "ap",   "at",  "au",
    "ay",   "ăc",   "ăm",  "ăn",   "ăng",  "ăp",   "ăt",   "âc",   "âm",   "ân",   "âng", "âp",
    "ât",   "âu",   "ây",  "e",    "ec",   "em",   "en",   "eng",  "eo",   "ep",   "et",  "ê",
    "êc",   "êch",  "êm",  "ên",   "êng",  "ênh",  "êp",   "êt",   "êu",   "i",    "ia",  "ich",
    "iêc",  "iêm",  "iên", "iêng", "iêp",  "iêt",  "iêu",  "im",   "in",   "inh",  "ip",  "it",
    "iu",   "o",    "oa",  "oac",  "oach", "oai",  "oam",  "oan",  "oang", "oanh", "oao", "oap",
    "oat",  "oay",  "oăc", "oăm",  "oăn",  "oăng", "oăt",  "oc",   "oe",   "oen",  "oeo", "oet",
    "oi",   "om",   "on",  "ong",  "ooc",  "oong", "op",   "ot",   "ô",    "ôc",   "ôi",  "ôm",
    "ôn",   "ông",  "ôp",  "ôt",   "ơ",    "ơi",   "ơm",   "ơn",   "ơp",   "ơt",   "u",   "ua",
    "uân",  "uâng", "uât", "uây",  "uc",   "uê",   "uêch", "uênh", "ui",   "um",   "un",  "ung",
    "uơ",   "uôc",  "uôi", "uôm",  "uôn",  "uông", "uôt",  "up",   "ut",   "uy",   "uya", "uych",
    "uyên", "uyêt", "uyn", "uynh", "uyp",  "uyt",  "uyu",  "ư",    "ưa",   "ưc",   "ưi",  "ưm",
    "ưn",   "ưng",  "ươc", "ươi",  "ươm",  "ươn",  "ương", "ươp",  "ươt",  "ươu",  "ưt",  "ưu",
    "y",    "ych",  "yêm", "yên",  "yêng", "yêt",  "yêu",  "ynh",  "yt"};

/// Up to eight bytes as one number.
std::uint64_t packed(std::string_view s) {
  std::uint64_t n = 0;
  for (const char c : s) n = n << 8 | static_cast<unsigned char>(c);
  return n;
}

enum class RimeForm : std::uint8_t { None, Bare, Written };

/// The rimes with and without their marks, hashed with open addressing: looked up once or twice a
/// token.
class RimeSet {
 public:
  RimeSet() {
    for (const std::string_view rime : kRimes) insert(packed(rime), RimeForm::Written);
    // For what is typed without marks.
    for (const std::string_view rime : kRimes) insert(packed(fold(rime)), RimeForm::Bare);
  }

  /// None; as it is spelled; or without the marks that it needs.
  RimeForm find(std::string_view rime) const {
    if (rime.empty() || rime.size() > kLongest) return RimeForm::None;
    const std::uint64_t wanted = packed(rime);
    for (std::size_t i = place(wanted);; i = (i + 1) % kSlots) {
      if (slots_[i].rime == wanted) return slots_[i].form;
      if (slots_[i].rime == 0) return RimeForm::None;
    }
  }

 private:
  static constexpr std::size_t kLongest = 6;  // "ương"
  static constexpr std::size_t kSlots = 1024;

  struct Slot {
    std::uint64_t rime = 0;
    RimeForm form = RimeForm::None;
  };

  static std::size_t place(std::uint64_t n) { return (n * 0x9E3779B97F4A7C15u) >> 54; }

  void insert(std::uint64_t rime, RimeForm form) {
    std::size_t i = place(rime);
    while (slots_[i].rime != 0 && slots_[i].rime != rime) i = (i + 1) % kSlots;
    if (slots_[i].rime == 0) slots_[i] = {rime, form};
  }

  std::array<Slot, kSlots> slots_{};
};

const RimeSet& rimes() {
  static const RimeSet set;
  return set;
}

bool is_one_of(std::string_view s, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), s) != all.end();
}

/// Rimes that begin with y: alone (kỳ, lý, Vy), of words without onset (yêu), and behind qu.
bool takes_y(std::string_view onset, std::string_view rime) {
  if (onset == "qu") return true;
  if (rime == "y") {
    return is_one_of(onset, {"", "h", "k", "l", "m", "n", "s", "t", "v", "th", "d"});
  }
  return onset.empty() && rime.starts_with("yê");
}

/// Do onset and rime go together in writing?
bool spells(std::string_view onset, std::string_view rime) {
  if (rime.starts_with('y')) return takes_y(onset, rime);
  const bool i = rime.starts_with('i');
  const bool front = i || rime.starts_with('e') || rime.starts_with("ê");
  // Loans only: boong, xoong, moóc, soóc. "noong" is what a typist meant as nông.
  if (rime == "oong" || rime == "ooc") {
    return is_one_of(onset, {"b", "c", "ch", "g", "l", "m", "s", "t", "x"});
  }
  if (onset.empty()) return !rime.starts_with("iê");
  if (onset == "k" || onset == "gh" || onset == "ngh") return front;
  if (onset == "c" || onset == "ng") return !front;
  if (onset == "g") return i || !front;
  if (onset == "gi") return !i;
  if (onset == "qu") {
    const bool rounded = rime.starts_with('o') || rime.starts_with('u') || rime.starts_with("ô") ||
                         rime.starts_with("ư");
    return !rounded ? rime != "ia" && !rime.starts_with("iê") : rime == "ôc";
  }
  return true;
}

/// Syllables that end in c, ch, p, t carry acute or dot only.
bool tone_fits(std::string_view rime, char tone) {
  if (tone == 0 || tone == '1' || tone == '5') return true;
  const char last = rime.back();
  const bool stop = last == 'c' || last == 'p' || last == 't' || rime.ends_with("ch");
  return !stop;
}

/// Calls what(onset, rime) for each way to cut a syllable until it says true.
template <class What>
bool any_cut(std::string_view toneless, const What& what) {
  if (toneless.empty()) return false;
  if (what(std::string_view(), toneless)) return true;
  for (const std::string_view onset : kOnsets) {
    if (toneless.front() == onset.front() && toneless.starts_with(onset) &&
        what(onset, toneless.substr(onset.size()))) {
      return true;
    }
  }
  return false;
}

bool is_valid_cut(std::string_view onset, std::string_view rime, char tone) {
  if (rimes().find(rime) != RimeForm::Written || !spells(onset, rime)) return false;
  return tone_fits(rime, tone) && (tone != 0 || tone_fits(rime, '2'));
}

/// Where the vowel of a rime that carries the tone ends.
std::size_t end_of_toned_vowel(std::string_view rime) {
  std::vector<std::size_t> ends;
  std::size_t marked = 0;  // how many vowels up to the last one with a shape mark
  std::size_t i = 0;
  while (i < rime.size()) {
    const char32_t c = next_code_point(rime, i);
    if (c < 0x80 && std::string_view("aeiouy").find(static_cast<char>(c)) == std::string_view::npos)
      break;
    ends.push_back(i);
    if (c >= 0x80) marked = ends.size();
  }
  const bool closed = !ends.empty() && ends.back() < rime.size();
  std::size_t which = 0;
  if (marked > 0) {
    which = marked - 1;
  } else if (ends.size() > 2 || (ends.size() == 2 && closed)) {
    which = 1;
  }
  return ends.empty() ? 0 : ends[which];
}

/// The combining mark of a digit of the tone key.
char32_t tone_mark(char tone) {
  constexpr std::u32string_view kMarks = U"\u0301\u0300\u0309\u0303\u0323";
  return kMarks[static_cast<std::size_t>(tone - '1')];
}

}  // namespace

bool is_syllable_shape(std::string_view toneless, char tone) {
  return any_cut(toneless, [tone](std::string_view, std::string_view rime) {
    return rimes().find(rime) != RimeForm::None && tone_fits(rime, tone);
  });
}

bool is_valid_syllable(std::string_view toneless, char tone) {
  return any_cut(toneless, [tone](std::string_view onset, std::string_view rime) {
    return is_valid_cut(onset, rime, tone);
  });
}

ToneAndLetters take_apart(std::string_view nfc) {
  const LetterTable& table = LetterTable::get();
  ToneAndLetters out;
  bool plain = true;
  for (std::size_t i = 0; i < nfc.size();) {
    const char32_t c = next_code_point(nfc, i);
    if (c == kInvalidCodePoint) return {std::string(nfc), 0};
    const Letter letter = table[c];
    plain = plain && !letter.several_tones && (letter.tone == 0 || out.tone == 0) &&
            letter.kind != LetterKind::Mark;
    if (letter.tone != 0) out.tone = letter.tone;
    append_utf8(out.toneless, letter.toneless);
  }
  return plain ? out : ToneAndLetters{lower(nfc), 0};
}

std::string written(const ToneAndLetters& syllable) {
  const std::string_view all = syllable.toneless;
  if (syllable.tone == 0) return syllable.toneless;
  std::size_t onset_size = 0;
  any_cut(all, [&](std::string_view onset, std::string_view rime) {
    if (!is_valid_cut(onset, rime, syllable.tone)) return false;
    onset_size = onset.size();
    return true;
  });
  const std::size_t end = onset_size + end_of_toned_vowel(all.substr(onset_size));
  std::string out(all.substr(0, end));
  append_utf8(out, tone_mark(syllable.tone));
  out += all.substr(end);
  return compose(out);
}

std::vector<ToneAndLetters> all_valid_syllables() {
  constexpr std::string_view kTones(
      "\0"
      "12345",
      6);
  std::vector<std::string> bases;
  const auto add = [&bases](std::string_view onset) {
    for (const std::string_view rime : kRimes) {
      if (spells(onset, rime)) bases.push_back(std::string(onset) + std::string(rime));
    }
  };
  add("");
  for (const std::string_view onset : kOnsets) add(onset);
  std::sort(bases.begin(), bases.end());
  bases.erase(std::unique(bases.begin(), bases.end()), bases.end());
  std::vector<ToneAndLetters> out;
  for (const std::string& base : bases) {
    for (const char tone : kTones) {
      if (is_valid_syllable(base, tone)) out.push_back({base, tone});
    }
  }
  return out;
}

}  // namespace nhanrong::text
