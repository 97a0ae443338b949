#include "indexer/understand/practice_results.h"

#include <algorithm>
#include <array>
#include <utility>

#include "indexer/understand/practice_words.h"

namespace nhanrong::indexer {
namespace {

using Hit = PracticeHit;
using Sign = PracticeSign;
using Tokens = TokenRange;

constexpr std::size_t kMostValueBytes = 200;

class ResultReader {
 public:
  ResultReader(const Page& page, const PracticeSentence& sentence, PracticeFactList& facts)
      : page_(page), here_(sentence), facts_(facts) {}

  void read() {
    std::size_t from = here_.clauses.front().first;  // of clauses without a figure before this one
    std::size_t last = from;                         // of the clause before
    bool told = false;                               // the clause before is a result
    for (const Tokens& clause : here_.clauses) {
      const std::size_t before = std::exchange(last, clause.first);
      const auto figure = figures_of(clause);
      if (!figure.any) continue;
      if (clause.first > before && completes(page_.tokens[clause.first].exact)) {
        // "…, tức 79%" is nothing without the clause before it, and adds little to it.
        if (std::exchange(told, false)) {
          from = clause.end;
          continue;
        }
        from = std::min(from, before);
      }
      told = figure.free &&
             (here_.mood == "results" || figure.last == clause.end || changes(clause, figure.last));
      // "năm kia trôi 23 con"
      if (told && !looks_back(clause)) add_result(from, clause);
      from = clause.end;
    }
  }

 private:
  bool looks_back(Tokens clause) const {
    const auto here = within(here_.signs, {clause.first, clause.first + 1});
    return std::ranges::find(here, Sign::Before, &Hit::sign) != here.end();
  }

  struct ClauseFigures {
    bool any = false;
    bool free = false;     // one is told by no other fact
    std::size_t last = 0;  // token of the last one
  };
  ClauseFigures figures_of(Tokens clause) const {
    ClauseFigures found;
    for (std::size_t i = 0; i < here_.figures.size(); ++i) {
      const Figure& figure = here_.figures[i];
      if (figure.first_token < clause.first || figure.first_token >= clause.end) continue;
      found.any = true;
      found.free |= !here_.used[i];
      found.last = figure.first_token;
    }
    return found.any ? found : told_in_words(clause);
  }

  /// "sản lượng từ bốn lít lên bảy lít", "không còn học sinh bỏ học": no digit, but a change.
  ClauseFigures told_in_words(Tokens clause) const {
    ClauseFigures found;
    for (std::size_t i = clause.first + 1; i < clause.end && !page_.in_capitals; ++i) {
      if (is_number_word(page_.tokens[i].exact) && changes_by_words(clause, i)) {
        found = {true, true, i};
      }
    }
    const bool ended = std::ranges::any_of(within(here_.signs, clause),
                                           [](const Hit& hit) { return hit.sign == Sign::Ended; });
    if (ended && (here_.mood == "results" || here_.in_solution)) found = {true, true, clause.end};
    return found;
  }

  /// Does a word of change stand before the figure, or "thoát nghèo" behind it? "46 bể thu gom"
  /// changes nothing.
  bool changes(Tokens clause, std::size_t figure) const {
    static const auto kOut = name_key("thoát");
    if (goes_from_to(clause)) return true;
    return std::ranges::any_of(here_.signs, [&](const Hit& hit) {
      return hit.sign == Sign::Gain && hit.first >= clause.first && hit.end <= clause.end &&
             (hit.first < figure || page_.tokens[hit.first].exact == kOut);
    });
  }

  /// A number in words right behind the word of change; where nothing was done yet it changes
  /// nothing.
  bool changes_by_words(Tokens clause, std::size_t number) const {
    constexpr std::size_t kRightBehind = 2;
    if (!here_.in_solution && here_.mood != "results") return false;
    if (goes_from_to(clause)) return true;
    return std::ranges::any_of(here_.signs, [&](const Hit& hit) {
      return hit.sign == Sign::Gain && hit.first >= clause.first && hit.end <= number &&
             number - hit.end < kRightBehind;
    });
  }

  /// "từ 137 em còn 21 em", "từ bốn lít lên bảy lít"
  bool goes_from_to(Tokens clause) const {
    static const auto kFrom = name_key("từ");
    static const Words kTo(std::to_array<std::string_view>({"còn", "xuống", "lên", "thành"}));
    bool from = false, to = false;
    for (std::size_t i = clause.first; i + 1 < clause.end; ++i) {
      const bool figure = page_.tokens[i + 1].kind == text::TokenKind::Number ||
                          is_number_word(page_.tokens[i + 1].exact);
      from |= figure && page_.tokens[i].exact == kFrom;
      to |= figure && from && kTo.hold(page_.tokens[i].exact);
    }
    return to;
  }

  void add_result(std::size_t from, Tokens clause) {
    const std::uint32_t end = page_.tokens[clause.end - 1].end;
    const std::size_t first =
        end - page_.tokens[from].start > kMostValueBytes ? clause.first : from;
    if (end - page_.tokens[first].start <= kMostFactBytes)
      facts_.add("results", quoted_words(page_, first, clause.end));
  }

  const Page& page_;
  const PracticeSentence& here_;
  PracticeFactList& facts_;
};

}  // namespace

void find_results(const Page& page, const PracticeSentence& sentence, PracticeFactList& facts) {
  ResultReader(page, sentence, facts).read();
}

}  // namespace nhanrong::indexer
