#include "search/spelling_distance.h"

#include <algorithm>
#include <vector>

#include "text/letters.h"
#include "text/tone_placement.h"
#include "text/utf8.h"

namespace nhanrong::search {
namespace {

constexpr double kTone = 0.3, kShape = 0.5, kBarredD = 0.3, kIY = 0.2, kLetter = 1;

struct Shaped {
  char32_t letter, bare;
};

std::vector<Shaped> letters_of(std::string_view toneless) {
  std::vector<Shaped> letters;
  for (std::size_t i = 0; i < toneless.size();) {
    const char32_t c = text::next_code_point(toneless, i);
    letters.push_back({c, text::LetterTable::get()[c].bare});
  }
  return letters;
}

double exchange_cost(const Shaped& typed, const Shaped& meant, Marks marks) {
  if (typed.letter == meant.letter) return 0;
  if (typed.bare == meant.bare) {
    const bool left_out = typed.letter == typed.bare;
    if (left_out && marks == Marks::Free) return 0;
    return typed.bare == U'd' ? kBarredD : kShape;
  }
  const auto is_i = [](char32_t c) { return c == U'i' || c == U'y'; };
  return is_i(typed.bare) && is_i(meant.bare) ? kIY : kLetter;
}

}  // namespace

double spelling_distance(std::string_view typed, std::string_view meant, Marks marks) {
  const auto [typed_letters, typed_tone] = text::split_tone(typed);
  const auto [meant_letters, meant_tone] = text::split_tone(meant);
  const auto a = letters_of(typed_letters);
  const auto b = letters_of(meant_letters);
  const bool tone_free = typed_tone == 0 && marks == Marks::Free;
  const double tone = typed_tone == meant_tone || tone_free ? 0 : kTone;

  // Damerau's distance of neighbouring exchanges, row by row.
  const std::size_t width = b.size() + 1;
  std::vector<double> cost((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return cost[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = static_cast<double>(i) * kLetter;
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = static_cast<double>(j) * kLetter;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      at(i, j) = std::min({at(i - 1, j) + kLetter, at(i, j - 1) + kLetter,
                           at(i - 1, j - 1) + exchange_cost(a[i - 1], b[j - 1], marks)});
      if (i > 1 && j > 1 && a[i - 1].bare == b[j - 2].bare && a[i - 2].bare == b[j - 1].bare &&
          a[i - 1].bare != a[i - 2].bare) {
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + kLetter);
      }
    }
  }
  return tone + at(a.size(), b.size());
}

}  // namespace nhanrong::search
