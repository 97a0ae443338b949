#include "search/search.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "corpus/shown_title.h"
#include "search/completion.h"
#include "search/current_model.h"
#include "search/facets.h"
#include "search/fast_matcher.h"
#include "search/hits.h"
#include "search/index_reader.h"
#include "search/matcher.h"
#include "search/query.h"
#include "search/query_parser.h"
#include "search/rerank.h"
#include "search/similar.h"
#include "search/suggestion.h"
#include "search/title_completion.h"
#include "search/typed_prefix.h"
#include "search/typing.h"
#include "text/syllable.h"

namespace nhanrong::search {
namespace {

constexpr std::size_t kMostHits = 10'000;  // page × size
constexpr int kMostSize = 100;
constexpr int kAttempts = 5;

/// Hits [first, end) of a page.
std::pair<std::size_t, std::size_t> page_range(const Request& request) {
  const auto size = static_cast<std::size_t>(std::clamp(request.size, 0, kMostSize));
  const auto page = static_cast<std::size_t>(std::max(request.page, 1));
  if (size == 0 || page > kMostHits / size) return {0, 0};
  return {(page - 1) * size, page * size};
}

/// What the snippets mark: the words as they decided about the match.
Query shown_query(Query query, const Relaxation& relaxed) {
  if (!relaxed.marks_ignored) return query;
  for (Word& word : query.words) word.loose = true;
  return query;
}

/// Filters that the query names are like filters that were chosen.
void add_filters(Request& request, const Query& query) {
  for (const auto& [facet, values] : query.filters) {
    auto& asked = request.filters[facet];
    for (const std::string& value : values) {
      if (std::find(asked.begin(), asked.end(), value) == asked.end()) asked.push_back(value);
    }
  }
}

std::optional<std::string> name_of(const Relaxation& relaxed) {
  if (relaxed.fewer_words) return "fewer_words";
  if (relaxed.marks_ignored) return "marks_ignored";
  return std::nullopt;
}

/// The answer of a library without an index: filters that were chosen stay visible.
Answer empty_answer(const Request& request) {
  Answer answer;
  if (!request.facets) return answer;
  for (const std::string facet : kFacets) {
    auto& list = answer.facets[facet];
    const auto chosen = request.filters.find(facet);
    if (chosen == request.filters.end()) continue;
    for (const std::string& value : chosen->second) list.push_back({value, 0, true});
  }
  return answer;
}

/// Marks that were left out, as the language model restores them: for what is shown, not for what
/// matches.
void note_likely_marks(Query& query, const LanguageModel& model) {
  std::vector<std::string> folded;
  folded.reserve(query.words.size());
  for (const Word& word : query.words) folded.push_back(word.folded);
  const auto exact = restore_marks(folded, model);
  for (std::size_t i = 0; i < query.words.size() && i < exact.size(); ++i) {
    if (!query.words[i].marked) query.words[i].likely = exact[i];
  }
}

/// Leaves of each family the first.
void fold_copies(const Snapshot& snapshot, std::vector<RankedHit>& hits) {
  std::unordered_set<std::uint32_t> seen;
  std::erase_if(hits, [&](const RankedHit& hit) {
    const auto family = snapshot.rows[hit.row].family;
    return family != 0 && !seen.insert(family).second;
  });
}

/// How many other matches are near copies of each hit.
void note_copies(const MatchResult& found, const Snapshot& snapshot, std::vector<Hit>& hits) {
  std::unordered_map<std::int64_t, int> copies;  // by document
  for (const RankedHit& ranked : found.hits) {
    const auto& row = snapshot.rows[ranked.row];
    const auto family = found.families.find(row.family);
    if (row.family == 0 || family == found.families.end()) continue;
    copies[row.document] = static_cast<int>(family->second) - 1;
  }
  for (Hit& hit : hits) {
    if (const auto known = copies.find(hit.document); known != copies.end()) {
      hit.copies = known->second;
    }
  }
}

}  // namespace

struct Searcher::Impl {
  Impl(const corpus::Library& library, const corpus::Reference& reference,
       const text::Analyzer& analyzer_, const Ranking& ranking_)
      : analyzer(analyzer_),
        parser(reference, analyzer_),
        ranking(ranking_),
        catalogue(library.catalogue_url),
        reader(library.index()),
        model(library.index()),
        names(reference, analyzer_),
        matcher(ranking_) {}

  /// Runs `use` on the newest snapshot (nullptr: no index). A writer that commits twice meanwhile
  /// takes the blocks away under a reader: then once more on what is newest now.
  template <class Use>
  auto with_snapshot(Use use, State state = State::Newest) {
    for (int attempt = 1;; ++attempt) {
      try {
        const bool named = state == State::Named && attempt == 1;
        return use(named ? reader.snapshot() : reader.refresh());
      } catch (const Xapian::DatabaseModifiedError& error) {
        if (attempt == kAttempts) throw std::runtime_error("index: " + error.get_msg());
      } catch (const Xapian::Error& error) {
        throw std::runtime_error(
            fmt::format("index: {}: {}", error.get_type(), error.get_description()));
      }
    }
  }

  /// `folded`: so many hits are wanted after near copies are folded; 0: they are not.
  MatchResult find(const Snapshot& snapshot, MatchRequest asked, bool reranks,
                   std::size_t folded) const;
  Answer answer(const Request& request, const Query& query, const Snapshot* snapshot);
  void add_cites(const std::string& number, Query& query) const;
  Answer answer_typed(Request request, const Snapshot* snapshot);
  Answer answer_with_suggestion(const Request& request, const Snapshot* snapshot);
  std::vector<Hit> similar_hits(std::string_view nfc, std::int64_t own_document,
                                std::int64_t own_family, int size, bool include_internal);
  std::vector<Completion> titles(const Snapshot& snapshot, const TypedPrefix& prefix,
                                 std::size_t most, bool include_internal);

  const text::Analyzer& analyzer;
  const QueryParser parser;
  const Ranking ranking;
  corpus::Catalogue catalogue;
  IndexReader reader;
  CurrentModel model;
  ValueNames names;
  FastMatcher matcher;

  /// The overviews of one commit.
  struct Overviews {
    std::string generation;
    std::int64_t change = -1;
    std::pair<std::size_t, std::size_t> rows{};  // all, live: what came early has no number yet
    std::map<std::pair<Places, bool>, Answer> answers;
  };
  Overviews overviews;
};

MatchResult Searcher::Impl::find(const Snapshot& snapshot, MatchRequest asked, bool reranks,
                                 std::size_t folded) const {
  for (;;) {
    MatchResult found = matcher.match(snapshot, asked);
    if (reranks) rerank(snapshot, *asked.query, ranking, found.hits);
    if (folded == 0) return found;
    fold_copies(snapshot, found.hits);
    if (found.hits.size() >= folded || asked.top >= found.total) return found;
    asked.top = std::min<std::size_t>(2 * asked.top + kRerankDepth, found.total);
  }
}

Answer Searcher::Impl::answer(const Request& request, const Query& query,
                              const Snapshot* snapshot) {
  if (snapshot == nullptr) return empty_answer(request);
  const auto [first, end] = page_range(request);
  // Every page must come from one and the same order.
  const bool reranks = end > 0 && request.sort == Sort::Relevance && !query.words.empty();
  MatchRequest asked{.query = &query,
                     .filters = make_filters(*snapshot, request.filters, request.places),
                     .match = request.match,
                     .sort = request.sort,
                     .collection = std::nullopt,
                     .include_internal = request.include_internal,
                     .count_facets = request.facets,
                     .top = reranks ? std::max(end, kRerankDepth) : end};
  if (!request.collection.empty()) {
    asked.collection = snapshot->find_code("collection", request.collection);
    if (!asked.collection) return empty_answer(request);
  }
  MatchResult found = find(*snapshot, asked, reranks, request.fold ? end : 0);
  if (found.hits.size() > end) found.hits.resize(end);

  Answer answer;
  if (request.fold) {
    for (const auto& [family, matches] : found.families) answer.folded += matches - 1;
  }
  answer.total = found.total;
  answer.all_words_total = found.all_words_total;
  answer.relaxed = name_of(found.relaxed);
  answer.unknown = std::move(found.unknown);
  answer.change = snapshot->change;
  if (request.facets) {
    answer.facets = list_counts(*snapshot, found.facets, request.filters, request.places);
  }
  if (first < found.hits.size()) {
    answer.hits = load_hits(catalogue, *snapshot, std::span(found.hits).subspan(first),
                            shown_query(query, found.relaxed), asked.filters.roles, analyzer);
    note_copies(found, *snapshot, answer.hits);
  }
  return answer;
}

/// Narrows the query to documents that cite a number; what is no number is cited by none.
void Searcher::Impl::add_cites(const std::string& number, Query& query) const {
  if (number.empty()) return;
  const Query cited = parser.parse("cites: " + number);
  Condition condition{.kind = Condition::Kind::Term};
  if (cited.words.empty() && cited.condition.parts.size() == 1) {
    condition = cited.condition.parts.front();
  }
  query.condition.parts.push_back(std::move(condition));
}

/// The answer to what was typed, as the library makes sense of it.
Answer Searcher::Impl::answer_typed(Request request, const Snapshot* snapshot) {
  Query query = parser.parse(request.query);
  if (snapshot != nullptr) read_typing(query, request.query, *snapshot);
  const LanguageModel* known = snapshot == nullptr ? nullptr : model.refresh(*snapshot);
  if (known != nullptr) note_likely_marks(query, *known);
  add_filters(request, query);
  add_cites(request.cites, query);
  Answer found = answer(request, query, snapshot);
  found.understood = std::move(query.understood);
  return found;
}

/// The answer with the likelier reading of its query; where nothing was found, the answer to that.
Answer Searcher::Impl::answer_with_suggestion(const Request& request, const Snapshot* snapshot) {
  Answer found = answer_typed(request, snapshot);
  const LanguageModel* known =
      snapshot == nullptr || request.query.empty() ? nullptr : model.refresh(*snapshot);
  const bool read_already = std::any_of(found.understood.begin(), found.understood.end(),
                                        [](const auto& part) { return part.field == "typing"; });
  if (known == nullptr || read_already) return found;
  found.suggestion = suggest(request.query, analyzer, *known);
  if (!found.suggestion || found.total > 0 || request.exact) return found;
  Request other = request;
  other.query = *found.suggestion;
  Answer answered = answer_typed(std::move(other), snapshot);
  if (answered.total == 0) {
    found.suggestion.reset();
    return found;
  }
  answered.suggestion = std::move(found.suggestion);
  answered.replaced = true;
  return answered;
}

std::vector<Hit> Searcher::Impl::similar_hits(std::string_view nfc, std::int64_t own_document,
                                              std::int64_t own_family, int size,
                                              bool include_internal) {
  const auto most = static_cast<std::size_t>(std::clamp(size, 0, kMostSize));
  return with_snapshot([&](const Snapshot* snapshot) -> std::vector<Hit> {
    if (snapshot == nullptr || most == 0) return {};
    // Copies are versions of the same, not similar to it; a few of them leave enough others.
    constexpr std::size_t kRoomForCopies = 20;
    auto ranked = find_similar(*snapshot, ranking, analyzer, nfc, own_document,
                               most + kRoomForCopies, include_internal);
    if (own_family != 0) {
      std::erase_if(ranked, [&](const RankedHit& hit) {
        return snapshot->rows[hit.row].family == static_cast<std::uint32_t>(own_family);
      });
    }
    fold_copies(*snapshot, ranked);
    if (ranked.size() > most) ranked.resize(most);
    return load_hits(catalogue, *snapshot, ranked, {}, 0, analyzer);
  });
}

std::vector<Completion> Searcher::Impl::titles(const Snapshot& snapshot, const TypedPrefix& prefix,
                                               std::size_t most, bool include_internal) {
  std::vector<corpus::ShownPart> parts;
  for (const auto row : find_titles(snapshot, prefix, most, include_internal)) {
    parts.push_back({snapshot.rows[row].revision, 0});
  }
  std::vector<Completion> found;
  for (const corpus::Document& document : catalogue.load_shown(parts)) {
    // The catalogue may know by now what the index does not yet.
    if (document.removed || (document.internal && !include_internal)) continue;
    const std::string title = corpus::shown_title(document.values(), document.content.text);
    const bool seen = std::any_of(found.begin(), found.end(),
                                  [&](const Completion& other) { return other.text == title; });
    if (!seen) found.push_back({"title", title, document.id, 1});
  }
  return found;
}

Searcher::Searcher(const corpus::Library& library, const corpus::Reference& reference,
                   const text::Analyzer& analyzer, Ranking ranking)
    : impl_(std::make_unique<Impl>(library, reference, analyzer, ranking)) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;

Answer Searcher::search(const Request& request, State state) {
  const auto start = std::chrono::steady_clock::now();
  Answer answer = impl_->with_snapshot(
      [&](const Snapshot* snapshot) { return impl_->answer_with_suggestion(request, snapshot); },
      state);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  answer.took_ms = took.count();
  return answer;
}

std::string Searcher::version() {
  return impl_->with_snapshot([&](const Snapshot* snapshot) {
    if (snapshot == nullptr) return fmt::format("-.{}", impl_->catalogue.last_change());
    const LanguageModel* model = impl_->model.refresh(*snapshot);
    // Rows tell apart commits that promise the same change: a late one may be in early.
    return fmt::format("{}.{}.{}.{}.{}.{}", snapshot->generation, snapshot->change,
                       snapshot->rows.size(), snapshot->live_rows,
                       model == nullptr ? 0 : model->summary().change,
                       impl_->catalogue.last_change());
  });
}

std::vector<Hit> Searcher::similar(std::string_view id, int size, bool include_internal) {
  const auto document = impl_->catalogue.find_document(id);
  if (!document || document->removed) return {};
  return impl_->similar_hits(document->content.text, document->key, document->family, size,
                             include_internal);
}

std::vector<Hit> Searcher::similar_to_text(std::string_view nfc, int size, bool include_internal) {
  return impl_->similar_hits(nfc, 0, 0, size, include_internal);
}

Answer Searcher::overview(Places places, bool include_internal) {
  Request request;
  request.size = 0;
  request.places = places;
  request.include_internal = include_internal;
  return impl_->with_snapshot([&](const Snapshot* snapshot) {
    if (snapshot == nullptr) return impl_->answer(request, {}, snapshot);
    auto& kept = impl_->overviews;
    const auto rows = std::pair(snapshot->rows.size(), std::size_t{snapshot->live_rows});
    if (kept.generation != snapshot->generation || kept.change != snapshot->change ||
        kept.rows != rows) {
      kept = {snapshot->generation, snapshot->change, rows, {}};
    }
    const auto [known, is_new] = kept.answers.try_emplace({places, include_internal});
    if (is_new) known->second = impl_->answer(request, {}, snapshot);
    return known->second;
  });
}

std::vector<Completion> Searcher::complete(std::string_view typed, text::Language language,
                                           bool include_internal) {
  constexpr std::size_t kMost = 10, kMostValues = 4, kMostPhrases = 4, kMostTitles = 6;
  constexpr std::size_t kMostTyped = 12;  // syllables; longer ones are no beginning any more
  const TypedPrefix prefix = read_prefix(typed, impl_->analyzer);
  if (prefix.syllables.empty() || prefix.syllables.size() > kMostTyped) return {};
  const Answer counts = overview(Places::Named, include_internal);
  return impl_->with_snapshot([&](const Snapshot* snapshot) -> std::vector<Completion> {
    if (snapshot == nullptr) return {};
    const auto values = impl_->names.find(prefix, counts, language, kMostValues);
    auto found = values.beginning;
    if (const LanguageModel* known = impl_->model.refresh(*snapshot)) {
      for (auto& phrase : find_phrases(prefix, *known, kMostPhrases)) {
        const bool named = std::any_of(found.begin(), found.end(), [&](const Completion& value) {
          return text::lower(value.text) == phrase.text;
        });
        if (!named) found.push_back(std::move(phrase));
      }
    }
    found.insert(found.end(), values.inside.begin(), values.inside.end());
    const auto room = std::min(kMostTitles, kMost - found.size());
    for (auto& title : impl_->titles(*snapshot, prefix, room, include_internal)) {
      found.push_back(std::move(title));
    }
    return found;
  });
}

}  // namespace nhanrong::search
