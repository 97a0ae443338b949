#include "indexer/understand/practice_fact_list.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "corpus/practice_facts.h"

namespace nhanrong::indexer {
namespace {

/// How many facts of a kind a card holds.
std::size_t most_of(std::string_view field, bool one_practice) {
  if (field == "results") return 12;
  if (field == "place" || field == "since") return 1;
  if (field == "problem" || field == "conditions" || field == "contact") return 2;
  // A report with several practices has a fact for each.
  return field == "solution" ? (one_practice ? 3 : 8) : 4;
}

/// The table's own view of a field, which lives as long as the program.
std::string_view canonical(std::string_view field) {
  return *std::ranges::find(corpus::kPracticeFields, field);
}

}  // namespace

Span quoted_words(const Page& page, std::size_t first, std::size_t end) {
  Span span{page.tokens[first].start, page.tokens[end - 1].end};
  if (page.text.substr(span.end).starts_with("%")) ++span.end;
  constexpr auto kPairs = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"“", "”"}, {"\"", "\""}, {"(", ")"}});
  for (const auto& [opening, closing] : kPairs) {
    const std::string_view inner = page.of(span);
    const bool closes = page.text.substr(span.end).starts_with(closing);
    const std::size_t opened = inner.rfind(opening);
    const bool open = opened != std::string_view::npos &&
                      (opening == closing ? inner.find(opening) == opened
                                          : inner.find(closing, opened) == std::string_view::npos);
    const bool opens = page.text.substr(0, span.start).ends_with(opening);
    if (open && closes) span.end += static_cast<std::uint32_t>(closing.size());
    if (!open && opens && (closes || inner.find(closing) != std::string_view::npos)) {
      span.start -= static_cast<std::uint32_t>(opening.size());
      if (inner.find(closing) == std::string_view::npos) {
        span.end += static_cast<std::uint32_t>(closing.size());
      }
    }
  }
  return span;
}

bool PracticeFactList::add(std::string_view field, Span span, bool by_label) {
  std::string value;
  bool blank = false;
  for (const char c : page_.of(span)) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
    if (!is_blank || !blank) value += is_blank ? ' ' : c;
    blank = is_blank;
  }
  if (value.empty() || value.size() > kMostFactBytes + 16) return false;
  // What the label of a form says goes before what words in a sentence let find.
  if (by_label) {
    std::erase_if(facts_,
                  [field](const Kept& kept) { return kept.fact.field == field && !kept.by_label; });
  }
  std::size_t count = 0;
  for (const Kept& kept : facts_) {
    if (kept.fact.field != field) continue;
    if (kept.by_label && !by_label) return false;
    ++count;
    if (kept.fact.finding.value == value) return false;
  }
  if (count >= most_of(field, one_practice_)) return false;
  facts_.push_back({{canonical(field), {std::move(value), span}}, by_label});
  return true;
}

bool PracticeFactList::has(std::string_view field) const {
  return std::ranges::any_of(facts_,
                             [field](const Kept& kept) { return kept.fact.field == field; });
}

std::vector<PracticeFact> PracticeFactList::take() {
  std::vector<PracticeFact> card;
  for (const std::string_view field : corpus::kPracticeFields) {
    for (Kept& kept : facts_) {
      if (kept.fact.field == field && card.size() < kMostPracticeFacts) {
        card.push_back(std::move(kept.fact));
      }
    }
  }
  return card;
}

}  // namespace nhanrong::indexer
