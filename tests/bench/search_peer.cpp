/// The engine alone, as a peer of ../shared/perf/run.py: the same documents, terms and queries as
/// Lucene and the others there, read and ranked as `serve` does, without texts and snippets.
///
///   search_peer normalise CORPUS.tsv QUERIES.tsv FOLDER
///   search_peer index CORPUS.tsv FOLDER DOCUMENTS [roles]   " || " parts passages
///   search_peer query FOLDER QUERIES.tsv LIMIT PASSES [auto|all] [first-stage]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/generation_builder.h"
#include "search/facets.h"
#include "search/fast_matcher.h"
#include "search/index_reader.h"
#include "search/rerank.h"
#include "search/stop_words.h"
#include "text/analyzer.h"
#include "text/syllable.h"

namespace nhanrong {
namespace {

// Order of the columns in the corpus and of the filters in the answers that are compared.
const std::vector<std::string> kPeerFacets = {"province", "region", "programme", "component",
                                              "theme",    "type",   "year"};

std::vector<std::string> split(std::string_view s, char at) {
  std::vector<std::string> parts;
  if (s.empty()) return parts;
  for (;;) {
    const auto end = s.find(at);
    parts.emplace_back(s.substr(0, end));
    if (end == s.npos) return parts;
    s.remove_prefix(end + 1);
  }
}

/// One spelling for each term of ours: the peers know neither that hoá is hóa, nor that 03 is 3,
/// nor that 27cm are two words.
class Spellings {
 public:
  std::string words(const std::string& text) {
    std::string out;
    for (const std::string& word : split(text, ' ')) {
      for (const text::Token& token : analyzer_.analyse(word).tokens) {
        if (!out.empty()) out += ' ';
        const bool is_number = token.exact.find_first_not_of("0123456789") == std::string::npos;
        const std::string written = word.substr(token.start, token.end - token.start);
        out += is_number ? token.exact : first_.try_emplace(token.exact, written).first->second;
      }
    }
    return out;
  }

 private:
  const text::Analyzer analyzer_;
  std::unordered_map<std::string, std::string> first_;
};

/// Writes corpus.tsv and queries.tsv into the folder, so that totals can be equal.
int normalise(const std::string& corpus, const std::string& queries,
              const std::filesystem::path& folder) {
  Spellings spellings;
  const auto rewrite = [&](const std::string& from, const char* to,
                           const std::function<void(std::vector<std::string>&)>& change) {
    std::ifstream in(from);
    std::ofstream out(folder / to);
    for (std::string line; std::getline(in, line);) {
      auto fields = split(line, '\t');
      change(fields);
      out << fmt::format("{}\n", fmt::join(fields, "\t"));
    }
  };
  rewrite(corpus, "corpus.tsv", [&](auto& fields) {
    fields.at(8) = spellings.words(fields.at(8));
    fields.at(9).clear();
    for (const std::string& word : split(fields.at(8), ' ')) {
      fields.at(9) += (fields.at(9).empty() ? "" : " ") + text::fold(word);
    }
  });
  rewrite(queries, "queries.tsv",
          [&](auto& fields) { fields.at(4) = spellings.words(fields.at(4)); });
  return 0;
}

/// " || " parts the passages of a document. With `roles` each has one of the nine that are counted.
void add_passages(indexer::IndexDocument& document, std::string_view text, int key, bool roles) {
  constexpr std::string_view kBorder = " || ";
  for (std::size_t number = 0;; ++number) {
    const std::size_t end = std::min(text.find(kBorder), text.size());
    const auto start = static_cast<std::uint32_t>(document.text.size());
    document.text += text.substr(0, end);
    corpus::Strings role;
    const std::size_t place =
        (static_cast<std::size_t>(key) + number) % corpus::index_schema::kFacetRoles;
    if (roles) role.emplace_back(corpus::index_schema::kRoles.at(place));
    document.passages.push_back(
        {role, start, static_cast<std::uint32_t>(document.text.size()), "p"});
    document.text += '\n';
    if (end == text.size()) return;
    text.remove_prefix(end + kBorder.size());
  }
}

int index(const std::string& corpus, const std::filesystem::path& folder, int documents,
          bool roles) {
  constexpr int kTogether = 1000;  // documents
  const text::Analyzer analyzer;
  indexer::GenerationBuilder builder(folder / "0001", analyzer);
  std::ifstream in(corpus);
  std::vector<indexer::IndexDocument> together;
  const auto put = [&] {
    builder.put(together);
    together.clear();
  };
  std::string line;
  for (int key = 1; key <= documents && std::getline(in, line); ++key) {
    const auto fields = split(line, '\t');
    indexer::IndexDocument document;
    document.document = document.revision = key;
    add_passages(document, fields.at(8), key, roles);
    for (std::size_t i = 0; i < kPeerFacets.size(); ++i) {
      for (const auto& value : split(fields.at(1 + i), ',')) {
        document.facets.emplace_back(kPeerFacets[i], value);
      }
    }
    together.push_back(std::move(document));
    if (together.size() == kTogether) put();
  }
  put();
  builder.finish(documents + 1);
  std::ofstream(folder / "current") << "0001\n";
  return 0;
}

struct PeerQuery {
  std::string id, kind;
  search::Query query;
  std::map<std::string, std::vector<std::string>> filters;
};

std::vector<PeerQuery> read_queries(const std::string& path, std::size_t limit) {
  std::vector<PeerQuery> queries;
  std::ifstream in(path);
  std::string line;
  while (queries.size() < limit && std::getline(in, line)) {
    const auto fields = split(line, '\t');
    PeerQuery peer{fields.at(0), fields.at(1), {}, {}};
    search::Phrase words;
    for (const auto& term : split(fields.at(4), ' ')) {
      search::Word word;
      word.typed = term;
      word.exact = text::tone_key(term);
      word.folded = text::fold(term);
      word.marked = fields.at(2) == "exact";
      word.stop = search::is_stop_word(word.exact);
      word.joined = !words.empty();
      words.push_back(word);
    }
    peer.query.words = words;
    if (fields.at(3) == "phrase") {
      search::Condition phrase{.kind = search::Condition::Kind::Words};
      phrase.phrase = words;
      peer.query.condition.parts.push_back(phrase);
    }
    for (const auto& filter : split(fields.at(5), ';')) {
      const auto equals = filter.find('=');
      peer.filters[filter.substr(0, equals)] = split(filter.substr(equals + 1), ',');
    }
    queries.push_back(std::move(peer));
  }
  return queries;
}

/// The sum that run.py compares: as `Answer::count` of its peer.h.
std::uint64_t checksum(const std::map<std::string, std::vector<search::FacetCount>>& facets) {
  std::uint64_t sum = 0;
  for (const auto& facet : kPeerFacets) {
    for (const auto& [value, count, selected] : facets.at(facet)) {
      std::uint64_t hash = 1469598103934665603U;
      for (const char c : facet + "=" + value) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
      }
      sum += count * hash;
    }
  }
  return sum;
}

double thread_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

int query(const std::filesystem::path& folder, const std::string& path, std::size_t limit,
          int passes, search::Match match, bool second_stage) {
  using Clock = std::chrono::steady_clock;
  using Milliseconds = std::chrono::duration<double, std::milli>;
  const auto queries = read_queries(path, limit);
  const search::Ranking ranking;
  const search::FastMatcher matcher{ranking};
  search::IndexReader reader(folder);
  const auto run = [&](const PeerQuery& peer, bool facets) {
    const search::Snapshot* snapshot = reader.refresh();
    const bool reranks = second_stage && !peer.query.words.empty();
    const search::MatchRequest request{
        .query = &peer.query,
        .filters = search::make_filters(*snapshot, peer.filters, search::Places::Named),
        .match = match,
        .collection = std::nullopt,
        .count_facets = facets,
        .top = reranks ? search::kRerankDepth : 10};
    auto found = matcher.match(*snapshot, request);
    if (reranks) search::rerank(*snapshot, peer.query, ranking, found.hits);
    return std::pair(
        found.total,
        facets
            ? search::list_counts(*snapshot, found.facets, peer.filters, search::Places::Named)
            : decltype(search::list_counts(*snapshot, found.facets, {}, search::Places::Named))());
  };
  for (int pass = 1; pass <= passes; ++pass) {
    for (const PeerQuery& peer : queries) {
      const auto wall_a = Clock::now();
      const double cpu_a = thread_ms();
      run(peer, false);
      const auto wall_b = Clock::now();
      const double cpu_b = thread_ms();
      const auto [total, facets] = run(peer, true);
      const auto wall_c = Clock::now();
      const double cpu_c = thread_ms();
      if (pass < passes) continue;
      fmt::print("{}\t{}\t{}\t{:016x}\t{:.4f}\t{:.4f}\t{:.4f}\t{:.4f}\n", peer.id, peer.kind, total,
                 checksum(facets), cpu_c - cpu_b, cpu_b - cpu_a,
                 Milliseconds(wall_c - wall_b).count(), Milliseconds(wall_b - wall_a).count());
    }
  }
  return 0;
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 4 && arguments[0] == "normalise") {
    return normalise(arguments[1], arguments[2], arguments[3]);
  }
  if (arguments.size() >= 4 && arguments[0] == "index") {
    const bool roles = arguments.size() > 4 && arguments[4] == "roles";
    return index(arguments[1], arguments[2], std::atoi(arguments[3].c_str()), roles);
  }
  if (arguments.size() >= 5 && arguments[0] == "query") {
    const bool all = arguments.size() < 6 || arguments[5] != "auto";
    const bool first_stage = arguments.size() > 6 && arguments[6] == "first-stage";
    return query(arguments[1], arguments[2],
                 static_cast<std::size_t>(std::atoi(arguments[3].c_str())),
                 std::atoi(arguments[4].c_str()), all ? search::Match::All : search::Match::Auto,
                 !first_stage);
  }
  fmt::print(stderr,
             "search_peer normalise CORPUS.tsv QUERIES.tsv FOLDER\n"
             "search_peer index CORPUS.tsv FOLDER DOCUMENTS [roles]\n"
             "search_peer query FOLDER QUERIES.tsv LIMIT PASSES [auto|all] [first-stage]\n");
  return 2;
}

}  // namespace
}  // namespace nhanrong

int main(int argc, char** argv) {
  try {
    return nhanrong::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 3;
  }
}
