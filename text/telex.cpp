#include "text/telex.h"

#include <algorithm>
#include <utility>

#include "text/syllable_shape.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

constexpr std::size_t kLongest = 12;  // "nghieengs" has 9 letters, "d9u7o7ng2" too

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_plain_vowel(char32_t c) {
  return c < 0x80 && c != 0 &&
         std::string_view("aeiouy").find(static_cast<char>(c)) != std::string_view::npos;
}

bool is_vowel(char32_t c) { return is_plain_vowel(c) || c >= 0x80 ? c != U'đ' : false; }

/// A syllable while it is typed.
struct Typed {
  std::u32string letters;
  char tone = 0;
};

/// Replays the keys; where a key may mean two things, both are followed.
class Replay {
 public:
  explicit Replay(std::string_view keys) : keys_(keys) {}

  std::vector<std::string> run() {
    follow({}, 0);
    return std::move(found_);
  }

 private:
  void follow(const Typed& typed, std::size_t at) {
    if (at == keys_.size()) {
      finish(typed);
      return;
    }
    const char key = keys_[at];
    if (is_digit(key)) {
      digit(typed, key, at + 1);
    } else {
      telex(typed, key, at + 1);
      Typed plain = typed;
      plain.letters += static_cast<char32_t>(key);
      follow(plain, at + 1);
    }
  }

  void digit(const Typed& typed, char key, std::size_t next) {
    switch (key) {
      case '6':
        shape_last(typed, U"aeo", U"âêô", next);
        break;
      case '7':
        horn(typed, next);
        break;
      case '8':
        shape_last(typed, U"a", U"ă", next);
        break;
      case '9':
        stroke(typed, next);
        break;
      default:
        tone(typed, key, next);
    }
  }

  void telex(const Typed& typed, char key, std::size_t next) {
    constexpr std::string_view kTones = "sfrxj";  // in the order of the tone key
    const bool doubled =
        !typed.letters.empty() && typed.letters.back() == static_cast<char32_t>(key);
    if (const auto which = kTones.find(key); which != std::string_view::npos) {
      tone(typed, static_cast<char>('1' + which), next);
    } else if (key == 'w') {
      horn(typed, next);
      shape_last(typed, U"a", U"ă", next);
      // A w of its own is an ư: "tw", "nhwng".
      if (typed.letters.empty() || !is_vowel(typed.letters.back())) {
        Typed alone = typed;
        alone.letters += U'ư';
        follow(alone, next);
      }
    } else if (key == 'd' && typed.letters == U"d") {
      stroke(typed, next);
    } else if (doubled && (key == 'a' || key == 'e' || key == 'o')) {
      shape_last(typed, U"aeo", U"âêô", next);
    } else if (key == 'o' && !typed.letters.empty() && typed.letters.back() == U'ư') {
      // The keyboard makes ươ of "uwo" as soon as a letter follows.
      Typed both = typed;
      both.letters += U'ơ';
      follow(both, next);
    }
  }

  void tone(const Typed& typed, char tone, std::size_t next) {
    if (tone < '1' || tone > '5' || typed.tone != 0) return;
    if (std::none_of(typed.letters.begin(), typed.letters.end(), is_vowel)) return;
    // The tone key counts acute 1, grave 2, hook 3, tilde 4, dot 5, as the keyboards do.
    Typed toned = typed;
    toned.tone = tone;
    follow(toned, next);
  }

  /// Gives each plain letter of `from`, the last first, its shape.
  void shape_last(const Typed& typed, std::u32string_view from, std::u32string_view to,
                  std::size_t next) {
    for (std::size_t i = typed.letters.size(); i-- > 0;) {
      const auto which = from.find(typed.letters[i]);
      if (which == std::u32string_view::npos) continue;
      Typed shaped = typed;
      shaped.letters[i] = to[which];
      follow(shaped, next);
    }
  }

  void horn(const Typed& typed, std::size_t next) {
    const auto pair = typed.letters.find(U"uo");
    if (pair != std::u32string::npos) {
      Typed both = typed;
      both.letters.replace(pair, 2, U"ươ");
      follow(both, next);
    }
    shape_last(typed, U"ou", U"ơư", next);
  }

  void stroke(const Typed& typed, std::size_t next) {
    if (typed.letters.empty() || typed.letters.front() != U'd') return;
    Typed stroked = typed;
    stroked.letters.front() = U'đ';
    follow(stroked, next);
  }

  void finish(const Typed& typed) {
    ToneAndLetters syllable{{}, typed.tone};
    for (const char32_t c : typed.letters) append_utf8(syllable.toneless, c);
    if (!is_valid_syllable(syllable.toneless, syllable.tone)) return;
    std::string reading = written(syllable);
    if (std::find(found_.begin(), found_.end(), reading) == found_.end()) {
      found_.push_back(std::move(reading));
    }
  }

  std::string_view keys_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> typing_readings(std::string_view word) {
  if (word.size() < 2 || word.size() > kLongest) return {};
  std::string keys(word);
  bool letter = false;
  for (char& c : keys) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (!is_digit(c) && (c < 'a' || c > 'z')) return {};
    letter = letter || is_plain_vowel(static_cast<char32_t>(c)) || c == 'w';
  }
  if (!letter || is_digit(keys.front()) || is_valid_syllable(keys, 0)) return {};
  return Replay(keys).run();
}

std::optional<std::string> decode_typing(std::string_view word) {
  auto readings = typing_readings(word);
  if (readings.empty()) return std::nullopt;
  return std::move(readings.front());
}

}  // namespace nhanrong::text
