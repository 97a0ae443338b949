#include "search/hits.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "corpus/shown_title.h"
#include "search/snippet.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

bool is_among(RoleBits roles, std::string_view role) {
  for (std::size_t i = 0; i < schema::kFacetRoles; ++i) {
    if (schema::kRoles.at(i) == role) return (roles >> i & 1) != 0;
  }
  return false;
}

std::string role_of(const corpus::Passage& passage, RoleBits chosen) {
  const auto found = std::find_if(passage.roles.begin(), passage.roles.end(),
                                  [&](const auto& role) { return is_among(chosen, role); });
  if (found != passage.roles.end()) return *found;
  return passage.roles.empty() ? "" : passage.roles.front();
}

Hit make_hit(const corpus::Document& document, const RankedHit& ranked, const Query& query,
             RoleBits roles, const text::Analyzer& analyzer) {
  Hit hit;
  hit.document = document.key;
  hit.revision = document.revision_key;
  hit.id = document.id;
  hit.values = document.values();
  hit.title = corpus::shown_title(hit.values, document.content.text);
  hit.score = ranked.score;
  hit.illustration = document.illustration;
  hit.passages_matching = static_cast<int>(ranked.matching);
  const corpus::Content& content = document.content;
  if (content.passages.empty()) return hit;
  const corpus::Passage& passage = content.passages.front();
  hit.passage = passage.anchor;
  hit.role = role_of(passage, roles);
  const std::string_view text = content.text;
  const std::size_t start = std::min<std::size_t>(passage.start, text.size());
  const std::size_t end = std::clamp<std::size_t>(passage.end, start, text.size());
  hit.snippet_html = make_snippet(text.substr(start, end - start), query, analyzer);
  return hit;
}

}  // namespace

std::vector<Hit> load_hits(corpus::Catalogue& catalogue, const Snapshot& snapshot,
                           std::span<const RankedHit> ranked, const Query& query, RoleBits roles,
                           const text::Analyzer& analyzer) {
  std::vector<corpus::ShownPart> parts;
  parts.reserve(ranked.size());
  for (const RankedHit& hit : ranked) {
    parts.push_back({snapshot.rows[hit.row].revision, hit.passage});
  }
  const auto documents = catalogue.load_shown(parts);
  std::vector<Hit> hits;
  auto document = documents.begin();
  for (std::size_t i = 0; i < parts.size() && document != documents.end(); ++i) {
    if (document->revision_key != parts[i].revision) continue;
    if (!document->removed) {
      hits.push_back(make_hit(*document, ranked[i], query, roles, analyzer));
    }
    ++document;
  }
  return hits;
}

}  // namespace nhanrong::search
