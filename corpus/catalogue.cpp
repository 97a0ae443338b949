#include "corpus/catalogue.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "corpus/catalogue_impl.h"
#include "corpus/migration.h"
#include "corpus/record_json.h"
#include "corpus/source_hash.h"
#include "corpus/statements.h"
#include "corpus/stored_content.h"
#include "corpus/value_fields.h"
#include "text/utf8.h"

namespace nhanrong::corpus {
namespace {

void prepare_sqlite(Database& database) {
  database.execute("PRAGMA journal_mode = WAL");
  database.execute("PRAGMA synchronous = FULL");
  database.execute("PRAGMA foreign_keys = ON");
  // Deleted text does not stay in free pages.
  database.execute("PRAGMA secure_delete = ON");
}

/// What was given and what was corrected.
void load_values(Database& database, Document& document) {
  std::array<std::string, 2> objects;
  database.each(statements::kSaidValues, {document.key, document.key}, [&objects](Columns& row) {
    std::string& object = objects.at(row.integer(0) == 0 ? 0 : 1);
    fmt::format_to(std::back_inserter(object), "{}\"{}\":{}", object.empty() ? '{' : ',',
                   row.text(1), row.text(2));
  });
  if (!objects[0].empty()) document.given = values_from_json(objects[0] + "}");
  if (!objects[1].empty()) document.corrected = values_from_json(objects[1] + "}");
}

/// All of a document but its content.
void load_surroundings(Database& database, Document& document) {
  load_values(database, document);
  database.each(statements::kFiles, {document.key}, [&document](Columns& row) {
    document.files.push_back(
        {row.text(0), static_cast<std::uint64_t>(row.integer(1)), row.text(2), row.text(3)});
  });
  database.each(statements::kSources, {document.key}, [&document](Columns& row) {
    document.sources.push_back({row.text(0), row.text(1), row.text(2)});
  });
}

RuleVersions rule_versions(const Columns& row, std::size_t column) {
  return {static_cast<int>(row.integer(column)), static_cast<int>(row.integer(column + 1)),
          static_cast<int>(row.integer(column + 2))};
}

/// A revision's own row.
std::optional<Document> load_row(Database& database, const Query& query,
                                 std::initializer_list<Parameter> parameters) {
  std::optional<Document> document;
  database.each(query, parameters, [&document](Columns& row) {
    Document& d = document.emplace();
    d.key = row.integer(0);
    d.revision_key = row.integer(1);
    d.id = row.text(2);
    d.revision = static_cast<int>(row.integer(3));
    d.collection = row.text(4);
    d.internal = row.text(5) == "internal";
    d.illustration = row.integer(6) != 0;
    d.removed = !row.text(7).empty();
    d.ingested_at = row.text(8);
    d.versions = rule_versions(row, 9);
    d.content.derived = values_from_json(row.text(12));
    d.content.blocks = decode_blocks(row.text(13));
    d.content.text = std::move(row.text(14));
    d.content.encoding = std::move(row.text(15));
    d.content.encoding_given = row.integer(16) != 0;
    d.content.recognised_pages = static_cast<int>(row.integer(17));
    d.content.recognised_confidence = static_cast<int>(row.integer(18));
    d.family = row.integer(19);
    if (!row.text(21).empty()) d.mask_lift = MaskLift{row.text(20), row.text(21)};
  });
  return document;
}

/// The one place where what is stored is masked on its way to whoever shows, indexes or exports.
void lay_mask(Document& document) {
  std::vector<std::string*> mentions;
  mentions.reserve(document.files.size() + 2);
  for (StoredFile& file : document.files) mentions.push_back(&file.name);
  for (Values* values : {&document.given, &document.corrected}) {
    if (values->title) mentions.push_back(&*values->title);
  }
  mask_personal_data(document.content, mentions);
}

std::optional<Document> load_revision(Database& database, const Query& query,
                                      std::initializer_list<Parameter> parameters,
                                      Masking masking = Masking::AsLaid) {
  auto document = load_row(database, query, parameters);
  if (!document) return std::nullopt;
  load_parts(database, document->revision_key, document->content);
  load_surroundings(database, *document);
  if (masking == Masking::AsLaid && document->masked()) lay_mask(*document);
  return document;
}

std::optional<Document> load_shown_part(Database& database, const ShownPart& part) {
  auto document = load_row(database, statements::kShownRevision, {part.revision});
  if (!document) return std::nullopt;
  Content& content = document->content;
  load_passage(database, part.revision, part.passage, content);
  load_values(database, *document);
  content.personal = load_personal_ranges(database, part.revision);
  if (!document->masked()) return document;
  load_evidence(database, part.revision, content);  // what was copied from the text is masked by it
  lay_mask(*document);
  return document;
}

std::vector<std::int64_t> load_keys(Database& database, const Query& query,
                                    std::initializer_list<Parameter> parameters) {
  std::vector<std::int64_t> keys;
  database.each(query, parameters, [&keys](Columns& row) { keys.push_back(row.integer(0)); });
  return keys;
}

std::vector<Document> load_by_key(Database& database, std::span<const std::int64_t> keys,
                                  Masking masking) {
  std::vector<Document> documents;
  documents.reserve(keys.size());
  for (const std::int64_t key : keys) {
    if (auto document = load_revision(database, statements::kRevision, {key}, masking)) {
      documents.push_back(*std::move(document));
    }
  }
  return documents;
}

std::vector<Change> load_changes(Database& database, const Query& query,
                                 std::initializer_list<Parameter> parameters) {
  std::vector<Change> changes;
  database.each(query, parameters, [&changes](Columns& row) {
    changes.push_back(
        {row.integer(0), static_cast<ChangeKind>(row.integer(1)), row.integer(2), row.integer(3)});
  });
  return changes;
}

}  // namespace

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

std::string storable(std::string_view bytes) {
  std::string result;
  result.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t start = i;
    const char32_t c = text::next_code_point(bytes, i);
    if (c != text::kInvalidCodePoint && c != 0) {
      result.append(bytes, start, i - start);
      continue;
    }
    for (std::size_t at = start; at < i; ++at) {
      result += fmt::format("\\x{:02X}", static_cast<unsigned char>(bytes[at]));
    }
  }
  return result;
}

std::vector<std::pair<std::string, std::string>> fields_of(const Values& values) {
  std::vector<std::pair<std::string, std::string>> fields;
  for_each_value(values, [&fields](const char* field, const auto& value) {
    if (!value) return;
    fields.emplace_back(field, nlohmann::json(*value).dump(
                                   -1, ' ', false, nlohmann::json::error_handler_t::replace));
  });
  return fields;
}

Values Document::values() const {
  Values values = merge(corrected, merge(given, content.derived));
  const auto drop_blank = [](const char*, auto& value) {
    if constexpr (std::is_same_v<std::remove_reference_t<decltype(*value)>, std::string>) {
      if (value && value->empty()) value.reset();
    }
  };
  for_each_value(values, drop_blank);
  if (corrected.provinces_about) {
    if (!values.provinces) values.provinces.emplace();
    for (const std::string& about : *corrected.provinces_about) {
      if (std::ranges::find(*values.provinces, about) == values.provinces->end()) {
        values.provinces->push_back(about);
      }
    }
  }
  return values;
}

Catalogue::Catalogue(const std::string& url) : impl_(std::make_unique<Impl>(url)) {
  Database& database = impl_->database;
  refuse_newer_schema(database);
  if (database.is_sqlite()) prepare_sqlite(database);
  migrate(database);
}

Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;

std::optional<SourceState> Catalogue::find_source(const Source& source) {
  const ReadScope scope(impl_->database);
  std::optional<SourceState> state;
  impl_->database.each(statements::kFindSource, {source_hash(source)}, [&state](Columns& row) {
    state = SourceState{row.text(0), row.text(1), rule_versions(row, 2), !row.text(5).empty()};
  });
  return state;
}

std::optional<Document> Catalogue::find_document(std::string_view id, std::optional<int> revision,
                                                 Masking masking) {
  Database& database = impl_->database;
  const ReadScope scope(database);
  Document tombstone;
  std::int64_t current = 0;
  database.each(statements::kDocumentById, {id}, [&](Columns& row) {
    tombstone.key = row.integer(0);
    tombstone.id = row.text(1);
    current = row.integer(2);
    tombstone.removed = !row.text(6).empty();
  });
  if (tombstone.key == 0) return std::nullopt;
  if (!tombstone.removed) {
    return revision ? load_revision(database, statements::kRevisionByNumber,
                                    {tombstone.key, std::int64_t{*revision}}, masking)
                    : load_revision(database, statements::kRevision, {current}, masking);
  }
  database.each(statements::kDocumentFlags, {tombstone.key}, [&tombstone](Columns& row) {
    tombstone.collection = row.text(0);
    tombstone.internal = row.text(1) == "internal";
    tombstone.illustration = row.integer(2) != 0;
    tombstone.ingested_at = row.text(3);
  });
  return tombstone;
}

std::vector<Document> Catalogue::load_revisions(std::span<const std::int64_t> revision_keys) {
  const ReadScope scope(impl_->database);
  return load_by_key(impl_->database, revision_keys, Masking::AsLaid);
}

std::vector<Document> Catalogue::load_shown(std::span<const ShownPart> parts) {
  const ReadScope scope(impl_->database);
  std::vector<Document> documents;
  documents.reserve(parts.size());
  for (const ShownPart& part : parts) {
    if (auto document = load_shown_part(impl_->database, part)) {
      documents.push_back(*std::move(document));
    }
  }
  return documents;
}

std::vector<Document> Catalogue::load_family(std::int64_t family, int limit) {
  if (family == 0) return {};
  return load_revisions(
      load_keys(impl_->database, statements::kFamily, {family, std::int64_t{limit}}));
}

std::vector<Document> Catalogue::load_documents_after(std::int64_t after, int limit,
                                                      Masking masking) {
  const ReadScope scope(impl_->database);
  const auto keys =
      load_keys(impl_->database, statements::kLiveAfter, {after, std::int64_t{limit}});
  return load_by_key(impl_->database, keys, masking);
}

std::vector<Document> Catalogue::load_unsearched_revisions(int rules, int limit) {
  const ReadScope scope(impl_->database);
  const auto keys = load_keys(impl_->database, statements::kUnsearchedRevisions,
                              {std::int64_t{rules}, std::int64_t{limit}});
  return load_by_key(impl_->database, keys, Masking::None);
}

std::vector<std::int64_t> Catalogue::load_personal_revisions(int limit, std::int64_t offset) {
  const ReadScope scope(impl_->database);
  return load_keys(impl_->database, statements::kPersonalRevisions, {std::int64_t{limit}, offset});
}

std::int64_t Catalogue::count_personal_documents() {
  const ReadScope scope(impl_->database);
  return load_keys(impl_->database, statements::kCountPersonal, {}).front();
}

bool Catalogue::is_masked_original(std::string_view sha256) {
  const ReadScope scope(impl_->database);
  return !load_keys(impl_->database, statements::kMaskedOriginal, {sha256}).empty();
}

std::vector<std::pair<std::int64_t, std::int64_t>> Catalogue::load_live_revisions() {
  const ReadScope scope(impl_->database);
  std::vector<std::pair<std::int64_t, std::int64_t>> live;
  impl_->database.each(statements::kLive, {}, [&live](Columns& row) {
    live.emplace_back(row.integer(0), row.integer(1));
  });
  return live;
}

std::vector<CorrectionAuthor> Catalogue::load_correction_authors(std::int64_t document) {
  const ReadScope scope(impl_->database);
  std::vector<CorrectionAuthor> authors;
  impl_->database.each(statements::kCorrectionAuthors, {document}, [&authors](Columns& row) {
    authors.push_back({row.text(0), row.text(1), row.text(2)});
  });
  return authors;
}

Strings Catalogue::load_original_hashes() {
  const ReadScope scope(impl_->database);
  Strings hashes;
  impl_->database.each(statements::kOriginals, {},
                       [&hashes](Columns& row) { hashes.push_back(std::move(row.text(0))); });
  return hashes;
}

std::vector<Change> Catalogue::load_changes_after(std::int64_t number, int limit) {
  const ReadScope scope(impl_->database);
  return load_changes(impl_->database, statements::kChangesAfter, {number, std::int64_t{limit}});
}

std::vector<Change> Catalogue::load_small_commits(std::int64_t after, std::int64_t last,
                                                  int limit) {
  const ReadScope scope(impl_->database);
  return load_changes(impl_->database, statements::kSmallCommits,
                      {after, last, std::int64_t{limit}});
}

std::int64_t Catalogue::last_change() {
  const ReadScope scope(impl_->database);
  std::int64_t number = 0;
  impl_->database.each(statements::kLastChange, {},
                       [&number](Columns& row) { number = row.integer(0); });
  return number;
}

CatalogueSize Catalogue::size() {
  const ReadScope scope(impl_->database);
  CatalogueSize size;
  impl_->database.each(statements::kSize, {}, [&size](Columns& row) {
    size.documents = row.integer(0);
    size.illustrations = row.integer(1);
  });
  impl_->database.each(statements::kLastChangeTime, {},
                       [&size](Columns& row) { size.updated_at = row.text(0); });
  size.last_change = last_change();
  return size;
}

std::vector<RunSummary> Catalogue::load_runs(int limit) {
  const ReadScope scope(impl_->database);
  std::vector<RunSummary> runs;
  impl_->database.each(statements::kRuns, {std::int64_t{limit}}, [&runs](Columns& row) {
    runs.push_back({row.integer(0), row.text(1), row.text(2), row.integer(3), row.integer(4),
                    row.integer(5), row.integer(6), row.integer(7)});
  });
  return runs;
}

std::vector<Refusal> Catalogue::load_refusals(std::int64_t run) {
  const ReadScope scope(impl_->database);
  std::vector<Refusal> refusals;
  impl_->database.each(statements::kRefusals, {run}, [&refusals](Columns& row) {
    refusals.push_back(
        {row.text(0), static_cast<int>(row.integer(1)), row.text(2), row.text(3), row.text(4)});
  });
  return refusals;
}

}  // namespace nhanrong::corpus
