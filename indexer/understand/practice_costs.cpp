#include "indexer/understand/practice_costs.h"

#include <algorithm>

#include "indexer/understand/practice_words.h"

namespace nhanrong::indexer {
namespace {

using Hit = PracticeHit;
using Sign = PracticeSign;
using Tokens = TokenRange;

constexpr std::uint32_t kNear = 10;      // tokens from a cue to its figure
constexpr std::uint32_t kNearSpent = 6;  // the same from "chi", "hỗ trợ"

class CostReader {
 public:
  CostReader(const Page& page, PracticeSentence& sentence, PracticeFactList& facts)
      : page_(page), here_(sentence), facts_(facts) {}

  bool find_costs() {
    bool found = false;
    std::size_t behind = 0;  // the sum before
    for (std::size_t i = 0; i < here_.figures.size(); ++i) {
      const Figure& money = here_.figures[i];
      if (money.kind != FigureKind::Money) continue;
      const Hit* cue = nearest_money_cue(money);
      const std::uint32_t away = cue ? money.first_token - cue->end : UINT32_MAX;
      const bool by_cue = cue && ((cue->sign == Sign::Cost && away <= kNear) ||
                                  (cue->sign == Sign::Spent && away <= kNearSpent));
      const bool by_part =
          here_.mood == "cost" && (!cue || away > kNear || cue->sign == Sign::Spent);
      if (!by_cue && !by_part) continue;
      const Tokens& clause = here_.clause_of(money.first_token);
      std::size_t first = money.first_token;
      if (here_.mood == "cost") {
        first = std::max(clause.first, behind);
      } else if (cue->first >= clause.first) {
        // From the first word of cost on: "Chi phí mua giống hết 21 triệu đồng".
        for (const Hit& hit : here_.signs) {
          const bool spends = hit.sign == Sign::Cost || hit.sign == Sign::Spent;
          if (spends && hit.first >= std::max(clause.first, behind)) {
            first = std::min<std::size_t>(first, hit.first);
          }
        }
      }
      facts_.add("cost", quoted_words(page_, first, money.end_token));
      here_.used[i] = found = true;
      behind = money.end_token;
    }
    return found;
  }

  void find_funding() {
    std::size_t behind = 0;
    for (const Hit& hit : here_.signs) {
      if (hit.sign != Sign::Funding || hit.first < behind) continue;
      std::size_t first = hit.first;
      std::size_t end = hit.end;
      while (end < here_.tokens.end && !parts(gap_before(page_, end))) ++end;
      // "… do doanh nghiệp tài trợ": the cue comes last.
      if (end == hit.end) {
        static const auto kBy = name_key("do");
        while (first > std::max(here_.tokens.first, behind) && page_.tokens[first].exact != kBy &&
               !parts(gap_before(page_, first))) {
          --first;
        }
      }
      while (first > std::max(here_.tokens.first, behind) && gap_before(page_, first) == " " &&
             leads_to_source(page_.tokens[first - 1].exact)) {
        --first;
      }
      facts_.add("funding", quoted_words(page_, first, end));
      for (std::size_t i = 0; i < here_.figures.size(); ++i) {
        if (here_.figures[i].first_token >= first && here_.figures[i].first_token < end) {
          here_.used[i] = true;
        }
      }
      behind = end;
    }
  }

 private:
  const Hit* nearest_money_cue(const Figure& money) const {
    const Hit* nearest = nullptr;
    for (const Hit& hit : here_.signs) {
      if (hit.end > money.first_token) break;
      const bool spends = hit.sign == Sign::Cost || hit.sign == Sign::Spent;
      const bool tells =
          spends || hit.sign == Sign::Funding || hit.sign == Sign::Gain || hit.sign == Sign::Price;
      if (!tells) continue;
      // "giảm chi phí 30 triệu đồng" is a gain.
      const bool of_gain =
          spends && nearest && nearest->sign == Sign::Gain && hit.first - nearest->end <= 2;
      if (!of_gain) nearest = &hit;
    }
    return nearest;
  }

  static bool parts(std::string_view gap) {
    return gap.find_first_of(";()") != std::string_view::npos ||
           gap.find(", ") != std::string_view::npos || gap.find(". ") != std::string_view::npos;
  }

  const Page& page_;
  PracticeSentence& here_;
  PracticeFactList& facts_;
};

}  // namespace

bool find_costs(const Page& page, PracticeSentence& sentence, PracticeFactList& facts) {
  return CostReader(page, sentence, facts).find_costs();
}

void find_funding(const Page& page, PracticeSentence& sentence, PracticeFactList& facts) {
  CostReader(page, sentence, facts).find_funding();
}

}  // namespace nhanrong::indexer
