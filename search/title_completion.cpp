#include "search/title_completion.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "corpus/index_schema.h"
#include "search/posting_reader.h"
#include "search/query_plan.h"
#include "search/terms.h"
#include "text/tone_placement.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

constexpr std::size_t kMostTerms = 50;        // that a syllable in the making may become
constexpr std::size_t kEnoughFound = 40;      // titles to choose from
constexpr std::uint32_t kFirstWindow = 2048;  // passages; each further window is twice as long
constexpr int kMostSteps = 20'000;            // postings and leaps: about 3 ms

/// Terms any of which holds a syllable.
struct Alternatives {
  std::vector<std::string> terms;
  std::uint64_t frequency = 0;
};

std::string join(std::string_view prefix, std::string_view form) {
  return std::string(prefix) + std::string(form);
}

Alternatives find_terms(const Snapshot& snapshot, const TypedPrefix::Syllable& typed) {
  Alternatives found;
  const auto prefix = typed.marked() ? schema::kTitleExact : schema::kTitleFolded;
  const auto add = [&](const std::string& term, std::uint64_t frequency) {
    found.terms.push_back(term);
    found.frequency += frequency;
  };
  if (!typed.open) {
    const std::string term = join(prefix, typed.marked() ? typed.exact : typed.folded);
    if (const auto frequency = passages_with(snapshot, term); frequency > 0) add(term, frequency);
    return found;
  }
  const auto stem =
      typed.marked() ? text::split_tone(typed.exact).toneless : std::string_view(typed.folded);
  const std::string begins = join(prefix, stem);
  each_term(snapshot, begins, [&](const std::string& term, std::uint32_t frequency) {
    if (may_become(typed, std::string_view(term).substr(prefix.size()))) add(term, frequency);
    return found.terms.size() < kMostTerms;
  });
  return found;
}

/// Passages [first, last) with a bound on the work.
class WindowSearch {
 public:
  WindowSearch(const Snapshot& snapshot, const std::vector<Alternatives>& wanted)
      : snapshot_(snapshot), wanted_(wanted) {}

  /// Those that hold one of each alternatives, ascending.
  std::vector<std::uint32_t> find(std::uint32_t first, std::uint32_t last) {
    std::vector<std::uint32_t> docids = list(wanted_.front(), first, last);
    for (const Alternatives& other : std::span(wanted_).subspan(1)) {
      if (docids.empty()) break;
      keep(docids, other);
    }
    return docids;
  }
  bool spent() const { return steps_ <= 0; }

 private:
  std::vector<std::uint32_t> list(const Alternatives& one, std::uint32_t first,
                                  std::uint32_t last) {
    std::vector<std::uint32_t> docids;
    for (const std::string& term : one.terms) {
      PostingReader posting(snapshot_, term);
      for (bool more = posting.seek(first); more && !spent() && posting.docid() < last;
           more = posting.seek(posting.docid() + 1)) {
        docids.push_back(posting.docid());
        --steps_;
      }
      steps_ -= kOpening;
    }
    std::sort(docids.begin(), docids.end());
    docids.erase(std::unique(docids.begin(), docids.end()), docids.end());
    return docids;
  }

  void keep(std::vector<std::uint32_t>& docids, const Alternatives& one) {
    std::vector<bool> held(docids.size());
    for (const std::string& term : one.terms) {
      if (spent()) break;
      PostingReader posting(snapshot_, term);
      for (std::size_t i = 0; i < docids.size() && !spent(); ++i) {
        --steps_;
        if (!posting.seek(docids[i])) break;
        held[i] = held[i] || posting.docid() == docids[i];
      }
      steps_ -= kOpening;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < docids.size(); ++i) {
      if (held[i]) docids[kept++] = docids[i];
    }
    docids.resize(kept);
  }

  static constexpr int kOpening = 20;  // steps that opening a list is worth

  const Snapshot& snapshot_;
  const std::vector<Alternatives>& wanted_;
  int steps_ = kMostSteps;
};

/// 0: the title begins with what was typed, 1: it holds it in a row, 2: here and there.
int rank_title(std::string_view stored, const TypedPrefix& prefix) {
  stored = stored.substr(0, stored.find('\n'));
  std::vector<std::string_view> tokens;
  while (!stored.empty()) {
    const auto end = std::min(stored.find(' '), stored.size());
    tokens.push_back(stored.substr(0, end));
    stored.remove_prefix(std::min(end + 1, stored.size()));
  }
  const auto& typed = prefix.syllables;
  for (std::size_t start = 0; start + typed.size() <= tokens.size(); ++start) {
    std::size_t same = 0;
    while (same < typed.size() && may_become(typed[same], tokens[start + same])) ++same;
    if (same == typed.size()) return start == 0 ? 0 : 1;
  }
  return 2;
}

struct Found {
  std::uint32_t row;
  int rank;
  std::int32_t date;
};

}  // namespace

std::vector<std::uint32_t> find_titles(const Snapshot& snapshot, const TypedPrefix& prefix,
                                       std::size_t most, bool include_internal) {
  std::vector<Alternatives> wanted;
  for (const auto& syllable : prefix.syllables) {
    wanted.push_back(find_terms(snapshot, syllable));
    if (wanted.back().terms.empty()) return {};
  }
  if (wanted.empty()) return {};
  std::sort(wanted.begin(), wanted.end(),
            [](const Alternatives& a, const Alternatives& b) { return a.frequency < b.frequency; });

  WindowSearch windows(snapshot, wanted);
  std::vector<Found> found;
  auto last = static_cast<std::uint32_t>(snapshot.passages.size()) + 1;
  for (std::uint32_t size = kFirstWindow;
       last > 1 && found.size() < kEnoughFound && !windows.spent(); size *= 2) {
    const std::uint32_t first = last > size ? last - size : 1;
    auto docids = windows.find(first, last);
    for (auto docid = docids.rbegin(); docid != docids.rend() && found.size() < kEnoughFound;
         ++docid) {
      const std::uint32_t row = snapshot.passages[*docid - 1].row;
      const auto& entry = snapshot.rows[row];
      if (!snapshot.is_visible(row, include_internal)) continue;
      found.push_back({row, rank_title(snapshot.stored_sequence(*docid), prefix), entry.date});
    }
    last = first;
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.date > b.date;
  });
  std::vector<std::uint32_t> rows;
  for (const Found& one : found) {
    if (rows.size() < most) rows.push_back(one.row);
  }
  return rows;
}

}  // namespace nhanrong::search
