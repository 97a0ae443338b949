#pragma once
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "indexer/extract/process.h"
#include "indexer/file_walk.h"
#include "indexer/spool.h"
#include "indexer/understand/understand.h"

namespace nhanrong::indexer {

/// A given key that only the program derives.
struct IgnoredKey {
  std::string path;
  int line;
  std::string key;
};

/// What became of a file or a record: refused, or ready for the catalogue with its original stored;
/// beside it, that pages of it wait to be read from their images.
using Intake = std::variant<corpus::Refusal, corpus::NewDocument, IgnoredKey, corpus::UnreadFile>;

/// How files are taken.
struct IntakeOptions {
  std::optional<text::Encoding> encoding = {};  // what a person says
  bool recognise = false;                       // read pages that are images
  std::function<void()> page_read = [] {};      // called from any thread
};

/// The versions of the rules that this program has.
corpus::RuleVersions current_rules();

/// Reads what FILE.meta.json gives; the error's place names the sidecar.
text::Result<corpus::Record> load_sidecar(const std::filesystem::path& sidecar,
                                          const corpus::Reference& reference,
                                          std::vector<std::string>& ignored);

/// All bytes of a file. Error: "file_unreadable" (it may have gone meanwhile).
text::Result<std::string> read_file(const std::filesystem::path& path);

/// Does with a file or record all that needs no catalogue. Safe to share between threads.
class FileIntake {
 public:
  FileIntake(const corpus::Library& library, const Understanding& understanding,
             const ExtractionProcess& extraction)
      : library_(library), understanding_(understanding), extraction_(extraction) {}

  /// `sha256`: of the file when it was looked at; one that has changed since is refused.
  std::vector<Intake> take_file(const FoundFile& file, const std::string& sha256,
                                const corpus::Record& given, const IntakeOptions& options) const;
  /// One record out of a file of records.
  std::vector<Intake> take_record(const FoundFile& file, Extracted record) const;

 private:
  /// A document, and what it says.
  struct Read {
    Extracted document;
    Spool::Range original;  // of a member: its bytes
    text::Result<corpus::Content> content;
  };
  static bool holds_secret(const Read& container, const std::vector<Read>& all);
  /// `sha256` and `media_type` of the file, for the document that is the whole of it.
  Intake take_document(const FoundFile& file, const std::string& sha256,
                       const std::string& media_type, Read& read) const;

  const corpus::Library& library_;
  const Understanding& understanding_;
  const ExtractionProcess& extraction_;
};

corpus::Refusal make_refusal(const FoundFile& file, int line, text::Error error);

}  // namespace nhanrong::indexer
