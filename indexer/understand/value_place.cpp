#include "indexer/understand/value_place.h"

#include <algorithm>

namespace nhanrong::indexer {
namespace {

bool has_colon(std::string_view gap) {
  return gap.find_first_of(":\t") != gap.npos || gap.find("..") != gap.npos ||
         gap.find("…") != gap.npos;
}

/// "CCCD/CMND:", "Điện thoại, di động:"
bool may_join(PersonalCue cue) {
  return cue <= PersonalCue::Phone || cue == PersonalCue::Office || cue == PersonalCue::HomeAddress;
}

}  // namespace

std::string_view ValuePlaces::gap_before(std::size_t token) const {
  const std::uint32_t start = token == 0 ? 0 : page_.tokens[token - 1].end;
  return page_.text.substr(start, page_.tokens[token].start - start);
}

ValuePlace ValuePlaces::behind(std::size_t line, std::size_t token, Manner manner) const {
  ValuePlace value;
  value.end = page_.lines[line].first_token + page_.lines[line].tokens;
  std::size_t at = token;
  while (at < value.end) {
    const std::string_view gap = gap_before(at);
    value.colon = value.colon || has_colon(gap);
    value.marked = value.marked || value.colon;
    if (gap.find('(') != gap.npos && page_.tokens[at].kind != text::TokenKind::Number) {
      at = behind_bracket(at, value.end);
      continue;
    }
    const auto filler = labels_.match(page_, at, value.end, true);
    if (filler && !(manner.address && value.marked)) {
      value.marked = value.marked || page_.tokens[at].folded == "tai";
      at += filler->tokens;
      continue;
    }
    if (value.marked) break;
    const auto label = labels_.match(page_, at, value.end);
    if (label && may_join(label->cue)) {
      value.of_office = value.of_office || label->cue == PersonalCue::Office;
      at += label->tokens;
      continue;
    }
    const bool other_word = !label || label->cue == PersonalCue::Rest ||
                            label->cue == PersonalCue::Email ||
                            label->cue == PersonalCue::BirthPlace;
    const std::size_t next = other_word && manner.more_words ? behind_colon(at, value) : at;
    if (next == at) break;
    at = next;
  }
  value.first = std::min(at, value.end);
  if (value.first == value.end) look_below(line, value);
  return value;
}

/// Token behind the colon that ends a label of some words more; `at` where none does.
std::size_t ValuePlaces::behind_colon(std::size_t at, ValuePlace& value) const {
  constexpr std::size_t kMostWords = 3;
  bool of_office = false;
  for (std::size_t i = at; i < value.end && i <= at + kMostWords; ++i) {
    const std::string_view gap = gap_before(i);
    if (i > at && gap.find(':') != gap.npos) {
      value.of_office = value.of_office || of_office;
      return i;
    }
    if (page_.tokens[i].kind == text::TokenKind::Number || (i > at && gap != " ")) break;
    const auto cue = labels_.match(page_, i, value.end);
    of_office = of_office || (cue && cue->cue == PersonalCue::Office);
  }
  return at;
}

/// Token behind a hint that begins at `at`: "(dd/mm/yyyy)", "(nếu có)".
std::size_t ValuePlaces::behind_bracket(std::size_t at, std::size_t end) const {
  for (std::size_t i = at + 1; i < end; ++i) {
    if (gap_before(i).find(')') != std::string_view::npos) return i;
  }
  return end;
}

/// "Ngày sinh:" alone in its line: the value stands in the next.
void ValuePlaces::look_below(std::size_t line, ValuePlace& value) const {
  if (page_.text[page_.lines[line].end - 1] != ':' || line + 1 == page_.lines.size()) return;
  const Line& next = page_.lines[line + 1];
  value.first = next.first_token;
  value.end = next.first_token + next.tokens;
  value.colon = value.marked = true;
}

}  // namespace nhanrong::indexer
