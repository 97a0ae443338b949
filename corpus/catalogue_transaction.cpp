#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "corpus/catalogue.h"
#include "corpus/catalogue_impl.h"
#include "corpus/families.h"
#include "corpus/record_json.h"
#include "corpus/source_hash.h"
#include "corpus/statements.h"
#include "corpus/stored_content.h"

namespace nhanrong::corpus {
namespace {

/// A row of documents, as far as writing needs it.
struct DocumentRow {
  std::int64_t key, current_revision, last_number;
  std::string id, text_hash, given_hash;
  bool removed;
  bool gone;  // removed because its files were
};

/// A counter that is read once and written once a transaction: the lock on `change`, taken first,
/// keeps every other writer out.
struct Counter {
  const char* name;
  std::int64_t value = 0, stored = 0;
  std::int64_t next() { return ++value; }
};

const char* visibility_of(const Record& record) { return record.internal ? "internal" : "public"; }

/// Everything of a document that is compared and stored, made once.
struct Encoded {
  explicit Encoded(const NewDocument& document)
      : content(document.content),
        given(fields_of(document.given.values)),
        source(source_hash(document.source)) {
    std::string all = fmt::format("{} {} {}\n", document.given.collection, document.given.internal,
                                  document.given.illustration);
    for (const auto& [field, value] : given) all += fmt::format("{} {}\n", field, value);
    given_hash = short_hash(all);
  }
  EncodedContent content;
  std::vector<std::pair<std::string, std::string>> given;
  std::string given_hash, source;
};

/// PostgreSQL ends text at NUL, SQLite does not: what the normaliser lets through never holds one.
void require_plain(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) {
    throw CatalogueError("catalogue_failed", "a text holds a NUL byte");
  }
}

std::int64_t flag(bool on) { return on ? 1 : 0; }

}  // namespace

struct Catalogue::Transaction::Impl {
  explicit Impl(Database& database_) : database(database_), now(utc_now()) {
    database.begin_write();
    try {
      database.run(statements::kLockCounters);
      database.each(statements::kCounters, {}, [this](Columns& row) {
        for (Counter* counter : {&change, &document, &revision}) {
          if (row.text(0) == counter->name) counter->value = counter->stored = row.integer(1);
        }
      });
    } catch (...) {
      database.rollback();
      throw;
    }
  }
  ~Impl() {
    if (open) database.rollback();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::optional<DocumentRow> find(const Query& query, std::initializer_list<Parameter> parameters);
  void add_change(ChangeKind kind, std::int64_t of, std::int64_t revision_key);
  void attach(std::int64_t to, const NewDocument& document, const std::string& source);
  std::int64_t insert_revision(std::int64_t of, std::int64_t number, const NewDocument& document,
                               const EncodedContent& content);
  void replace_content(std::int64_t key, const Content& content, const EncodedContent& encoded,
                       const RuleVersions& versions);
  /// True: the stored content differs and was replaced. Versions are brought up to date anyway.
  bool refresh_revision(std::int64_t key, const Content& content, const EncodedContent& encoded,
                        const RuleVersions& versions);
  /// Is it the text of a revision as it is exported under its mask?
  bool is_masked_copy(std::int64_t key, std::string_view text);
  void replace_given(std::int64_t of, const Encoded& encoded);
  std::string free_id(const Content& content);
  PutOutcome insert(const NewDocument& document, const Encoded& encoded);
  PutStatus update(const DocumentRow& row, const NewDocument& document, const Encoded& encoded);
  void overwrite(std::int64_t of);
  /// True: the document has another family now.
  bool join_family(std::int64_t of, std::string_view text);

  Database& database;
  std::string now;
  Counter change{"change"}, document{"document"}, revision{"revision"};
  bool open = true;
  bool purged = false;
};

std::optional<DocumentRow> Catalogue::Transaction::Impl::find(
    const Query& query, std::initializer_list<Parameter> parameters) {
  std::optional<DocumentRow> found;
  database.each(query, parameters, [&found](Columns& row) {
    found = DocumentRow{row.integer(0), row.integer(2), row.integer(3),       row.text(1),
                        row.text(4),    row.text(5),    !row.text(6).empty(), row.integer(7) != 0};
  });
  return found;
}

void Catalogue::Transaction::Impl::add_change(ChangeKind kind, std::int64_t of,
                                              std::int64_t revision_key) {
  database.run(statements::kInsertChange,
               {change.next(), static_cast<std::int64_t>(kind), of, revision_key, now});
}

void Catalogue::Transaction::Impl::attach(std::int64_t to, const NewDocument& document_,
                                          const std::string& source) {
  const StoredFile& file = document_.file;
  database.run(statements::kInsertFile, {file.sha256, static_cast<std::int64_t>(file.size_bytes),
                                         storable(file.media_type)});
  database.run(statements::kInsertDocumentFile, {to, file.sha256, storable(file.name)});
  database.run(statements::kPutSource,
               {source, storable(document_.source.root), storable(document_.source.path),
                storable(document_.source.member), to, file.sha256});
}

std::int64_t Catalogue::Transaction::Impl::insert_revision(std::int64_t of, std::int64_t number,
                                                           const NewDocument& document_,
                                                           const EncodedContent& content) {
  const std::int64_t key = revision.next();
  const RuleVersions& versions = document_.versions;
  database.run(statements::kInsertRevision,
               {key, of, number, content.hash, versions.extractor, versions.normaliser,
                versions.understanding, now, content.derived, content.blocks,
                document_.content.text, storable(document_.content.encoding),
                document_.content.encoding_given ? 1 : 0, document_.content.recognised_pages,
                document_.content.recognised_confidence, versions.understanding});
  insert_parts(database, key, document_.content);
  return key;
}

void Catalogue::Transaction::Impl::replace_content(std::int64_t key, const Content& content,
                                                   const EncodedContent& encoded,
                                                   const RuleVersions& versions) {
  database.run(statements::kUpdateRevision,
               {encoded.hash, versions.extractor, versions.normaliser, versions.understanding,
                encoded.derived, encoded.blocks, content.text, storable(content.encoding),
                content.encoding_given ? 1 : 0, content.recognised_pages,
                content.recognised_confidence, versions.understanding, key});
  delete_parts(database, key);
  insert_parts(database, key, content);
}

bool Catalogue::Transaction::Impl::refresh_revision(std::int64_t key, const Content& content,
                                                    const EncodedContent& encoded,
                                                    const RuleVersions& versions) {
  std::string hash;
  RuleVersions stored;
  database.each(statements::kRevisionState, {key}, [&](Columns& row) {
    hash = row.text(0);
    stored = {static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2)),
              static_cast<int>(row.integer(3))};
  });
  if (hash != encoded.hash) {
    replace_content(key, content, encoded, versions);
    return true;
  }
  if (stored != versions) {
    database.run(statements::kSetRevisionVersions,
                 {versions.extractor, versions.normaliser, versions.understanding,
                  versions.understanding, key});
  }
  return false;
}

bool Catalogue::Transaction::Impl::is_masked_copy(std::int64_t key, std::string_view text) {
  if (text.find('*') == std::string_view::npos) return false;
  const auto ranges = load_personal_ranges(database, key);
  if (ranges.empty()) return false;
  std::string stored;
  database.each(statements::kRevisionText, {key},
                [&stored](Columns& row) { stored = std::move(row.text(0)); });
  return corpus::is_masked_copy(text, std::move(stored), ranges);
}

void Catalogue::Transaction::Impl::replace_given(std::int64_t of, const Encoded& encoded) {
  database.run(statements::kDeleteGiven, {of});
  for (const auto& [field, value] : encoded.given) {
    database.run(statements::kInsertGiven, {of, field, value});
  }
}

std::string Catalogue::Transaction::Impl::free_id(const Content& content) {
  const std::string stem = "t-" + sha256_hex(content.text).substr(0, 16);
  std::string id = stem;
  for (int n = 2; find(statements::kDocumentById, {id}); ++n) id = fmt::format("{}-{}", stem, n);
  return id;
}

PutOutcome Catalogue::Transaction::Impl::insert(const NewDocument& new_document,
                                                const Encoded& encoded) {
  const Record& given = new_document.given;
  const std::string id = given.id ? *given.id : free_id(new_document.content);
  const std::int64_t key = document.next();
  // The row comes before its revision, which refers to it.
  database.run(
      statements::kInsertDocument,
      {key, id, flag(given.id.has_value()), revision.value + 1, encoded.content.text_hash,
       encoded.given_hash, given.collection, visibility_of(given), flag(given.illustration), now});
  const std::int64_t revision_key = insert_revision(key, 1, new_document, encoded.content);
  for (const auto& [field, value] : encoded.given) {
    database.run(statements::kInsertGiven, {key, field, value});
  }
  attach(key, new_document, encoded.source);
  join_family(key, new_document.content.text);
  add_change(ChangeKind::Put, key, revision_key);
  return {id, PutStatus::Added};
}

bool Catalogue::Transaction::Impl::join_family(std::int64_t of, std::string_view text) {
  const FamilyChange joined = assign_family(database, of, text);
  if (joined.founder != 0) {
    // Its row in the index must say that it is no longer alone.
    database.each(statements::kCurrentRevision, {joined.founder}, [&](Columns& row) {
      add_change(ChangeKind::Put, joined.founder, row.integer(0));
    });
  }
  return joined.changed;
}

PutStatus Catalogue::Transaction::Impl::update(const DocumentRow& row,
                                               const NewDocument& new_document,
                                               const Encoded& encoded) {
  const bool masked_copy = is_masked_copy(row.current_revision, new_document.content.text);
  const bool same_text = masked_copy || row.text_hash == encoded.content.text_hash;
  const bool same_given = row.given_hash == encoded.given_hash;
  // What a person took out stays out while it says the same, whatever newer rules make of it.
  if (row.removed && !row.gone && same_text && same_given) return PutStatus::Unchanged;

  std::int64_t revision_key = row.current_revision;
  std::int64_t number = row.last_number;
  bool changed = !same_given || row.removed;
  if (!same_text || row.current_revision == 0) {
    revision_key = insert_revision(row.key, ++number, new_document, encoded.content);
    changed = true;
  } else if (!masked_copy && refresh_revision(revision_key, new_document.content, encoded.content,
                                              new_document.versions)) {
    changed = true;
  }
  const bool may_move = !same_text || row.removed || !knows_family(database, row.key);
  if (may_move && join_family(row.key, new_document.content.text)) changed = true;
  if (!changed) return PutStatus::Unchanged;

  const Record& given = new_document.given;
  if (!same_given || row.removed) replace_given(row.key, encoded);
  database.run(statements::kUpdateDocument,
               {revision_key, number, masked_copy ? row.text_hash : encoded.content.text_hash,
                encoded.given_hash, given.collection, visibility_of(given),
                flag(given.illustration), row.key});
  add_change(ChangeKind::Put, row.key, revision_key);
  return row.removed ? PutStatus::Added : PutStatus::Changed;
}

void Catalogue::Transaction::Impl::overwrite(std::int64_t of) {
  std::vector<std::int64_t> revisions;
  database.each(statements::kRevisionKeys, {of},
                [&revisions](Columns& row) { revisions.push_back(row.integer(0)); });
  for (const std::int64_t key : revisions) {
    for (const Query& blank : {statements::kBlankRevision, statements::kBlankPassages,
                               statements::kBlankEvidence, statements::kBlankReferences}) {
      database.run(blank, {key});
    }
    delete_parts(database, key);
    database.run(statements::kDeleteRevision, {key});
  }
  forget_family(database, of);
  for (const Query& query :
       {statements::kBlankGiven, statements::kDeleteGiven, statements::kBlankCorrections,
        statements::kDeleteCorrections, statements::kBlankSources, statements::kBlankDocumentFiles,
        statements::kDeleteDocumentFiles, statements::kBlankLiftedMask, statements::kLayMask,
        statements::kForgetRevision}) {
    database.run(query, {of});
  }
}

Catalogue::Transaction::Transaction(Catalogue& catalogue)
    : impl_(std::make_unique<Impl>(catalogue.impl_->database)) {}

Catalogue::Transaction::~Transaction() = default;

PutOutcome Catalogue::Transaction::put(const NewDocument& document) {
  require_plain(document.content.text);
  const Encoded encoded(document);
  std::optional<DocumentRow> row;
  if (document.given.id) {
    row = impl_->find(statements::kDocumentById, {*document.given.id});
  } else {
    row = impl_->find(statements::kDocumentBySource, {encoded.source});
    if (!row) {
      const auto twin = impl_->find(
          statements::kDocumentByText,
          {encoded.content.text_hash, document.given.collection, visibility_of(document.given)});
      if (twin && !twin->gone) {
        impl_->attach(twin->key, document, encoded.source);
        return {twin->id, PutStatus::Unchanged};
      }
      row = twin;
    }
  }
  if (!row) return impl_->insert(document, encoded);
  impl_->attach(row->key, document, encoded.source);
  return {row->id, impl_->update(*row, document, encoded)};
}

bool Catalogue::Transaction::remove(std::string_view id) {
  const auto row = impl_->find(statements::kDocumentById, {id});
  if (!row || row->removed) return false;
  impl_->database.run(statements::kRemoveDocument, {impl_->now, flag(false), row->key});
  impl_->add_change(ChangeKind::Delete, row->key, 0);
  return true;
}

bool Catalogue::Transaction::detach(const Source& source) {
  Database& database = impl_->database;
  const std::string hash = source_hash(source);
  const auto row = impl_->find(statements::kDocumentBySource, {hash});
  if (!row) return false;
  database.run(statements::kDeleteSource, {hash});
  std::int64_t left = 0;
  database.each(statements::kCountSources, {row->key},
                [&left](Columns& count) { left = count.integer(0); });
  if (left > 0 || row->removed) return false;
  database.run(statements::kRemoveDocument, {impl_->now, flag(true), row->key});
  impl_->add_change(ChangeKind::Delete, row->key, 0);
  return true;
}

std::optional<Strings> Catalogue::Transaction::purge(std::string_view id) {
  const auto row = impl_->find(statements::kDocumentById, {id});
  if (!row) return std::nullopt;
  remove(id);
  Database& database = impl_->database;
  Strings files;
  database.each(statements::kFilesOfDocument, {row->key},
                [&files](Columns& file) { files.push_back(file.text(0)); });
  impl_->overwrite(row->key);
  std::erase_if(files, [&database](const std::string& sha256) {
    std::int64_t uses = 0;
    database.each(statements::kUsesOfFile, {sha256},
                  [&uses](Columns& count) { uses = count.integer(0); });
    return uses > 0;
  });
  for (const std::string& sha256 : files) database.run(statements::kDeleteFile, {sha256});
  impl_->purged = true;
  return files;
}

bool Catalogue::Transaction::correct(std::string_view id, const Values& values,
                                     const Strings& withdrawn, std::string_view author) {
  const auto row = impl_->find(statements::kDocumentById, {id});
  if (!row || row->removed) return false;
  Database& database = impl_->database;
  std::map<std::string, std::string, std::less<>> standing;
  database.each(statements::kCorrections, {row->key},
                [&standing](Columns& one) { standing[one.text(0)] = one.text(1); });
  bool changed = false;
  for (const auto& [field, value] : fields_of(values)) {
    const auto found = standing.find(field);
    if (found != standing.end() && found->second == value) continue;
    database.run(statements::kCorrect, {row->key, field, value, storable(author), impl_->now});
    changed = true;
  }
  for (const std::string& field : withdrawn) {
    if (!standing.contains(field)) continue;
    database.run(statements::kWithdrawCorrection, {row->key, field});
    changed = true;
  }
  if (changed) impl_->add_change(ChangeKind::Put, row->key, row->current_revision);
  return true;
}

bool Catalogue::Transaction::set_mask(std::string_view id, bool laid, std::string_view author) {
  const auto row = impl_->find(statements::kDocumentById, {id});
  if (!row || row->removed) return false;
  Database& database = impl_->database;
  bool lifted = false;
  database.each(statements::kHasLiftedMask, {row->key}, [&lifted](Columns&) { lifted = true; });
  if (lifted != laid) return true;
  if (laid) {
    database.run(statements::kLayMask, {row->key});
  } else {
    database.run(statements::kLiftMask, {row->key, storable(author), impl_->now});
  }
  impl_->add_change(ChangeKind::Put, row->key, row->current_revision);
  return true;
}

void Catalogue::Transaction::set_personal_data(std::int64_t revision, const Content& content,
                                               int rules) {
  const auto row = impl_->find(statements::kDocumentByRevision, {revision});
  if (!row) return;
  Database& database = impl_->database;
  const EncodedContent encoded(content);
  std::string former;
  bool searched = false;
  database.each(statements::kRevisionState, {revision}, [&](Columns& state) {
    former = state.text(0);
    searched = state.integer(4) >= rules;
  });
  if (searched) return;  // somebody was quicker, and the content may be another
  database.run(statements::kSetPersonalRules, {std::int64_t{rules}, encoded.hash, revision});
  if (former == encoded.hash) return;
  database.run(statements::kDeletePersonalRanges, {revision});
  insert_personal_ranges(database, revision, content.personal);
  if (row->removed || row->current_revision != revision) return;
  impl_->add_change(ChangeKind::Put, row->key, revision);
}

void Catalogue::Transaction::redo(std::int64_t revision, const Content& content,
                                  const RuleVersions& versions) {
  require_plain(content.text);
  const auto row = impl_->find(statements::kDocumentByRevision, {revision});
  if (!row || row->removed || row->current_revision != revision) return;
  const EncodedContent encoded(content);
  if (!impl_->refresh_revision(revision, content, encoded, versions)) return;
  impl_->database.run(statements::kSetTextHash, {encoded.text_hash, row->key});
  impl_->add_change(ChangeKind::Put, row->key, revision);
}

void Catalogue::Transaction::commit() {
  Database& database = impl_->database;
  if (const auto& change = impl_->change;
      change.value != change.stored && change.value - change.stored <= kSmallCommit) {
    database.run(statements::kSetSmallCommit, {change.stored});
  }
  for (const Counter* counter : {&impl_->change, &impl_->document, &impl_->revision}) {
    if (counter->value == counter->stored) continue;
    database.run(statements::kSetCounter, {counter->value, counter->name});
  }
  database.commit();
  impl_->open = false;
  if (!impl_->purged) return;
  // What was overwritten still stands in SQLite's log, in PostgreSQL as dead rows.
  if (database.is_sqlite()) {
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    return;
  }
  for (const char* table :
       {"revisions", "passages", "evidence", "document_references", "given_values", "corrections",
        "sources", "document_files", "personal_ranges", "lifted_masks"}) {
    database.execute(fmt::format("VACUUM {}", table));
  }
}

}  // namespace nhanrong::corpus
