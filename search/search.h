#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "corpus/reference.h"
#include "search/ranking.h"
#include "text/analyzer.h"
#include "text/formats.h"

namespace nhanrong::search {

enum class Sort : std::uint8_t { Relevance, Newest, Oldest };  // undated last
enum class Match : std::uint8_t { Auto, All };
enum class Places : std::uint8_t { Named, Present };

/// Facets of the API, in the order they are shown.
inline constexpr const char* kFacets[] = {"region", "province", "programme",   "component",
                                          "theme",  "role",     "type",        "year",
                                          "level",  "issuer",   "ethnic_group"};
/// There may be thousands of issuers: so many of them are counted in an answer, those with the most
/// documents and those that were chosen.
inline constexpr std::size_t kMostIssuers = 100;

struct Request {
  std::string query = {};
  std::map<std::string, std::vector<std::string>> filters = {};  // facet → values, alternatives
  std::string collection = {};                                   // empty: all
  std::string cites = {};  // number of a document that is cited; empty: all
  int page = 1;            // from 1; page × size at most 10,000
  int size = 10;           // 0 to 100
  Sort sort = Sort::Relevance;
  Match match = Match::Auto;
  Places places = Places::Named;
  bool facets = true;
  bool fold = false;              // of near copies only the best as a hit
  bool exact = false;             // answer this query only, even if nothing is found
  bool include_internal = false;  // documents that are not public
};

struct FacetCount {
  std::string value;
  std::uint64_t count;
  bool selected;
  bool operator==(const FacetCount&) const = default;
};

struct Hit {
  std::int64_t document = 0, revision = 0;  // keys in the catalogue
  std::string id, title;
  double score = 0;
  std::string snippet_html;   // escaped but for <mark>
  std::string passage;        // anchor "p-3f9a"
  std::string role;           // of that passage; may be empty
  int passages_matching = 0;  // passages of the document that hold a word of the query
  corpus::Values values;
  bool illustration = false;
  int copies = 0;  // other matches that are near copies of this one
};

/// A part of the query that was read as more than words: "tỉnh:Yên Bái", "năm:2021..2023".
struct Understood {
  std::string
      field;  // of a facet, or "number", "cites", "date", "from", "to", "title", "issuer";
              // "synonym": an abbreviation; "typing": keys of a Vietnamese keyboard that was off
  std::vector<std::string> values;  // ids of a facet's values, or what was read: "2021–2023"
  std::string written;              // the part as it was typed
  std::string without;              // the query without this part: what a cross leads to
  bool operator==(const Understood&) const = default;
};

struct Answer {
  std::uint64_t total = 0;
  std::uint64_t all_words_total = 0;
  std::optional<std::string> relaxed;  // "marks_ignored", "fewer_words"
  std::vector<std::string> unknown;    // words that no document holds, as typed
  std::vector<Understood> understood;
  std::optional<std::string> suggestion;  // "nông thôn mới" for "nong thon moii"
  bool replaced = false;     // nothing was found as typed: these are the hits of `suggestion`
  std::uint64_t folded = 0;  // matches that Request::fold leaves out of the hits
  std::vector<Hit> hits;
  /// Facet → values with count > 0 or selected, by count, then value (roles in their order, years
  /// newest first).
  std::map<std::string, std::vector<FacetCount>> facets;
  std::int64_t change = 0;  // state of the index that answered
  double took_ms = 0;
};

/// One line of the list below the search box.
struct Completion {
  std::string kind;  // "title", "phrase" or a facet
  std::string text;
  std::string id;           // of the document or of the facet's value; empty for phrases
  std::uint64_t count = 0;  // documents; of a phrase: how often the model has counted it
  bool operator==(const Completion&) const = default;
};

/// Of which state an answer is made: the newest, or the one that version() has just named, which
/// spares looking for a newer one twice within a request.
enum class State : std::uint8_t { Newest, Named };

/// Answers queries over one library. One object a thread (lease them from a pool); cheap to keep,
/// opens the newest state of the index before each query. Throws CatalogueError or
/// std::runtime_error when catalogue or index fail.
class Searcher {
 public:
  Searcher(const corpus::Library& library, const corpus::Reference& reference,
           const text::Analyzer& analyzer, Ranking ranking = {});
  ~Searcher();
  Searcher(Searcher&&) noexcept;

  Answer search(const Request& request, State state = State::Newest);
  /// Names what answers are made of now: index, language model, catalogue. As long as it stays the
  /// same, so does the answer to a request (but for took_ms).
  std::string version();
  /// Documents that say alike, best first, without the document itself; empty if there is none of
  /// that id.
  std::vector<Hit> similar(std::string_view id, int size, bool include_internal = false);
  std::vector<Hit> similar_to_text(std::string_view nfc, int size, bool include_internal = false);
  /// Counts of all facets over the whole library (browse pages, /api/v1/facets): as search() of no
  /// words.
  Answer overview(Places places, bool include_internal = false);
  /// How what is being typed may go on: values of facets, frequent phrases, titles; at most ten.
  std::vector<Completion> complete(std::string_view typed, text::Language language,
                                   bool include_internal = false);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::search
