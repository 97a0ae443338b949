#pragma once
#include "corpus/database.h"

/// All SQL of the catalogue but its schema; the same for SQLite and PostgreSQL.
namespace nhanrong::corpus::statements {

// Schema.
inline constexpr Query kHasSchemaSqlite{
    "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'", "i"};
inline constexpr Query kHasSchemaPostgresql{
    "SELECT COUNT(*) FROM information_schema.tables "
    "WHERE table_schema = current_schema() AND table_name = 'schema_version'",
    "i"};
inline constexpr Query kSchemaVersion{"SELECT COALESCE(MAX(version), 0) FROM schema_version", "i"};
inline constexpr Query kForgetSchemaVersion{"DELETE FROM schema_version"};
inline constexpr Query kSetSchemaVersion{"INSERT INTO schema_version (version) VALUES (:version)"};

// Counters.
inline constexpr Query kLockCounters{"UPDATE counters SET value = value WHERE name = 'change'"};
inline constexpr Query kCounters{"SELECT name, value FROM counters", "si"};
inline constexpr Query kSetCounter{"UPDATE counters SET value = :value WHERE name = :name"};

// Documents. The columns of a DocumentRow:
#define NHANRONG_DOCUMENT_ROW                                                          \
  "SELECT key, id, current_revision, last_number, text_hash, given_hash, removed_at, " \
  "gone FROM documents "
inline constexpr Query kDocumentById{NHANRONG_DOCUMENT_ROW "WHERE id = :id", "isiisssi"};
inline constexpr Query kDocumentBySource{
    NHANRONG_DOCUMENT_ROW "WHERE key = (SELECT document FROM sources WHERE hash = :hash)",
    "isiisssi"};
inline constexpr Query kDocumentByRevision{
    NHANRONG_DOCUMENT_ROW "WHERE key = (SELECT document FROM revisions WHERE key = :revision)",
    "isiisssi"};
/// A live one before a removed one.
inline constexpr Query kDocumentByText{
    NHANRONG_DOCUMENT_ROW
    "WHERE text_hash = :text_hash AND id_given = 0 AND collection = :collection "
    "AND visibility = :visibility ORDER BY removed_at, key LIMIT 1",
    "isiisssi"};
#undef NHANRONG_DOCUMENT_ROW
inline constexpr Query kInsertDocument{
    "INSERT INTO documents (key, id, id_given, current_revision, last_number, text_hash, "
    "given_hash, collection, visibility, illustration, created_at, removed_at) VALUES (:key, :id, "
    ":id_given, :current_revision, 1, :text_hash, :given_hash, :collection, :visibility, "
    ":illustration, :created_at, '')"};
inline constexpr Query kUpdateDocument{
    "UPDATE documents SET current_revision = :current_revision, last_number = :last_number, "
    "text_hash = :text_hash, given_hash = :given_hash, collection = :collection, "
    "visibility = :visibility, illustration = :illustration, removed_at = '', gone = 0 WHERE key = "
    ":key"};
inline constexpr Query kSetTextHash{"UPDATE documents SET text_hash = :text_hash WHERE key = :key"};
inline constexpr Query kRemoveDocument{
    "UPDATE documents SET removed_at = :removed_at, gone = :gone WHERE key = :key"};
inline constexpr Query kForgetRevision{
    "UPDATE documents SET current_revision = 0 WHERE key = :key"};

// Revisions and what belongs to them.
inline constexpr Query kInsertRevision{
    "INSERT INTO revisions (key, document, number, content_hash, extractor, normaliser, "
    "understanding, created_at, derived, blocks, text, encoding, encoding_given, "
    "recognised_pages, recognised_confidence, personal_rules) VALUES (:key, "
    ":document, :number, :content_hash, :extractor, :normaliser, :understanding, :created_at, "
    ":derived, :blocks, :text, :encoding, :encoding_given, :recognised_pages, "
    ":recognised_confidence, :personal_rules)"};
inline constexpr Query kUpdateRevision{
    "UPDATE revisions SET content_hash = :content_hash, extractor = :extractor, normaliser = "
    ":normaliser, understanding = :understanding, derived = :derived, blocks = :blocks, text = "
    ":text, encoding = :encoding, encoding_given = :encoding_given, recognised_pages = "
    ":recognised_pages, recognised_confidence = :recognised_confidence, personal_rules = "
    ":personal_rules WHERE key = :key"};
inline constexpr Query kRevisionText{"SELECT text FROM revisions WHERE key = :key", "s"};
inline constexpr Query kRevisionState{
    "SELECT content_hash, extractor, normaliser, understanding, personal_rules FROM revisions "
    "WHERE key = :key",
    "siiii"};
inline constexpr Query kSetRevisionVersions{
    "UPDATE revisions SET extractor = :extractor, normaliser = :normaliser, understanding = "
    ":understanding, personal_rules = :personal_rules WHERE key = :key"};
inline constexpr Query kInsertPassage{
    "INSERT INTO passages (revision, ordinal, anchor, roles, start_byte, end_byte) VALUES "
    "(:revision, :ordinal, :anchor, :roles, :start_byte, :end_byte)"};
inline constexpr Query kInsertEvidence{
    "INSERT INTO evidence (revision, ordinal, field, value, origin, start_byte, end_byte) VALUES "
    "(:revision, :ordinal, :field, :value, :origin, :start_byte, :end_byte)"};
inline constexpr Query kInsertReference{
    "INSERT INTO document_references (revision, ordinal, number) VALUES (:revision, :ordinal, "
    ":number)"};
inline constexpr Query kInsertPersonalRange{
    "INSERT INTO personal_ranges (revision, ordinal, kind, start_byte, end_byte) VALUES "
    "(:revision, :ordinal, :kind, :start_byte, :end_byte)"};
inline constexpr Query kDeletePersonalRanges{
    "DELETE FROM personal_ranges WHERE revision = :revision"};
inline constexpr Query kSetPersonalRules{
    "UPDATE revisions SET personal_rules = :personal_rules, content_hash = :content_hash WHERE "
    "key = :key"};
inline constexpr Query kDeletePassages{"DELETE FROM passages WHERE revision = :revision"};
inline constexpr Query kDeleteEvidence{"DELETE FROM evidence WHERE revision = :revision"};
inline constexpr Query kDeleteReferences{
    "DELETE FROM document_references WHERE revision = :revision"};

// Given values and corrections.
inline constexpr Query kInsertGiven{
    "INSERT INTO given_values (document, field, value) VALUES (:document, :field, :value)"};
inline constexpr Query kDeleteGiven{"DELETE FROM given_values WHERE document = :document"};
inline constexpr Query kCorrect{
    "INSERT INTO corrections (document, field, value, author, created_at) VALUES (:document, "
    ":field, :value, :author, :created_at) ON CONFLICT (document, field) DO UPDATE SET value = "
    "excluded.value, author = excluded.author, created_at = excluded.created_at"};
inline constexpr Query kWithdrawCorrection{
    "DELETE FROM corrections WHERE document = :document AND field = :field"};
inline constexpr Query kCorrectionAuthors{
    "SELECT field, author, created_at FROM corrections WHERE document = :document ORDER BY field",
    "sss"};

// Personal data.
inline constexpr Query kHasLiftedMask{"SELECT 1 FROM lifted_masks WHERE document = :document", "i"};
inline constexpr Query kLiftMask{
    "INSERT INTO lifted_masks (document, author, lifted_at) VALUES (:document, :author, "
    ":lifted_at)"};
inline constexpr Query kLayMask{"DELETE FROM lifted_masks WHERE document = :document"};
inline constexpr Query kBlankLiftedMask{
    "UPDATE lifted_masks SET author = '' WHERE document = :document"};
inline constexpr Query kPersonalRanges{
    "SELECT kind, start_byte, end_byte FROM personal_ranges WHERE revision = :revision ORDER BY "
    "ordinal",
    "sii"};
inline constexpr Query kUnsearchedRevisions{
    "SELECT key FROM revisions WHERE personal_rules < :rules LIMIT :limit", "i"};
inline constexpr Query kPersonalRevisions{
    "SELECT d.current_revision FROM documents d WHERE d.removed_at = '' AND EXISTS (SELECT 1 FROM "
    "personal_ranges p WHERE p.revision = d.current_revision) ORDER BY d.key DESC LIMIT :limit "
    "OFFSET :offset",
    "i"};
inline constexpr Query kCountPersonal{
    "SELECT COUNT(*) FROM documents d WHERE d.removed_at = '' AND EXISTS (SELECT 1 FROM "
    "personal_ranges p WHERE p.revision = d.current_revision)",
    "i"};
/// A file may hold several documents: an archive is masked as long as one of them is.
inline constexpr Query kMaskedOriginal{
    "SELECT 1 FROM document_files df JOIN documents d ON d.key = df.document JOIN personal_ranges "
    "p ON p.revision = d.current_revision WHERE df.sha256 = :sha256 AND NOT EXISTS (SELECT 1 FROM "
    "lifted_masks l WHERE l.document = d.key) LIMIT 1",
    "i"};

// Files and sources.
inline constexpr Query kInsertFile{
    "INSERT INTO files (sha256, size_bytes, media_type) VALUES (:sha256, :size_bytes, "
    ":media_type) ON CONFLICT (sha256) DO NOTHING"};
inline constexpr Query kInsertDocumentFile{
    "INSERT INTO document_files (document, sha256, name) VALUES (:document, :sha256, :name) "
    "ON CONFLICT (document, sha256) DO UPDATE SET name = excluded.name"};
inline constexpr Query kPutSource{
    "INSERT INTO sources (hash, root, path, member, document, sha256) VALUES (:hash, :root, "
    ":path, :member, :document, :sha256) ON CONFLICT (hash) DO UPDATE SET root = excluded.root, "
    "path = excluded.path, member = excluded.member, document = excluded.document, sha256 = "
    "excluded.sha256"};
inline constexpr Query kFindSource{
    "SELECT d.id, s.sha256, COALESCE(r.extractor, 0), COALESCE(r.normaliser, 0), "
    "COALESCE(r.understanding, 0), d.removed_at FROM sources s JOIN documents d ON d.key = "
    "s.document LEFT JOIN revisions r ON r.key = d.current_revision WHERE s.hash = :hash",
    "ssiiis"};

// Families of near copies.
inline constexpr Query kInsertMinHash{
    "INSERT INTO min_hashes (document, hash) VALUES (:document, :hash)"};
inline constexpr Query kHasMinHash{"SELECT 1 FROM min_hashes WHERE document = :document", "i"};
inline constexpr Query kDeleteMinHash{"DELETE FROM min_hashes WHERE document = :document"};
inline constexpr Query kInsertMinHashBand{
    "INSERT INTO min_hash_bands (band, document) VALUES (:band, :document)"};
inline constexpr Query kDeleteMinHashBands{"DELETE FROM min_hash_bands WHERE document = :document"};
/// Of boilerplate that thousands share a few tell enough. SQLite takes the tables of a CROSS JOIN
/// in the order they stand: left to itself it goes through all live documents.
inline constexpr Query kAlike{
    "SELECT d.key, d.family, m.hash FROM (SELECT DISTINCT document FROM min_hash_bands WHERE band "
    "IN (:b0, :b1, :b2, :b3, :b4, :b5, :b6, :b7, :b8, :b9) LIMIT 200) b CROSS JOIN documents d "
    "CROSS JOIN min_hashes m CROSS JOIN documents own WHERE d.key = b.document AND m.document = "
    "d.key AND own.key = :document AND own.collection = d.collection AND own.visibility = "
    "d.visibility AND d.removed_at = '' AND d.key <> own.key ORDER BY d.key",
    "iis"};
inline constexpr Query kFamilyOf{"SELECT family FROM documents WHERE key = :key", "i"};
inline constexpr Query kSetFamily{"UPDATE documents SET family = :family WHERE key = :key"};
inline constexpr Query kFamily{
    "SELECT current_revision FROM documents WHERE family = :family AND removed_at = '' ORDER BY "
    "key LIMIT :limit",
    "i"};
inline constexpr Query kCurrentRevision{"SELECT current_revision FROM documents WHERE key = :key",
                                        "i"};

inline constexpr Query kAllSources{
    "SELECT s.root, s.path, s.member FROM sources s JOIN documents d ON d.key = s.document WHERE "
    "d.removed_at = '' ORDER BY s.hash",
    "sss"};
inline constexpr Query kDeleteSource{"DELETE FROM sources WHERE hash = :hash"};
inline constexpr Query kCountSources{"SELECT COUNT(*) FROM sources WHERE document = :document",
                                     "i"};

// Folders to keep in step with.
inline constexpr Query kPutFolder{
    "INSERT INTO folders (hash, path, added_at) VALUES (:hash, :path, :added_at) ON CONFLICT "
    "(hash) "
    "DO NOTHING"};
inline constexpr Query kForgetFolder{"DELETE FROM folders WHERE hash = :hash"};
inline constexpr Query kFolders{"SELECT path FROM folders ORDER BY path", "s"};

// The feed.
inline constexpr Query kInsertChange{
    "INSERT INTO changes (number, kind, document, revision, created_at) VALUES (:number, :kind, "
    ":document, :revision, :created_at)"};
inline constexpr Query kChangesAfter{
    "SELECT number, kind, document, revision FROM changes WHERE number > :number ORDER BY number "
    "LIMIT :limit",
    "iiii"};
inline constexpr Query kSetSmallCommit{
    "UPDATE changes SET small_commit = 1 WHERE number > :number"};
inline constexpr Query kSmallCommits{
    "SELECT number, kind, document, revision FROM changes WHERE number > :after AND number <= "
    ":last AND small_commit = 1 ORDER BY number LIMIT :limit",
    "iiii"};
inline constexpr Query kLastChange{"SELECT value FROM counters WHERE name = 'change'", "i"};
inline constexpr Query kLastChangeTime{
    "SELECT created_at FROM changes ORDER BY number DESC LIMIT 1", "s"};
inline constexpr Query kSize{
    "SELECT COUNT(*), COALESCE(SUM(illustration), 0) FROM documents WHERE removed_at = ''", "ii"};

// Reading documents. The columns of read_document():
#define NHANRONG_REVISION(blocks)                                                           \
  "SELECT d.key, r.key, d.id, r.number, d.collection, d.visibility, d.illustration, "       \
  "d.removed_at, "                                                                          \
  "r.created_at, r.extractor, r.normaliser, r.understanding, r.derived, " blocks            \
  ", r.text, "                                                                              \
  "r.encoding, r.encoding_given, r.recognised_pages, r.recognised_confidence, d.family, "   \
  "COALESCE(l.author, ''), COALESCE(l.lifted_at, '') FROM revisions r JOIN documents d ON " \
  "d.key = r.document LEFT JOIN lifted_masks l ON l.document = d.key "
inline constexpr Query kRevision{NHANRONG_REVISION("r.blocks") "WHERE r.key = :key",
                                 "iisississiiissssiiiiss"};
inline constexpr Query kShownRevision{NHANRONG_REVISION("''") "WHERE r.key = :key",
                                      "iisississiiissssiiiiss"};
inline constexpr Query kRevisionByNumber{
    NHANRONG_REVISION("r.blocks") "WHERE r.document = :document AND r.number = :number",
    "iisississiiissssiiiiss"};
#undef NHANRONG_REVISION
inline constexpr Query kDocumentFlags{
    "SELECT collection, visibility, illustration, created_at FROM documents WHERE key = :key",
    "ssis"};
inline constexpr Query kPassages{
    "SELECT anchor, roles, start_byte, end_byte FROM passages WHERE revision = :revision ORDER BY "
    "ordinal",
    "ssii"};
inline constexpr Query kPassage{
    "SELECT anchor, roles, start_byte, end_byte FROM passages WHERE revision = :revision AND "
    "ordinal = :ordinal",
    "ssii"};
inline constexpr Query kEvidence{
    "SELECT field, value, origin, start_byte, end_byte FROM evidence WHERE revision = :revision "
    "ORDER BY ordinal",
    "sssii"};
inline constexpr Query kReferences{
    "SELECT number FROM document_references WHERE revision = :revision ORDER BY ordinal", "s"};
inline constexpr Query kCorrections{
    "SELECT field, value FROM corrections WHERE document = :document ORDER BY field", "ss"};
/// What was given (0) and what was corrected (1).
inline constexpr Query kSaidValues{
    "SELECT 0, field, value FROM given_values WHERE document = :document UNION ALL SELECT 1, "
    "field, value FROM corrections WHERE document = :same_document",
    "iss"};
/// Only files that a source still names: an edited file's former bytes are not offered.
inline constexpr Query kFiles{
    "SELECT f.sha256, f.size_bytes, f.media_type, df.name FROM document_files df JOIN files f ON "
    "f.sha256 = df.sha256 WHERE df.document = :document AND EXISTS (SELECT 1 FROM sources s WHERE "
    "s.document = df.document AND s.sha256 = df.sha256) ORDER BY f.sha256",
    "siss"};
inline constexpr Query kSources{
    "SELECT root, path, member FROM sources WHERE document = :document ORDER BY root, path, "
    "member",
    "sss"};
/// || keeps SQLite from the index of what is removed, which would give it all live documents to
/// sort.
inline constexpr Query kLiveAfter{
    "SELECT current_revision FROM documents WHERE key > :after AND removed_at || '' = '' ORDER BY "
    "key LIMIT :limit",
    "i"};
inline constexpr Query kLive{
    "SELECT key, current_revision FROM documents WHERE removed_at = '' ORDER BY key", "ii"};
inline constexpr Query kOriginals{
    "SELECT DISTINCT df.sha256 FROM document_files df JOIN documents d ON d.key = df.document "
    "WHERE d.removed_at = '' ORDER BY df.sha256",
    "s"};

// Purging: overwritten first, since a database may keep the pages of deleted rows as they were.
inline constexpr Query kRevisionKeys{"SELECT key FROM revisions WHERE document = :document", "i"};
inline constexpr Query kBlankRevision{
    "UPDATE revisions SET text = '', blocks = '', derived = '', content_hash = '' WHERE key = "
    ":key"};
inline constexpr Query kBlankPassages{
    "UPDATE passages SET anchor = '', roles = '' WHERE revision = :revision"};
inline constexpr Query kBlankEvidence{
    "UPDATE evidence SET field = '', value = '' WHERE revision = :revision"};
inline constexpr Query kBlankReferences{
    "UPDATE document_references SET number = '' WHERE revision = :revision"};
inline constexpr Query kBlankGiven{"UPDATE given_values SET value = '' WHERE document = :document"};
inline constexpr Query kBlankCorrections{
    "UPDATE corrections SET value = '', author = '' WHERE document = :document"};
inline constexpr Query kBlankSources{
    "UPDATE sources SET root = '', path = '', member = '' WHERE document = :document"};
inline constexpr Query kBlankDocumentFiles{
    "UPDATE document_files SET name = '' WHERE document = :document"};
inline constexpr Query kDeleteRevision{"DELETE FROM revisions WHERE key = :key"};
inline constexpr Query kDeleteCorrections{"DELETE FROM corrections WHERE document = :document"};
inline constexpr Query kFilesOfDocument{
    "SELECT sha256 FROM document_files WHERE document = :document ORDER BY sha256", "s"};
inline constexpr Query kDeleteDocumentFiles{
    "DELETE FROM document_files WHERE document = :document"};
inline constexpr Query kUsesOfFile{"SELECT COUNT(*) FROM document_files WHERE sha256 = :sha256",
                                   "i"};
inline constexpr Query kDeleteFile{"DELETE FROM files WHERE sha256 = :sha256"};

// Runs.
inline constexpr Query kCountRun{"UPDATE counters SET value = value + 1 WHERE name = 'run'"};
inline constexpr Query kLastRun{"SELECT value FROM counters WHERE name = 'run'", "i"};
inline constexpr Query kInsertRun{
    "INSERT INTO runs (key, started_at, finished_at, added, changed, unchanged, refused, unread) "
    "VALUES (:key, :started_at, '', 0, 0, 0, 0, 0)"};
inline constexpr Query kFinishRun{
    "UPDATE runs SET finished_at = :finished_at, added = :added, changed = :changed, unchanged = "
    ":unchanged, refused = :refused, unread = :unread WHERE key = :key"};
inline constexpr Query kInsertRefusal{
    "INSERT INTO refusals (run, ordinal, path, line, code, place, detail) SELECT CAST(:run AS "
    "BIGINT), COALESCE(MAX(ordinal), 0) + 1, CAST(:path AS TEXT), CAST(:line AS BIGINT), "
    "CAST(:code AS TEXT), CAST(:place AS TEXT), CAST(:detail AS TEXT) FROM refusals WHERE run = "
    ":same_run"};
inline constexpr Query kRuns{
    "SELECT key, started_at, finished_at, added, changed, unchanged, refused, unread FROM runs "
    "ORDER BY key DESC LIMIT :limit",
    "issiiiii"};
inline constexpr Query kRefusals{
    "SELECT path, line, code, place, detail FROM refusals WHERE run = :run ORDER BY ordinal",
    "sisss"};

inline constexpr Query kReadingQuality{
    "SELECT COALESCE(SUM(CASE WHEN r.encoding <> '' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN "
    "r.recognised_pages > 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN r.recognised_pages > 0 "
    "AND r.recognised_confidence < 70 THEN 1 ELSE 0 END), 0) FROM documents d JOIN revisions r ON "
    "r.key = d.current_revision WHERE d.removed_at = ''",
    "iii"};

// Files that wait to be read.
inline constexpr Query kPutUnread{
    "INSERT INTO unread_files (hash, root, path, pages, queued_at) VALUES (:hash, :root, :path, "
    ":pages, :queued_at) ON CONFLICT (hash) DO UPDATE SET pages = excluded.pages"};
inline constexpr Query kUnread{
    "SELECT root, path, pages FROM unread_files ORDER BY queued_at, hash LIMIT :limit", "ssi"};
inline constexpr Query kForgetUnread{"DELETE FROM unread_files WHERE hash = :hash"};
inline constexpr Query kCountUnread{"SELECT COUNT(*) FROM unread_files", "i"};

// Checks: a query that names what is wrong, none if all is well.
inline constexpr Query kIntegritySqlite{"SELECT quick_check FROM pragma_quick_check", "s"};
inline constexpr Query kFeedBounds{
    "SELECT COUNT(*), COALESCE(MIN(number), 0), COALESCE(MAX(number), 0) FROM changes", "iii"};
struct Fault {
  const char* name;
  Query query;
};
#define NHANRONG_ORPHANS(table, column, owner)                                      \
  {                                                                                 \
    "row of " table " without its row of " owner, {                                 \
      "SELECT DISTINCT CAST(" column " AS TEXT) FROM " table                        \
      " t WHERE NOT EXISTS (SELECT 1 FROM " owner " o WHERE o.key = t." column ")", \
          "s"                                                                       \
    }                                                                               \
  }
inline constexpr Fault kFaults[] = {
    NHANRONG_ORPHANS("revisions", "document", "documents"),
    NHANRONG_ORPHANS("passages", "revision", "revisions"),
    NHANRONG_ORPHANS("evidence", "revision", "revisions"),
    NHANRONG_ORPHANS("document_references", "revision", "revisions"),
    NHANRONG_ORPHANS("personal_ranges", "revision", "revisions"),
    NHANRONG_ORPHANS("lifted_masks", "document", "documents"),
    NHANRONG_ORPHANS("given_values", "document", "documents"),
    NHANRONG_ORPHANS("corrections", "document", "documents"),
    NHANRONG_ORPHANS("sources", "document", "documents"),
    NHANRONG_ORPHANS("document_files", "document", "documents"),
    NHANRONG_ORPHANS("changes", "document", "documents"),
    NHANRONG_ORPHANS("refusals", "run", "runs"),
    NHANRONG_ORPHANS("min_hashes", "document", "documents"),
    NHANRONG_ORPHANS("min_hash_bands", "document", "documents"),
    {"file of a document that is not in files",
     {"SELECT DISTINCT sha256 FROM document_files df WHERE NOT EXISTS (SELECT 1 FROM files f WHERE "
      "f.sha256 = df.sha256)",
      "s"}},
    {"live document without its current revision",
     {"SELECT id FROM documents d WHERE removed_at = '' AND NOT EXISTS (SELECT 1 FROM revisions r "
      "WHERE r.key = d.current_revision AND r.document = d.key)",
      "s"}},
    {"live document whose revision has no passage",
     {"SELECT id FROM documents d WHERE removed_at = '' AND NOT EXISTS (SELECT 1 FROM passages p "
      "WHERE p.revision = d.current_revision)",
      "s"}},
    // The newest entry of the feed must say what the document is now.
    {"document that differs from its last change",
     {"SELECT d.id FROM documents d LEFT JOIN (SELECT document, MAX(number) AS number FROM changes "
      "GROUP BY document) l ON l.document = d.key LEFT JOIN changes c ON c.number = l.number WHERE "
      "c.number IS NULL OR (d.removed_at = '' AND (c.kind <> 0 OR c.revision <> "
      "d.current_revision)) OR (d.removed_at <> '' AND c.kind <> 1)",
      "s"}},
};
#undef NHANRONG_ORPHANS

}  // namespace nhanrong::corpus::statements
