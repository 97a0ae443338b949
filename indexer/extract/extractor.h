#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/document.h"
#include "corpus/reference.h"
#include "text/legacy.h"
#include "text/result.h"

namespace nhanrong::indexer {

/// Grows whenever an extractor gives other text or structure for the same file; stored with each
/// revision.
inline constexpr int kExtractorVersion = 4;

class PageReader;

/// A file as bytes and name; the name is a hint only, contents decide.
struct Input {
  std::string name;
  std::span<const std::byte> bytes;
  std::optional<text::Encoding> encoding = {};  // what a person says; else it is found out
  // Reads pages that are images; what it does not read is named in Extracted::unread_pages.
  PageReader* pages = nullptr;
  std::string member = {};  // of a container: its name there
};

/// The text of one document with its structure; ranges are bytes of `text`, which is normalised
/// already.
struct Extracted {
  // "" for a file that is one document; "id:x7" or "line:7" for a record; "phụ lục/bảng.xls" for a
  // file inside this one, "thư.eml/bảng.xls" for one inside that
  std::string member;
  int line = 0;  // of a record, from 1; 0: it is none
  std::string text;
  std::vector<corpus::Block> blocks;
  std::string encoding;         // how it was read, "tcvn3"; empty: it is Unicode
  bool encoding_given = false;  // a person said so
  std::string title;            // from the file's own metadata or <title>; a hint for understanding
  corpus::Record given;         // of a record; its text is moved to `text`
  std::vector<std::string> ignored;  // given keys that only the program derives
  std::vector<int> unread_pages;     // images that nobody has read, from 1; the text may be empty
  int recognised_pages = 0;          // whose text was read from an image
  int recognised_confidence = 0;     // of the words on them, 0 to 100
  std::string original;    // of a record: its line, as it stood in the file; of a member: its bytes
  std::string media_type;  // of a member
  bool operator==(const Extracted&) const = default;
};

/// A file inside another one: a member of an archive, an attachment of a letter.
struct Part {
  std::string name;  // with its folders, as the container says: "phụ lục/bảng.xls"
  std::string bytes;
};

struct RecognisedPage;

/// Takes what an extractor finds, in order.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void document(Extracted document) = 0;
  /// A record (`line` from 1) or a member (`line` 0, its name as `error.place`) that is not taken;
  /// the others go on.
  virtual void refuse(int line, text::Error error) = 0;
  /// A page has been read from its image: to be kept, since that takes seconds.
  virtual void page(const RecognisedPage& page);
  /// What was read from an image with this hash before; nullopt: nothing.
  virtual std::optional<RecognisedPage> find_page(const std::string& image);
  /// To be read as a file of its own; containers hand their files to this.
  virtual void part(Part part) { refuse(0, {"part_unread", std::move(part.name), ""}); }
};

/// One file format. A new format is one new file that defines one of these and a line in
/// registry.cpp.
class Extractor {
 public:
  virtual ~Extractor() = default;
  virtual std::string_view media_type() const = 0;  // "application/pdf"
  /// Is this input of the format? Looks at bytes first; the name decides only between formats that
  /// look alike.
  virtual bool accepts(const Input& input) const = 0;
  /// Errors refuse the whole file: "file_damaged", "pdf_password", "docx_no_document", "text_none"
  /// …
  virtual text::Result<void> extract(const Input& input, Sink& sink) const = 0;
};

/// Hands over the reference tables when a format needs them: building them takes longer than most
/// files.
using ReferenceSource = std::function<const corpus::Reference&()>;

/// All extractors, the most specific first.
std::vector<std::unique_ptr<Extractor>> make_extractors(ReferenceSource reference);
/// The first that accepts; nullptr: none ("format_unknown").
const Extractor* find_extractor(const std::vector<std::unique_ptr<Extractor>>& extractors,
                                const Input& input);

}  // namespace nhanrong::indexer
