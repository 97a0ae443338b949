#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/formats.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/ole_file.h"
#include "indexer/extract/ppt_text.h"
#include "indexer/extract/text_flow.h"
#include "text/code_page.h"

// Presentations of PowerPoint 97–2003; source: [MS-PPT], for shapes [MS-ODRAW].
namespace nhanrong::indexer {
namespace {

constexpr int kMaxDepth = 50;

// Types of records.
constexpr std::uint16_t kDocument = 0x03E8, kSlide = 0x03EE, kSlideAtom = 0x03EF, kNotes = 0x03F0,
                        kEnvironment = 0x03F2, kSlidePersist = 0x03F3, kDrawing = 0x040C,
                        kFontCollection = 0x07D5, kOutlineReference = 0x0F9E, kFontEntity = 0x0FB7,
                        kPlaceholder = 0x0BC3, kSlideList = 0x0FF0, kUserEdit = 0x0FF5,
                        kPersistDirectory = 0x1772, kGroup = 0xF003, kShape = 0xF004,
                        kTextbox = 0xF00D, kChildAnchor = 0xF00F, kMoreProperties = 0xF122;

/// A text with where it stands, for the cells of a table.
struct PlacedText {
  PptText text;
  std::int32_t left = 0, top = 0;
};

/// A slide, or the notes of one, in the list of the document.
struct Page {
  std::uint32_t persist = 0, id = 0;
  std::vector<PptText> outline;  // what its shapes refer to
};

class PptReader {
 public:
  PptReader(std::string_view stream, std::optional<text::Encoding> encoding)
      : stream_(stream), document_(encoding) {}

  text::Result<void> read(std::uint32_t edit) {
    if (auto read = read_persist_directory(edit); !read) return read;
    const PptRecord document = ppt_record_at(stream_, offset_of(document_reference_));
    if (document.type != kDocument) return text::failure("file_damaged", "", "PPT");
    for (const PptRecord& record : read_ppt_records(document.bytes)) {
      if (record.type == kEnvironment) read_fonts(record);
      if (record.type == kSlideList) read_list(record);
    }
    for (Page& slide : slides_) read_slide(slide);
    return {};
  }

  Extracted finish(std::string title) && {
    document_.add(std::move(flow_));
    document_.title(std::move(title));
    return std::move(document_).finish();
  }

 private:
  /// Where the parts of the document stand, from the last edit back to the first; what a later one
  /// says holds. Source: [MS-PPT] 2.1.2.
  text::Result<void> read_persist_directory(std::uint32_t edit) {
    constexpr std::size_t kEncryptedSize = 32;
    std::set<std::uint32_t> seen;
    for (bool last = true; edit != 0 || last; last = false) {
      const PptRecord atom = ppt_record_at(stream_, edit);
      if (atom.type != kUserEdit || !seen.insert(edit).second) break;
      if (last && atom.bytes.size() >= kEncryptedSize && u32_at(atom.bytes, 28) != 0) {
        return text::failure("ppt_password");
      }
      if (last) document_reference_ = u32_at(atom.bytes, 16);
      read_persist_offsets(ppt_record_at(stream_, u32_at(atom.bytes, 12)));
      edit = u32_at(atom.bytes, 8);
    }
    if (offsets_.empty()) return text::failure("file_damaged", "", "PPT");
    return {};
  }

  void read_persist_offsets(const PptRecord& directory) {
    if (directory.type != kPersistDirectory) return;
    for (std::size_t at = 0; at + 4 <= directory.bytes.size();) {
      const auto first = u32_at(directory.bytes, at) & 0xFFFFF;
      const auto count = u32_at(directory.bytes, at) >> 20;
      at += 4;
      for (std::uint32_t i = 0; i < count && at + 4 <= directory.bytes.size(); ++i, at += 4) {
        offsets_.emplace(first + i, u32_at(directory.bytes, at));
      }
    }
  }

  /// Behind the end where the reference is not known.
  std::size_t offset_of(std::uint32_t reference) const {
    const auto known = offsets_.find(reference);
    return known == offsets_.end() ? stream_.size() : known->second;
  }

  void read_fonts(const PptRecord& environment) {
    constexpr std::size_t kNameSize = 64, kMostFonts = 4096;
    for (const PptRecord& collection : read_ppt_records(environment.bytes)) {
      if (collection.type != kFontCollection) continue;
      for (const PptRecord& font : read_ppt_records(collection.bytes)) {
        if (font.type != kFontEntity || font.instance >= kMostFonts) continue;
        if (fonts_.size() <= font.instance) fonts_.resize(font.instance + 1);
        const std::string name = text::decode_utf16_le(part_at(font.bytes, 0, kNameSize));
        fonts_[font.instance] = name.substr(0, name.find('\0'));
      }
    }
  }

  void read_list(const PptRecord& list) {
    constexpr unsigned kOfSlides = 0, kOfNotes = 2;
    if (list.instance != kOfSlides && list.instance != kOfNotes) return;
    std::vector<Page>& pages = list.instance == kOfSlides ? slides_ : notes_;
    constexpr std::uint16_t kTextHeader = 0x0F9F;
    for (const PptRecord& record : read_ppt_records(list.bytes)) {
      if (record.type == kSlidePersist) {
        pages.push_back({u32_at(record.bytes, 0), u32_at(record.bytes, 12), {}});
      } else if (!pages.empty()) {
        auto& outline = pages.back().outline;
        if (record.type == kTextHeader) outline.emplace_back();
        if (!outline.empty()) outline.back().take(record);
      }
    }
  }

  /// The records of a slide or of notes; none of one that was read before: hostile files have many
  /// slides in one place.
  std::vector<PptRecord> records_of(const Page& page, std::uint16_t type) {
    const std::size_t offset = offset_of(page.persist);
    const PptRecord record = ppt_record_at(stream_, offset);
    read_bytes_ += record.bytes.size();
    if (record.type != type || read_bytes_ > stream_.size()) return {};
    return read_ppt_records(record.bytes);
  }

  void read_slide(Page& slide) {
    std::vector<PlacedText> texts;
    std::uint32_t notes = 0;
    const auto records = records_of(slide, kSlide);
    for (const PptRecord& record : records) {
      if (record.type == kSlideAtom) notes = u32_at(record.bytes, 16);
    }
    page_ = &slide;
    TextFlow shapes;
    for (const PptRecord& record : records) {
      if (record.type == kDrawing) drawing(record.bytes, shapes, 0);
    }
    // What no shape shows stands in the outline alone: slides of PowerPoint 95.
    for (const PptText& text : slide.outline) add(text, text.is_title() ? flow_ : shapes);
    flow_.append(std::move(shapes), 0);
    for (Page& page : notes_) {
      if (notes != 0 && page.id == notes) read_notes(page);
    }
  }

  void read_notes(Page& page) {
    page_ = &page;
    for (const PptRecord& record : records_of(page, kNotes)) {
      if (record.type == kDrawing) drawing(record.bytes, flow_, 0);
    }
  }

  void add(const PptText& text, TextFlow& out) const {
    for (FlowParagraph& paragraph : text.paragraphs(fonts_)) out.paragraph(std::move(paragraph));
  }

  /// Titles go straight to the document: they stand first on their slide.
  void drawing(std::string_view bytes, TextFlow& out, int depth) {
    if (depth > kMaxDepth) return;
    const auto records = read_ppt_records(bytes);
    for (const PptRecord& record : records) {
      if (record.type == kShape) {
        if (auto placed = shape(record.bytes)) {
          add(placed->text, placed->text.is_title() ? flow_ : out);
        }
      } else if (record.type == kGroup && is_table(record.bytes)) {
        table(record.bytes, out);
      } else if (record.is_container) {
        drawing(record.bytes, out, depth + 1);
      }
    }
  }

  /// The text of a shape, its own or the one of the outline that it refers to.
  std::optional<PlacedText> shape(std::string_view bytes) {
    PlacedText placed;
    for (const PptRecord& record : read_ppt_records(bytes)) {
      if (record.type == kChildAnchor) {
        placed.left = static_cast<std::int32_t>(u32_at(record.bytes, 0));
        placed.top = static_cast<std::int32_t>(u32_at(record.bytes, 4));
      }
      if (record.is_container && is_page_mark(record.bytes)) return std::nullopt;
      if (record.type == kTextbox) textbox(record.bytes, placed.text);
    }
    return placed.text.is_empty() ? std::nullopt : std::optional(std::move(placed));
  }

  void textbox(std::string_view bytes, PptText& out) {
    for (const PptRecord& record : read_ppt_records(bytes)) {
      if (record.type != kOutlineReference) {
        out.take(record);
        continue;
      }
      const std::size_t number = u32_at(record.bytes, 0);
      if (number < page_->outline.size()) out = std::exchange(page_->outline[number], PptText());
    }
  }

  /// Is the shape the place for the date, the number of the slide, or what stands above and below
  /// every slide? [MS-PPT] 2.13.24 (PlaceholderEnum), 2.5.7.
  static bool is_page_mark(std::string_view client_data) {
    for (const PptRecord& record : read_ppt_records(client_data)) {
      const auto kind = u8_at(record.bytes, 4);
      if (record.type == kPlaceholder && kind >= 7 && kind <= 10) return true;
    }
    return false;
  }

  /// A table is a group whose first shape says so: property 0x39F, [MS-ODRAW] 2.3.4.37.
  static bool is_table(std::string_view group) {
    constexpr std::uint16_t kTableProperties = 0x39F;
    constexpr std::size_t kPropertySize = 6;
    const PptRecord first = ppt_record_at(group, 0);
    if (first.type != kShape) return false;
    for (const PptRecord& record : read_ppt_records(first.bytes)) {
      if (record.type != kMoreProperties) continue;
      for (std::size_t i = 0; i < record.instance; ++i) {
        if ((u16_at(record.bytes, kPropertySize * i) & 0x3FFF) == kTableProperties) return true;
      }
    }
    return false;
  }

  void table(std::string_view group, TextFlow& out) {
    std::map<std::int32_t, std::multimap<std::int32_t, PptText>> rows;
    std::set<std::int32_t> columns;
    for (const PptRecord& record : read_ppt_records(group)) {
      if (record.type != kShape) continue;
      if (auto cell = shape(record.bytes)) {
        columns.insert(cell->left);
        rows[cell->top].emplace(cell->left, std::move(cell->text));
      }
    }
    for (auto& [top, cells] : rows) {
      for (auto& [left, cell] : cells) {
        cell.set_kind(4);
        for (FlowParagraph& paragraph : cell.paragraphs(fonts_)) {
          out.paragraph(std::move(paragraph), 1);
        }
        out.end_cell(1);
      }
      out.end_row(1);
    }
  }

  std::string_view stream_;
  std::map<std::uint32_t, std::uint32_t> offsets_;  // by reference
  std::uint32_t document_reference_ = 0;
  std::vector<std::string> fonts_;
  std::vector<Page> slides_, notes_;
  Page* page_ = nullptr;  // that is read
  std::size_t read_bytes_ = 0;
  TextFlow flow_;
  FlowDocument document_;
};

class PptExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/vnd.ms-powerpoint"; }

  bool accepts(const Input& input) const override {
    return is_ole_with(input, "PowerPoint Document", ".ppt");
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    constexpr std::uint32_t kEncrypted = 0xF3D1C4DF;
    const auto file = OleFile::open(as_chars(input));
    if (!file) return text::failure("file_damaged", "", "OLE");
    const auto stream = file->read("PowerPoint Document");
    const auto user = file->read("Current User");
    if (!stream || !user) return text::failure("file_damaged", "", "OLE");
    if (u32_at(*user, 12) == kEncrypted) return text::failure("ppt_password");
    PptReader reader(*stream, input.encoding);
    if (auto read = reader.read(u32_at(*user, 16)); !read) return read;
    auto document = std::move(reader).finish(title_of(*file));
    if (document.blocks.empty()) return text::failure("text_none");
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_ppt_extractor() { return std::make_unique<PptExtractor>(); }

}  // namespace nhanrong::indexer
