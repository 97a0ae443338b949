#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"
#include "corpus/personal_data.h"

namespace nhanrong::corpus {

/// The catalogue cannot be used: what() says why in one line; `code` names the sentence for the
/// user
/// ("catalogue_newer", "catalogue_busy", "catalogue_unreachable", "disk_full", "catalogue_failed").
struct CatalogueError : std::runtime_error {
  CatalogueError(std::string code_, const std::string& what)
      : std::runtime_error(what), code(std::move(code_)) {}
  std::string code;
};

/// Where a document comes from: ("/data/reports", "2023/a.docx", "") or, inside a container,
/// ("/data", "a.jsonl", "id:x7").
struct Source {
  std::string root;    // folder given to ingest, absolute; of a single file its folder
  std::string path;    // relative to root
  std::string member;  // inside an archive or .jsonl; else empty
  auto operator<=>(const Source&) const = default;
};

/// An original file, stored once by its hash.
struct StoredFile {
  std::string sha256;  // 64 hex digits
  std::uint64_t size_bytes = 0;
  std::string media_type;  // "application/pdf"
  std::string name;        // file name as it was found
  bool operator==(const StoredFile&) const = default;
};

/// Which rules made a revision; a greater number anywhere makes `ingest` treat the document as
/// changed.
struct RuleVersions {
  int extractor = 0, normaliser = 0, understanding = 0;
  auto operator<=>(const RuleVersions&) const = default;
};

/// What a revision says.
struct Content {
  std::string text;  // UTF-8, NFC
  std::vector<Block> blocks;
  std::vector<Passage> passages;  // at least one
  std::vector<Evidence> evidence;
  Strings references;  // numbers of cited documents
  Values derived;
  std::vector<PersonalRange> personal;  // in order of the text
  std::string encoding;                 // how the original was read, "tcvn3"; empty: it is Unicode
  bool encoding_given = false;          // a person said so (ingest --encoding)
  int recognised_pages = 0;             // whose text was read from an image
  int recognised_confidence = 0;        // of the words on them, 0 to 100
  bool operator==(const Content&) const = default;
};

/// Masks the personal data of a content: in its text, in what was derived of it, and in `mentions`
/// (given titles, names of files), which may say the same. Districts and communes named as a home
/// are taken out.
void mask_personal_data(Content& content, std::span<std::string* const> mentions);

struct NewDocument {
  Source source;
  StoredFile file;
  Record given;  // without its text: id, values, collection, internal, illustration
  Content content;
  RuleVersions versions;
};

enum class PutStatus : std::uint8_t { Added, Changed, Unchanged };

struct PutOutcome {
  std::string id;
  PutStatus status;
};

/// What is known of a source without reading its text: to see quickly that nothing changed.
struct SourceState {
  std::string id, sha256;
  RuleVersions versions;
  bool removed;  // taken out by a person: ingest leaves it out until the file changes
};

enum class ChangeKind : std::uint8_t { Put, Delete };

/// A commit of at most so many changes is small: a correction, an upload, a file or two. A hundred
/// of them a second cost a follower a seventh of a core.
inline constexpr std::int64_t kSmallCommit = 8;

/// One entry of the change feed; numbers are gap-free from 1, in commit order.
struct Change {
  std::int64_t number;
  ChangeKind kind;
  std::int64_t document;  // key of the document
  std::int64_t revision;  // key of the revision to index; 0 for Delete
};

/// Who lifted the mask of a document, and when.
struct MaskLift {
  std::string author;
  std::string lifted_at;  // UTC
};

/// Shall personal data be masked in what is loaded?
enum class Masking : std::uint8_t {
  AsLaid,  // but for documents whose mask is lifted
  None,    // to compare with or to derive from what is stored; never to show
};

/// A revision as the index writer and the pages need it.
struct Document {
  std::int64_t key = 0, revision_key = 0;
  std::string id;
  int revision = 0;  // from 1
  Values given, corrected;
  Content content;
  std::string collection;
  bool internal = false, illustration = false, removed = false;
  std::int64_t family = 0;  // shared by near copies; 0: it is alone
  std::optional<MaskLift> mask_lift;
  bool masked() const { return !content.personal.empty() && !mask_lift; }
  std::string ingested_at;  // UTC, "2026-11-23T01:15:00Z"
  RuleVersions versions;
  std::vector<StoredFile> files;
  std::vector<Source> sources;
  /// Correction, then given, then derived. A text corrected to nothing is absent; provinces that
  /// the document is corrected to be about are among those it means.
  Values values() const;
};

/// What a hit shows of a revision: its best passage, counted from 0.
struct ShownPart {
  std::int64_t revision;
  std::uint32_t passage;
};

/// Who corrected a field of a document, and when.
struct CorrectionAuthor {
  std::string field, author;
  std::string created_at;  // UTC
};

/// A refused input of a run.
struct Refusal {
  std::string path;
  int line = 0;                     // from 1 in a .jsonl; else 0
  std::string code, place, detail;  // as text::Error
  bool operator==(const Refusal&) const = default;
};

struct RunSummary {
  std::int64_t key = 0;
  std::string started_at, finished_at;  // UTC; finished_at empty: still running or killed
  std::int64_t added = 0, changed = 0, unchanged = 0, refused = 0;
  std::int64_t unread = 0;  // files with pages that are images and wait to be read
  std::int64_t purged = 0;  // documents whose file bears a secrecy marking now; not stored
};

/// A file with pages that are images and wait to be read.
struct UnreadFile {
  Source source;  // without member
  std::int64_t pages = 0;
};

/// Live documents by how well their originals could be read.
struct ReadingQuality {
  std::int64_t legacy = 0;      // from an encoding that is not Unicode
  std::int64_t recognised = 0;  // pages of them from images
  std::int64_t doubtful = 0;    // of these with a confidence under 70
};

struct CatalogueSize {
  std::int64_t documents = 0, illustrations = 0;  // live ones
  std::int64_t last_change = 0;
  std::string updated_at;  // UTC of the last change; empty: none
};

/// The truth: documents, revisions, files, given values, corrections, runs and the change feed, in
/// SQLite or PostgreSQL. One object is one connection: one thread at a time. Opening applies
/// missing migrations (corpus/schema/*.sql). All functions throw CatalogueError when the database
/// fails.
class Catalogue {
 public:
  /// "sqlite:///var/lib/x.sqlite", "postgresql://user@host/db". Throws CatalogueError
  /// "catalogue_newer" for a schema made by a newer program: nothing is touched then.
  explicit Catalogue(const std::string& url);
  ~Catalogue();
  Catalogue(Catalogue&&) noexcept;
  Catalogue(const Catalogue&) = delete;

  /// Writes of one commit. Destroyed without commit(): rolled back. Waits up to 30 s for another
  /// writer, then throws "catalogue_busy".
  class Transaction {
   public:
    explicit Transaction(Catalogue& catalogue);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    /// Stores a document: by its given id, else by its source, else by equal text (then only the
    /// file and the source are added), else as a new one with an id made of its text. An equal
    /// revision is Unchanged and makes no change. A removed document comes back (Added) if
    /// `document` differs from what was removed. A text that is the stored one under its mask (an
    /// export that comes back) is the same text.
    PutOutcome put(const NewDocument& document);
    /// Takes a document out: a tombstone and a Delete in the feed. False: there is none (or it is
    /// out already).
    bool remove(std::string_view id);
    /// Forgets where a document came from; without any source left it is taken out until one of its
    /// files is there again. True: it was taken out.
    bool detach(const Source& source);
    /// remove() and overwriting of all revisions, values and evidence; returns the hashes of
    /// originals that no other document uses, for the caller to delete after commit().
    std::optional<Strings> purge(std::string_view id);
    /// A person's correction: the fields that `values` has; a field of `withdrawn` is again what
    /// was given or derived. What stays as it was makes no change. False: no such document.
    bool correct(std::string_view id, const Values& values, const Strings& withdrawn,
                 std::string_view author);
    /// Lays the mask on the personal data of a document, or lifts it: a Put in the feed, so that
    /// the index follows. What is as asked makes no change. False: no such document.
    bool set_mask(std::string_view id, bool laid, std::string_view author);
    /// Replaces what older rules than `rules` found of personal data in a revision, former ones
    /// included, by content.personal; `content` is otherwise what is stored of it.
    void set_personal_data(std::int64_t revision, const Content& content, int rules);
    /// Replaces what was derived of a revision (reindex --understand), if it is still the current
    /// one.
    void redo(std::int64_t revision, const Content& content, const RuleVersions& versions);
    void commit();

   private:
    friend class Catalogue;
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  std::optional<SourceState> find_source(const Source& source);
  /// The current revision, or the given one (from 1). A removed document comes back with `removed`
  /// set and no content.
  std::optional<Document> find_document(std::string_view id, std::optional<int> revision = {},
                                        Masking masking = Masking::AsLaid);
  /// Revisions by key, in the order asked; missing (purged) ones left out. For the index writer.
  std::vector<Document> load_revisions(std::span<const std::int64_t> revision_keys);
  /// The same for hits, in half the time: `passages` has the one that is asked for, or none
  /// where there is no such passage; blocks, references, files and sources are left out, and so
  /// is evidence but where a mask needs it.
  std::vector<Document> load_shown(std::span<const ShownPart> parts);
  /// Live documents of a family, the oldest first, at most `limit`.
  std::vector<Document> load_family(std::int64_t family, int limit);
  /// Live documents by ascending key after `after`, at most `limit`: for export, reindex and check.
  std::vector<Document> load_documents_after(std::int64_t after, int limit,
                                             Masking masking = Masking::AsLaid);
  /// Revisions, former ones included, at most `limit`, in which only rules older than `rules`
  /// looked for personal data. Not masked.
  std::vector<Document> load_unsearched_revisions(int rules, int limit);
  /// Current revisions of live documents with personal data, the newest documents first.
  std::vector<std::int64_t> load_personal_revisions(int limit, std::int64_t offset);
  std::int64_t count_personal_documents();
  /// Does a document that the original is of, also a removed one, hold personal data under a mask?
  bool is_masked_original(std::string_view sha256);
  /// Live documents' keys and current revision keys, ascending: for check.
  std::vector<std::pair<std::int64_t, std::int64_t>> load_live_revisions();
  /// By field; what was corrected is in Document::corrected.
  std::vector<CorrectionAuthor> load_correction_authors(std::int64_t document);
  /// Hashes of all originals that live documents use.
  Strings load_original_hashes();

  std::vector<Change> load_changes_after(std::int64_t number, int limit);
  /// Changes of small commits in (after, last], the first `limit` of them.
  std::vector<Change> load_small_commits(std::int64_t after, std::int64_t last, int limit);
  std::int64_t last_change();
  CatalogueSize size();

  std::int64_t begin_run();
  void add_refusal(std::int64_t run, const Refusal& refusal);
  void finish_run(std::int64_t run, const RunSummary& counts);
  std::vector<RunSummary> load_runs(int limit);
  std::vector<Refusal> load_refusals(std::int64_t run);

  /// Of live documents.
  std::vector<Source> load_sources();
  /// Folders that `sync` keeps in step with; absolute paths.
  void put_folder(std::string_view path);
  void forget_folder(std::string_view path);
  Strings load_folders();

  ReadingQuality reading_quality();

  void put_unread(const UnreadFile& file);
  void forget_unread(const Source& source);
  /// The longest waiting first.
  std::vector<UnreadFile> load_unread(int limit);
  std::int64_t count_unread();

  /// Faults of the catalogue itself (rows without owner, gaps in the feed), one line each; empty:
  /// clean.
  Strings check();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::corpus
