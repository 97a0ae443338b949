#include "indexer/understand/personal_subjects.h"

#include <algorithm>
#include <iterator>

namespace nhanrong::indexer {

void PersonalSubjects::add(std::size_t line, bool person) {
  if (!subjects_.empty() && subjects_.back().line == line) {
    subjects_.back().person = subjects_.back().person || person;
  } else {
    subjects_.push_back({line, person});
  }
}

std::optional<bool> PersonalSubjects::is_of_person(std::size_t line) const {
  constexpr std::size_t kAbove = 8, kBelow = 3;
  const auto below = std::ranges::upper_bound(subjects_, line, {}, &Subject::line);
  if (below != subjects_.begin()) {
    const Subject& above = *std::prev(below);
    if (line - above.line <= kAbove) return above.person;
  }
  if (below != subjects_.end() && below->line - line <= kBelow && below->person) return true;
  return std::nullopt;
}

}  // namespace nhanrong::indexer
