#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/doc_properties.h"
#include "indexer/extract/doc_styles.h"
#include "indexer/extract/doc_text.h"
#include "indexer/extract/doc_word_95.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/ole_file.h"
#include "indexer/extract/text_flow.h"

// The binary format of Word 97–2003; source: [MS-DOC].
namespace nhanrong::indexer {
namespace {

constexpr std::uint16_t kWord97 = 0xA5EC;
constexpr std::uint16_t kWord95 = 0xA5DC;

// Numbers of parts of the table stream, [MS-DOC] 2.5.6.
constexpr int kStyles = 1, kHeaders = 11, kCharacterPages = 12, kParagraphPages = 13, kFonts = 15,
              kClx = 33, kShapes = 40, kBoxes = 56;

constexpr char16_t kCellMark = 0x07;

/// Characters from `start` to `end`.
struct Range {
  std::uint32_t start, end;
};

/// The parts of the characters, in their order; [MS-DOC] 2.3.
struct Parts {
  Range body, notes, headers, comments, end_notes, boxes;
};

Parts read_parts(std::string_view main, std::size_t length) {
  std::uint64_t at = 0;
  const auto take = [&](std::size_t field) {
    const auto start = at;
    at = std::min<std::uint64_t>(at + u32_at(main, field), length);
    return Range{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at)};
  };
  Parts parts{};
  parts.body = take(0x4C);
  parts.notes = take(0x50);
  parts.headers = take(0x54);
  take(0x58);  // macros
  parts.comments = take(0x5C);
  parts.end_notes = take(0x60);
  parts.boxes = take(0x64);
  return parts;
}

struct Box {
  Range range;
  bool read = false;
};

class DocReader {
 public:
  DocReader(std::string_view main, std::string_view table, std::string_view data, DocText text,
            std::optional<text::Encoding> encoding)
      : main_(main),
        table_(table),
        data_(data),
        text_(std::move(text)),
        styles_(part(kStyles)),
        fonts_(read_doc_fonts(part(kFonts))),
        characters_(main, part(kCharacterPages), DocFormats::Of::Characters),
        paragraphs_(main, part(kParagraphPages), DocFormats::Of::Paragraphs),
        document_(encoding) {}

  Extracted read(std::string title) {
    const Parts parts = read_parts(main_, text_.characters().size());
    for (const Range range : {parts.body, parts.notes, parts.headers, parts.end_notes, parts.boxes})
      hide_field_instructions(text_.characters(), range.start, range.end);
    find_boxes(parts);
    document_.add(flow(parts.body));
    for (const Box& box : boxes_) {
      if (!box.read) document_.add(flow(box.range));
    }
    document_.add(flow(parts.notes));
    document_.add(flow(parts.end_notes));
    for (const Range range : headers(parts.headers)) document_.add_header(flow(range));
    document_.title(std::move(title));
    return std::move(document_).finish();
  }

 private:
  std::string_view part(int number) const { return doc_table_part(main_, table_, number); }

  /// Text boxes by their shape, and shapes by the character that they hang on: [MS-DOC] 2.8.35
  /// (PlcSpaMom), 2.8.32 (PlcftxbxTxt).
  void find_boxes(const Parts& parts) {
    constexpr std::size_t kShape = 26, kBox = 22, kShapeOfBox = 14;
    const auto shapes = part(kShapes);
    const std::size_t shape_count = shapes.size() < 4 ? 0 : (shapes.size() - 4) / (4 + kShape);
    for (std::size_t i = 0; i < shape_count; ++i) {
      shapes_.emplace(u32_at(shapes, 4 * i), u32_at(shapes, 4 * (shape_count + 1) + kShape * i));
    }
    const auto boxes = part(kBoxes);
    const std::size_t box_count = boxes.size() < 4 ? 0 : (boxes.size() - 4) / (4 + kBox);
    const auto length = parts.boxes.end - parts.boxes.start;
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < box_count; ++i) {
      const Range range{std::max(end, u32_at(boxes, 4 * i)),
                        std::min(length, u32_at(boxes, 4 * i + 4))};
      if (range.start >= range.end) continue;
      end = range.end;
      const auto shape = u32_at(boxes, 4 * (box_count + 1) + kBox * i + kShapeOfBox);
      box_of_shape_.emplace(shape, boxes_.size());
      boxes_.push_back({{parts.boxes.start + range.start, parts.boxes.start + range.end}});
    }
    if (boxes_.empty() && length > 0) boxes_.push_back({parts.boxes});
  }

  /// Headers of all sections: of even, odd and first pages; [MS-DOC] 2.8.22 (PlcfHdd).
  std::vector<Range> headers(Range all) const {
    constexpr std::size_t kSeparators = 6, kKinds = 6;
    const auto stories = part(kHeaders);
    const std::size_t count = stories.size() / 4;
    std::vector<Range> out;
    std::uint32_t end = 0;
    for (std::size_t i = kSeparators; i + 1 < count; ++i) {
      const std::size_t kind = i % kKinds;
      const Range range{std::max(end, u32_at(stories, 4 * i)),
                        std::min(all.end - all.start, u32_at(stories, 4 * i + 4))};
      const bool header = kind == 0 || kind == 1 || kind == 4;
      if (!header || range.start >= range.end) continue;
      end = range.end;
      out.push_back({all.start + range.start, all.start + range.end});
    }
    return out;
  }

  TextFlow flow(Range range) {
    TextFlow out;
    const std::u16string_view characters = text_.characters();
    for (auto at = range.start; at < range.end;) {
      const auto found = characters.substr(0, range.end).find_first_of(kDocParagraphEnds, at);
      const auto end = found == characters.npos ? range.end : static_cast<std::uint32_t>(found);
      paragraph({at, end}, std::min(end, range.end - 1), out);
      at = end + 1;
    }
    return out;
  }

  /// `mark`: the character that ends the paragraph and has its format.
  void paragraph(Range range, std::uint32_t mark, TextFlow& out) {
    const DocParagraph format = paragraph_format(mark);
    FlowParagraph paragraph;
    collect(range, format.style, paragraph);
    const int outline = format.outline_level.value_or(9);
    paragraph.heading = outline <= 8 ? outline + 1 : styles_.heading_level(format.style);
    if (format.list > 0) paragraph.list_level = format.list_level + 1;
    const bool cell_mark = text_.characters()[mark] == kCellMark;
    const int depth = std::max(format.depth(), cell_mark ? 1 : 0);
    out.paragraph(std::move(paragraph), depth);
    add_boxes({range.start, mark + 1}, depth, out);
    if (cell_mark ? format.ends_row : format.ends_inner_row) {
      out.end_row(depth);
    } else if (cell_mark || format.ends_inner_cell) {
      out.end_cell(depth);
    }
  }

  void add_boxes(Range range, int depth, TextFlow& out) {
    const auto end = shapes_.lower_bound(range.end);
    for (auto at = shapes_.lower_bound(range.start); at != end; ++at) {
      const auto found = box_of_shape_.find(at->second);
      if (found == box_of_shape_.end()) continue;
      Box& box = boxes_[found->second];
      if (!std::exchange(box.read, true)) out.append(flow(box.range), depth);
    }
  }

  DocParagraph paragraph_format(std::uint32_t mark) const {
    const auto& piece = text_.piece_of(mark);
    const DocFormat* const format = paragraphs_.at(piece.offset_of(mark));
    DocParagraph out = styles_.paragraph(format ? format->style : std::uint16_t{0});
    if (format) {
      apply_modifiers(format->modifiers, out);
      if (const auto offset = find_long_modifiers(format->modifiers)) {
        apply_modifiers(part_at(data_, std::size_t{*offset} + 2, u16_at(data_, *offset)), out);
      }
    }
    apply_modifiers(piece.modifiers, out);
    return out;
  }

  const DocCharacters& characters_of_style(std::uint16_t style) {
    const auto known = style_characters_.find(style);
    if (known != style_characters_.end()) return known->second;
    return style_characters_.emplace(style, styles_.characters(style)).first->second;
  }

  void collect(Range range, std::uint16_t style, FlowParagraph& out) {
    const DocCharacters& usual = characters_of_style(style);
    for (auto at = range.start; at < range.end;) {
      const auto& piece = text_.piece_of(at);
      const auto offset = piece.offset_of(at);
      const DocFormat* const found = characters_.at(offset);
      const auto length =
          found ? std::max((found->end - offset + piece.width - 1) / piece.width, 1U) : 1U;
      const auto end = std::min({range.end, piece.end, at + std::min(length, range.end - at)});
      DocCharacters format = usual;
      if (found) {
        if (const auto own = find_character_style(found->modifiers)) {
          format = styles_.with(format, *own);
        }
        apply_modifiers(found->modifiers, usual, format);
      }
      apply_modifiers(piece.modifiers, usual, format);
      if (!format.hidden && !format.deleted) append({at, end}, format, out);
      at = end;
    }
  }

  void append(Range range, const DocCharacters& format, FlowParagraph& out) const {
    const auto characters = std::u16string_view(text_.characters());
    const std::string utf8 =
        doc_utf8(characters.substr(range.start, range.end - range.start), format.special);
    const auto font = format.font();
    out.append(font && *font < fonts_.size() ? std::string_view(fonts_[*font]) : "", utf8,
               format.bold);
  }

  std::string_view main_, table_, data_;
  DocText text_;
  DocStyles styles_;
  std::vector<std::string> fonts_;
  DocFormats characters_, paragraphs_;
  FlowDocument document_;
  std::map<std::uint16_t, DocCharacters> style_characters_;
  std::multimap<std::uint32_t, std::uint32_t> shapes_;  // by the character they hang on
  std::vector<Box> boxes_;
  std::map<std::uint32_t, std::size_t> box_of_shape_;
};

class DocExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/msword"; }

  bool accepts(const Input& input) const override {
    return is_ole_with(input, "WordDocument", ".doc");
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto file = OleFile::open(as_chars(input));
    if (!file) return text::failure("file_damaged", "", "OLE");
    const auto main = file->read("WordDocument");
    if (!main) return text::failure("file_damaged", "", "OLE");
    const bool word_95 = u16_at(*main, 0) == kWord95;
    if (!word_95 && u16_at(*main, 0) != kWord97) return text::failure("file_damaged", "", "FIB");
    constexpr unsigned kEncrypted = 0x100, kSecondTable = 0x200;
    const unsigned flags = u16_at(*main, 0x0A);
    if ((flags & kEncrypted) != 0) return text::failure("doc_password");
    if (word_95) return give(read_word_95(*main, title_of(*file), input.encoding), sink);
    const auto table = file->read((flags & kSecondTable) != 0 ? "1Table" : "0Table");
    if (!table) return text::failure("file_damaged", "", "OLE");
    auto text = DocText::read(*main, doc_table_part(*main, *table, kClx));
    if (!text) return tl::unexpected(text.error());
    const std::string data = file->read("Data").value_or("");
    return give(
        DocReader(*main, *table, data, std::move(*text), input.encoding).read(title_of(*file)),
        sink);
  }

 private:
  static text::Result<void> give(text::Result<Extracted> document, Sink& sink) {
    if (!document) return tl::unexpected(document.error());
    if (document->blocks.empty()) return text::failure("text_none");
    sink.document(std::move(*document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_doc_extractor() { return std::make_unique<DocExtractor>(); }

}  // namespace nhanrong::indexer
