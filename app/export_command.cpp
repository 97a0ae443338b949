#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/filters.h"
#include "app/report.h"
#include "corpus/record_json.h"
#include "indexer/index_writer.h"
#include "indexer/ingest.h"

namespace nhanrong::app {
namespace {

bool has_role(const corpus::Document& document, const std::string& role) {
  return std::ranges::any_of(document.content.passages, [&](const corpus::Passage& passage) {
    return std::ranges::find(passage.roles, role) != passage.roles.end();
  });
}

/// The same meaning as in a search without words: values of a facet are alternatives, facets narrow
/// each other.
bool passes(const corpus::Document& document, const Filters& filters,
            const corpus::Reference& reference) {
  if (filters.empty()) return true;
  const auto facets = indexer::make_index_document(document, reference).facets;
  return std::ranges::all_of(filters, [&](const auto& filter) {
    return std::ranges::any_of(filter.second, [&](const std::string& value) {
      if (filter.first == "role") return has_role(document, value);
      return std::ranges::find(facets, std::pair{filter.first, value}) != facets.end();
    });
  });
}

std::string record_json(const corpus::Document& document, bool derived) {
  const auto values =
      derived ? document.values() : corpus::merge(document.corrected, document.given);
  nlohmann::ordered_json out{{"id", document.id}};
  const auto fields = nlohmann::ordered_json::parse(corpus::values_to_json(values));
  for (const auto& [key, value] : fields.items()) {
    out[key] = value;
  }
  out["text"] = document.content.text;
  if (document.collection != "chung") out["collection"] = document.collection;
  if (document.internal) out["visibility"] = "internal";
  if (document.illustration) out["illustration"] = true;
  return out.dump();
}

}  // namespace

int export_command(Context& context, const ExportOptions& options) {
  const auto filters = parse_filters(options.filters, context.reference());
  if (!filters) {
    report_error(context, filters.error());
    return kWrongUsage;
  }
  corpus::Catalogue catalogue(context.library().catalogue_url);
  indexer::find_missed_personal_data(catalogue, context.understanding(), false);
  constexpr int kAtOnce = 200;
  for (std::int64_t after = 0;;) {
    const auto documents = catalogue.load_documents_after(after, kAtOnce);
    for (const auto& document : documents) {
      if (passes(document, *filters, context.reference())) {
        fmt::print("{}\n", record_json(document, options.derived));
      }
    }
    if (documents.empty()) return kDone;
    after = documents.back().key;
  }
}

}  // namespace nhanrong::app
