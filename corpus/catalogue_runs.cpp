#include "corpus/catalogue.h"
#include "corpus/catalogue_impl.h"
#include "corpus/source_hash.h"
#include "corpus/statements.h"

namespace nhanrong::corpus {
namespace {

/// Writes in the open transaction, or in one of its own.
class WriteScope {
 public:
  explicit WriteScope(Database& database) : database_(database), owns_(!database.in_transaction()) {
    if (owns_) database_.begin_write();
  }
  ~WriteScope() {
    if (owns_) database_.rollback();
  }
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;
  void commit() {
    if (owns_) database_.commit();
    owns_ = false;
  }

 private:
  Database& database_;
  bool owns_;
};

}  // namespace

std::int64_t Catalogue::begin_run() {
  Database& database = impl_->database;
  WriteScope scope(database);
  database.run(statements::kCountRun);
  std::int64_t key = 0;
  database.each(statements::kLastRun, {}, [&key](Columns& row) { key = row.integer(0); });
  database.run(statements::kInsertRun, {key, utc_now()});
  scope.commit();
  return key;
}

void Catalogue::add_refusal(std::int64_t run, const Refusal& refusal) {
  WriteScope scope(impl_->database);
  impl_->database.run(statements::kInsertRefusal,
                      {run, storable(refusal.path), refusal.line, storable(refusal.code),
                       storable(refusal.place), storable(refusal.detail), run});
  scope.commit();
}

void Catalogue::finish_run(std::int64_t run, const RunSummary& counts) {
  WriteScope scope(impl_->database);
  impl_->database.run(statements::kFinishRun,
                      {utc_now(), counts.added, counts.changed, counts.unchanged, counts.refused,
                       counts.unread, run});
  scope.commit();
}

ReadingQuality Catalogue::reading_quality() {
  ReadingQuality quality;
  impl_->database.each(statements::kReadingQuality, {}, [&quality](Columns& row) {
    quality = {row.integer(0), row.integer(1), row.integer(2)};
  });
  return quality;
}

void Catalogue::put_unread(const UnreadFile& file) {
  WriteScope scope(impl_->database);
  impl_->database.run(statements::kPutUnread, {source_hash(file.source), storable(file.source.root),
                                               storable(file.source.path), file.pages, utc_now()});
  scope.commit();
}

void Catalogue::forget_unread(const Source& source) {
  WriteScope scope(impl_->database);
  impl_->database.run(statements::kForgetUnread, {source_hash(source)});
  scope.commit();
}

std::vector<UnreadFile> Catalogue::load_unread(int limit) {
  std::vector<UnreadFile> files;
  impl_->database.each(statements::kUnread, {limit}, [&files](Columns& row) {
    files.push_back({{row.text(0), row.text(1), ""}, row.integer(2)});
  });
  return files;
}

std::int64_t Catalogue::count_unread() {
  std::int64_t count = 0;
  impl_->database.each(statements::kCountUnread, {},
                       [&count](Columns& row) { count = row.integer(0); });
  return count;
}

std::vector<Source> Catalogue::load_sources() {
  std::vector<Source> sources;
  impl_->database.each(statements::kAllSources, {}, [&sources](Columns& row) {
    sources.push_back({row.text(0), row.text(1), row.text(2)});
  });
  return sources;
}

void Catalogue::put_folder(std::string_view path) {
  WriteScope scope(impl_->database);
  impl_->database.run(statements::kPutFolder, {sha256_hex(path), storable(path), utc_now()});
  scope.commit();
}

void Catalogue::forget_folder(std::string_view path) {
  WriteScope scope(impl_->database);
  impl_->database.run(statements::kForgetFolder, {sha256_hex(path)});
  scope.commit();
}

Strings Catalogue::load_folders() {
  Strings folders;
  impl_->database.each(statements::kFolders, {},
                       [&folders](Columns& row) { folders.push_back(row.text(0)); });
  return folders;
}

}  // namespace nhanrong::corpus
