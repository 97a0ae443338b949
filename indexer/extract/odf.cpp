#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <pugixml.hpp>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/number_format.h"
#include "indexer/extract/odf_styles.h"
#include "indexer/extract/run_decoder.h"
#include "indexer/extract/sheet_rows.h"
#include "indexer/extract/xml.h"

// OpenDocument 1.3 part 3: text documents, spreadsheets, presentations; as a package or as one XML
// file. OpenOffice.org 1 (SXW …) differs in little.
namespace nhanrong::indexer {
namespace {

constexpr int kMaxDepth = 200;
constexpr std::size_t kMostRepeated = 1000;  // rows, columns

using Nodes = std::vector<pugi::xml_node>;

std::size_t repeated(const pugi::xml_node& node, std::string_view name) {
  const auto value = attribute(node, name);
  std::size_t number = 1;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return std::clamp<std::size_t>(number, 1, 1U << 24U);
}

/// Not part of what a reader sees in the text: what was deleted, comments, declarations, what
/// describes a picture, what stands on every slide.
bool is_hidden(const pugi::xml_node& node) {
  static constexpr std::array<std::string_view, 13> kHidden = {
      "tracked-changes",  "annotation",           "forms",   "sequence-decls", "variable-decls",
      "user-field-decls", "event-listeners",      "desc",    "title",          "ruby-text",
      "binary-data",      "index-title-template", "settings"};
  const auto name = local_name(node.name());
  if (std::find(kHidden.begin(), kHidden.end(), name) != kHidden.end()) {
    return name != "title" || std::string_view(node.name()).starts_with("svg:");
  }
  const auto role = attribute(node, "class");
  return name == "frame" &&
         (role == "page-number" || role == "date-time" || role == "footer" || role == "header");
}

/// A paragraph with what hangs on it.
struct Paragraph {
  std::vector<FontRun> runs;
  Nodes boxes;  // frames with text of their own
  Nodes notes;  // footnotes, endnotes
};

/// Reads the characters of paragraphs.
class OdfParagraphs {
 public:
  explicit OdfParagraphs(OdfStyles styles) : styles_(std::move(styles)) {}

  Paragraph read(const pugi::xml_node& node, const std::string& around) const {
    Paragraph out;
    const auto style = attribute(node, "style-name");
    std::string font = styles_.font("paragraph", style);
    if (font.empty() || (style.empty() && !around.empty())) font = around;
    collect(node, font, out, 0);
    return out;
  }
  const OdfStyles& styles() const { return styles_; }

 private:
  static void append(Paragraph& out, const std::string& font, std::string_view characters) {
    if (out.runs.empty() || out.runs.back().font != font) out.runs.push_back({font, {}});
    out.runs.back().text += characters;
  }

  void collect(const pugi::xml_node& parent, const std::string& font, Paragraph& out,
               int depth) const {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        // Line ends are blanks here.
        std::string characters = node.value();
        std::replace(characters.begin(), characters.end(), '\n', ' ');
        append(out, font, characters);
        continue;
      }
      const auto name = local_name(node.name());
      if (name == "s" || name == "tab" || name == "tab-stop") {
        append(out, font, name == "s" ? " " : "\t");
      } else if (name == "line-break") {
        append(out, font, "\n");
      } else if (name == "note" || name == "footnote" || name == "endnote") {
        out.notes.push_back(node);
      } else if (std::string_view(node.name()).starts_with("draw:") && name != "a") {
        if (!is_hidden(node)) out.boxes.push_back(node);
      } else if (name == "span") {
        const std::string own = styles_.font("text", attribute(node, "style-name"));
        collect(node, own.empty() ? font : own, out, depth + 1);
      } else if (!is_hidden(node)) {
        collect(node, font, out, depth + 1);
      }
    }
  }

  OdfStyles styles_;
};

bool is_paragraph(std::string_view name) { return name == "p" || name == "h"; }

class OdfReader {
 public:
  OdfReader(OdfStyles styles, std::optional<text::Encoding> encoding)
      : paragraphs_(std::move(styles)), decoder_(encoding) {}

  /// Shows all text to the decoder.
  void gather(const pugi::xml_node& parent, const std::string& font = {}, int depth = 0) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      const auto name = local_name(node.name());
      if (is_paragraph(name)) {
        const Paragraph paragraph = paragraphs_.read(node, font);
        for (const auto& run : paragraph.runs) decoder_.gather(run.font, run.text + "\n");
        for (const auto& box : paragraph.boxes) gather(box, {}, depth + 1);
        for (const auto& note : paragraph.notes) gather(note, {}, depth + 1);
      } else if (!is_hidden(node)) {
        gather(node, name == "table-cell" ? cell_font(node) : font, depth + 1);
      }
    }
  }

  /// A text document or the slides of a presentation.
  Extracted read_text(const pugi::xml_node& body, std::string_view title) {
    blocks(body, 0, 0);
    // Notes may hang on notes.
    for (std::size_t i = 0; i < notes_.size(); ++i) blocks(note_body(notes_[i]), 0, 0);
    builder_.title(decoder_.decode_title(title));
    return finished(std::move(builder_).finish());
  }

  text::Result<Extracted> read_sheets(const pugi::xml_node& body, std::string_view title) {
    SheetWriter writer;
    for (const auto& table : body.children()) {
      if (local_name(table.name()) != "table") continue;
      Nodes rows;
      gather_rows(table, rows, 0);
      writer.begin_sheet(attribute(table, "name"), first_column(rows));
      for (const auto& row : rows) {
        for (auto n = std::min(repeated(row, "number-rows-repeated"), kMostRepeated); n > 0; --n) {
          if (!sheet_row(row, writer)) break;
          if (writer.is_too_large()) return text::failure("text_too_large", "", writer.limit());
        }
      }
      for (const auto& line : lines_in(child(table, "shapes"))) writer.paragraph(line);
    }
    writer.title(decoder_.decode_title(title));
    return finished(std::move(writer).finish());
  }

 private:
  Extracted finished(Extracted document) const {
    document.encoding = decoder_.encoding();
    document.encoding_given = decoder_.is_given();
    return document;
  }

  std::string cell_font(const pugi::xml_node& cell) const {
    return paragraphs_.styles().font("table-cell", attribute(cell, "style-name"));
  }

  static pugi::xml_node note_body(const pugi::xml_node& note) {
    for (const std::string_view name : {"note-body", "footnote-body", "endnote-body"}) {
      if (const auto body = child(note, name)) return body;
    }
    return {};
  }

  /// `list`: in how many lists the blocks stand.
  void blocks(const pugi::xml_node& parent, int list, int depth) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      const auto name = local_name(node.name());
      if (is_hidden(node)) continue;
      if (is_paragraph(name)) {
        paragraph(node, list, depth);
      } else if (name == "list" || name == "ordered-list" || name == "unordered-list") {
        blocks(node, list + 1, depth + 1);
      } else if (name == "table") {
        table(node, depth);
      } else if (name == "page") {
        for (const auto& frame : node.children()) {
          if (is_slide_title(frame)) slide_title(frame);
        }
        blocks(node, 0, depth + 1);
      } else if (!is_slide_title(node)) {
        blocks(node, list, depth + 1);
      }
    }
  }

  void paragraph(const pugi::xml_node& node, int list, int depth) {
    Paragraph paragraph = paragraphs_.read(node, {});
    const std::string text = decoder_.decode(paragraph.runs);
    int level = paragraphs_.styles().heading_level(attribute(node, "style-name"));
    if (local_name(node.name()) == "h") {
      const auto outline = attribute(node, "outline-level");
      const auto written = outline.empty() ? attribute(node, "level") : outline;
      level = written.size() == 1 ? std::clamp(written[0] - '0', 1, 6) : 6;
    }
    if (level > 0) {
      builder_.heading(level, text);
    } else if (list > 0) {
      builder_.list_item(list, text);
    } else {
      builder_.line(text);
    }
    notes_.insert(notes_.end(), paragraph.notes.begin(), paragraph.notes.end());
    for (const auto& box : paragraph.boxes) blocks(box, 0, depth + 1);
  }

  static bool is_slide_title(const pugi::xml_node& node) {
    return local_name(node.name()) == "frame" && attribute(node, "class") == "title";
  }

  /// The title of a slide comes first, wherever its frame stands.
  void slide_title(const pugi::xml_node& frame) {
    builder_.heading(1, fmt::format("{}", fmt::join(lines_in(frame), " ")));
  }

  /// All text below a node, a line a paragraph.
  std::vector<std::string> lines_in(const pugi::xml_node& parent, const std::string& font = {}) {
    std::vector<std::string> lines;
    gather_lines(parent, font, lines, 0);
    return lines;
  }

  void gather_lines(const pugi::xml_node& parent, const std::string& font,
                    std::vector<std::string>& lines, int depth) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      if (is_hidden(node)) continue;
      if (!is_paragraph(local_name(node.name()))) {
        gather_lines(node, font, lines, depth + 1);
        continue;
      }
      const Paragraph paragraph = paragraphs_.read(node, font);
      const std::string text = decoder_.decode(paragraph.runs);
      for (std::string_view rest = text; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        if (!without_blanks(rest.substr(0, end)).empty()) lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      notes_.insert(notes_.end(), paragraph.notes.begin(), paragraph.notes.end());
      for (const auto& box : paragraph.boxes) gather_lines(box, {}, lines, depth + 1);
    }
  }

  /// The rows of a table, those of its groups and of its head included.
  static void gather_rows(const pugi::xml_node& parent, Nodes& rows, int depth) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      const auto name = local_name(node.name());
      if (name == "table-row") {
        rows.push_back(node);
      } else if (name == "table-header-rows" || name == "table-rows" || name == "table-row-group") {
        gather_rows(node, rows, depth + 1);
      }
    }
  }

  void table(const pugi::xml_node& node, int depth) {
    Nodes rows;
    gather_rows(node, rows, 0);
    std::vector<Nodes> cells(rows.size());
    std::vector<std::vector<std::string>> texts(rows.size());
    // As in DOCX: the head and the foot of a letter.
    bool layout = rows.size() <= 4;
    bool several_lines = false;
    const std::size_t notes = notes_.size();
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (const auto& cell : rows[r].children()) {
        if (local_name(cell.name()) != "table-cell") continue;
        cells[r].push_back(cell);
        const auto lines = lines_in(cell);
        several_lines = several_lines || lines.size() > 1;
        texts[r].push_back(fmt::format("{}", fmt::join(lines, " ")));
      }
      layout = layout && cells[r].size() <= 2;
    }
    if (layout && several_lines) notes_.resize(notes);  // the cells are read once more
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (layout && several_lines) {
        for (const auto& cell : cells[r]) blocks(cell, 0, depth + 1);
      } else {
        builder_.table_row(texts[r]);
      }
    }
  }

  /// As the file shows it, but in Vietnamese writing: the program may have been an English one.
  std::string sheet_cell(const pugi::xml_node& cell) {
    std::string shown = fmt::format("{}", fmt::join(lines_in(cell, cell_font(cell)), " "));
    const auto date = attribute(cell, "date-value");
    if (!date.empty()) return date_in_vietnamese(shown, date);
    const auto written = attribute(cell, "value");
    double value = 0;
    const auto [end, error] =
        std::from_chars(written.data(), written.data() + written.size(), value);
    return error == std::errc() ? number_in_vietnamese(shown, value) : shown;
  }

  /// False: there is nothing in the row.
  bool sheet_row(const pugi::xml_node& row, SheetWriter& writer) {
    std::size_t column = 0;
    bool filled = false;
    for (const auto& cell : row.children()) {
      const auto name = local_name(cell.name());
      if (name != "table-cell" && name != "covered-table-cell") continue;
      const auto columns = repeated(cell, "number-columns-repeated");
      const std::string text = sheet_cell(cell);
      for (std::size_t i = 0; !text.empty() && i < std::min(columns, kMostRepeated); ++i) {
        writer.cell(column + i, text);
        filled = true;
      }
      column += columns;
    }
    writer.end_row();
    return filled;
  }

  static std::size_t first_column(const Nodes& rows) {
    constexpr std::size_t kNone = ~std::size_t{0};
    std::size_t first = kNone;
    for (const auto& row : rows) {
      std::size_t column = 0;
      for (const auto& cell : row.children()) {
        if (child(cell, "p")) first = std::min(first, column);
        if (column >= first) break;
        const auto name = local_name(cell.name());
        if (name == "table-cell" || name == "covered-table-cell") {
          column += repeated(cell, "number-columns-repeated");
        }
      }
    }
    return first == kNone ? 0 : first;
  }

  OdfParagraphs paragraphs_;
  RunDecoder decoder_;
  DocumentBuilder builder_;
  Nodes notes_;
};

/// What an OpenDocument file holds; packages have a part for each, single files one root for all.
struct OdfParts {
  pugi::xml_document content, styles, meta;
};

class OdfExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/vnd.oasis.opendocument.text"; }

  bool accepts(const Input& input) const override {
    if (!looks_like_zip(as_chars(input))) {
      return sniff_text(input).find("<office:document") != std::string::npos;
    }
    const auto archive = ZipArchive::open(input.bytes);
    return archive && archive->contains(kManifest) &&
           (archive->contains(kContent) || archive->contains(kEncryptedPackage));
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    OdfParts parts;
    if (auto loaded = load(input, parts); !loaded) return loaded;
    const auto root = parts.content.document_element();
    const auto styles_root = parts.styles ? parts.styles.document_element() : root;
    OdfStyles styles;
    for (const auto& part : {styles_root, root}) {
      for (const char* const name : {"font-face-decls", "font-decls"}) {
        styles.read_faces(child(part, name));
      }
    }
    styles.read(child(styles_root, "styles"));
    styles.read(child(root, "automatic-styles"));
    const auto meta_root = parts.meta ? parts.meta.document_element() : root;
    const std::string_view title = child(child(meta_root, "meta"), "title").text().get();
    return read(std::move(styles), child(root, "body"), title, input.encoding, sink);
  }

 private:
  static constexpr const char* kManifest = "META-INF/manifest.xml";
  static constexpr const char* kContent = "content.xml";
  static constexpr const char* kEncryptedPackage = "encrypted-package";

  static text::Result<void> load(const Input& input, OdfParts& out) {
    if (!looks_like_zip(as_chars(input))) {
      const auto parsed = out.content.load_buffer(input.bytes.data(), input.bytes.size(),
                                                  pugi::parse_default | pugi::parse_ws_pcdata);
      if (!parsed) return text::failure("file_damaged", "", parsed.description());
      return {};
    }
    const auto archive = ZipArchive::open(input.bytes);
    if (!archive) return text::failure("file_damaged", "", "ZIP");
    pugi::xml_document manifest;
    if (auto loaded = load_part(*archive, kManifest, manifest); !loaded) return loaded;
    for (const auto& entry : manifest.document_element().children()) {
      if (child(entry, "encryption-data")) return text::failure("odf_password");
    }
    if (auto loaded = load_part(*archive, kContent, out.content, XmlText::All); !loaded) {
      return loaded;
    }
    if (auto loaded = load_part(*archive, "styles.xml", out.styles); !loaded) return loaded;
    return load_part(*archive, "meta.xml", out.meta);
  }

  static text::Result<void> read(OdfStyles styles, const pugi::xml_node& body,
                                 std::string_view title, std::optional<text::Encoding> encoding,
                                 Sink& sink) {
    OdfReader reader(std::move(styles), encoding);
    reader.gather(body);
    const auto sheets = child(body, "spreadsheet");
    // OpenOffice.org 1 has no element between the body and its text.
    const bool tables = sheets || (!child(body, "text") && !child(body, "presentation") &&
                                   child(child(body, "table"), "table-column"));
    auto document = tables ? reader.read_sheets(sheets ? sheets : body, title)
                           : text::Result<Extracted>(reader.read_text(body, title));
    if (!document) return tl::unexpected(document.error());
    if (document->blocks.empty()) return text::failure("text_none");
    sink.document(std::move(*document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_odf_extractor() { return std::make_unique<OdfExtractor>(); }

}  // namespace nhanrong::indexer
