#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/docx_styles.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/package.h"
#include "indexer/extract/run_decoder.h"
#include "indexer/extract/xml.h"
#include "indexer/extract/zip_archive.h"

// WordprocessingML, ECMA-376 part 1, chapter 17; as a package, as one XML file ("Flat OPC") and, in
// what the two have in common, as Word 2003 wrote it.
namespace nhanrong::indexer {
namespace {

/// Elements in each other that the reader follows; Word's own files stay under 40.
constexpr int kMaxDepth = 200;
constexpr const char* kMainPart = "word/document.xml";
constexpr std::string_view kOleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// "EncryptedPackage" in UTF-16: what Word makes of a document with a password.
constexpr std::string_view kEncryptedPackage("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 31);

bool is_on(const pugi::xml_node& property) {
  const auto value = attribute(property);
  return property && value != "0" && value != "false" && value != "none";
}

/// The characters of a paragraph.
struct Run {
  std::vector<FontRun> parts;
  std::string text;  // the parts, decoded
  bool bold = true;  // of all that is no blank

  /// What has no font of its own (tabs, line breaks) goes with what stands before it.
  void append(std::string_view characters) {
    if (parts.empty()) parts.emplace_back();
    parts.back().text += characters;
  }
  void append(const std::string& font, std::string_view characters) {
    if (parts.empty() || parts.back().font != font) parts.push_back({font, {}});
    parts.back().text += characters;
  }
};

class DocxReader {
 public:
  DocxReader(DocxStyles styles, std::optional<text::Encoding> encoding)
      : styles_(std::move(styles)), decoder_(encoding) {}

  /// Shows all text to the decoder, before blocks() and notes().
  void gather(const pugi::xml_node& parent, int depth = 0) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      if (local_name(node.name()) == "p") {
        Run run;
        Nodes boxes;
        collect(node, run, boxes, {false, paragraph_font(node)}, depth);
        for (const auto& part : run.parts) {
          decoder_.gather(part.font, part.text + "\n");
          gathered_ += part.text;
        }
        gathered_ += '\n';
        for (const auto& box : boxes) gather(box, depth + 1);
      } else if (!is_no_text(node)) {
        gather(node, depth + 1);
      }
    }
  }

  /// Does a header say what nothing says that was gathered before: the motto, the issuer? Numbers
  /// of pages and titles that the text repeats say nothing.
  bool says_more(const pugi::xml_node& header) const {
    constexpr std::size_t kMostParagraphs = 50, kFewest = 4;
    Nodes paragraphs;
    gather_paragraphs(header, paragraphs, 0);
    if (paragraphs.size() > kMostParagraphs) return true;
    return std::any_of(paragraphs.begin(), paragraphs.end(), [this](const pugi::xml_node& node) {
      Run run;
      Nodes boxes;
      collect(node, run, boxes, {false, {}}, 0);
      std::string text;
      for (const auto& part : run.parts) text += part.text;
      const auto line = without_blanks(text);
      return length_of(line) >= kFewest && !is_page_number(line) &&
             gathered_.find(line) == std::string::npos;
    });
  }

  void blocks(const pugi::xml_node& parent, int depth = 0) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      const auto name = local_name(node.name());
      if (is_no_text(node)) continue;
      if (name == "p") {
        paragraph(node, depth);
      } else if (name == "tbl") {
        table(node, depth);
      } else if (name == "AlternateContent") {
        blocks(alternative(node), depth + 1);
      } else if (name == "sdt" || name == "sdtContent" || name == "ins" || name == "customXml" ||
                 name == "smartTag" || name == "moveTo" || name == "txbxContent" ||
                 name == "sect" || name == "sub-section") {
        blocks(node, depth + 1);
      }
    }
  }

  /// Footnotes or endnotes, but for the lines that part them from the text.
  void notes(const pugi::xml_node& notes) {
    for (const auto& note : notes.children()) {
      const auto type = attribute(note, "type");
      if (type.empty() || type == "normal") blocks(note);
    }
  }

  void title(std::string_view title) { builder_.title(decoder_.decode_title(title)); }
  Extracted finish() && {
    auto document = std::move(builder_).finish();
    document.encoding = decoder_.encoding();
    document.encoding_given = decoder_.is_given();
    return document;
  }

 private:
  using Nodes = std::vector<pugi::xml_node>;

  struct Look {
    bool bold;
    std::string font;
  };

  std::string paragraph_font(const pugi::xml_node& paragraph) const {
    return styles_.font_of_paragraph(attribute(child(child(paragraph, "pPr"), "pStyle")));
  }

  /// A paragraph as one text; text boxes that hang on it are put into `boxes`.
  Run read(const pugi::xml_node& paragraph, Nodes& boxes, int depth) {
    Run run;
    collect(paragraph, run, boxes, {false, paragraph_font(paragraph)}, depth);
    run.text = decoder_.decode(run.parts);
    return run;
  }

  /// The characters of a paragraph; text boxes that hang on it are put into `boxes`.
  void collect(const pugi::xml_node& parent, Run& out, Nodes& boxes, const Look& look,
               int depth) const {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      const auto name = local_name(node.name());
      if (name == "t") {
        out.append(look.font, node.text().get());
        if (!look.bold && !without_blanks(node.text().get()).empty()) out.bold = false;
      } else if (name == "tab" || name == "ptab") {
        out.append("\t");
      } else if (name == "br" || name == "cr") {
        out.append("\n");
      } else if (name == "noBreakHyphen") {
        out.append("-");
      } else if (name == "softHyphen") {
        // LibreOffice writes the ư of a TCVN3 font so; in Unicode the normaliser drops it.
        out.append(look.font, "\xC2\xAD");
      } else if (name == "txbxContent" || name == "footnote" || name == "endnote") {
        boxes.push_back(node);  // notes stand here in files of Word 2003
      } else if (name == "AlternateContent") {
        collect(alternative(node), out, boxes, look, depth + 1);
      } else if (name == "r") {
        const auto properties = child(node, "rPr");
        if (is_on(child(properties, "vanish"))) continue;
        collect(node, out, boxes,
                {is_on(child(properties, "b")), styles_.font_of_run(properties, look.font)},
                depth + 1);
      } else if (!is_hidden(name) && !is_no_text(node)) {
        collect(node, out, boxes, look, depth + 1);
      }
    }
  }

  static bool is_hidden(std::string_view name) {
    static constexpr std::array<std::string_view, 8> kHidden = {
        "del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "docPr"};
    return std::find(kHidden.begin(), kHidden.end(), name) != kHidden.end();
  }

  /// Such as a content control that nobody has filled in: "Click here to enter text".
  static bool is_no_text(const pugi::xml_node& node) {
    const auto name = local_name(node.name());
    if (name == "sdt") return static_cast<bool>(child(child(node, "sdtPr"), "showingPlcHdr"));
    // What Word 2003 made of deletions and comments.
    const auto type = name == "annotation" ? attribute(node, "type") : std::string_view();
    return type == "Word.Deletion" || type == "Word.Comment";
  }

  void paragraph(const pugi::xml_node& node, int depth) {
    Nodes boxes;
    const Run run = read(node, boxes, depth);
    const auto properties = child(node, "pPr");
    auto numbering = child(properties, "numPr");
    if (!numbering) numbering = child(properties, "listPr");
    const auto number = attribute(child(numbering, "numId"));
    const int heading = heading_level(properties);
    const bool listed =
        numbering ? number != "0" : styles_.is_numbered(attribute(child(properties, "pStyle")));
    if (heading > 0) {
      builder_.heading(heading, run.text);
    } else if (listed) {
      numbered(run, attribute(child(numbering, "ilvl")));
    } else {
      builder_.line(run.text);
    }
    for (const auto& box : boxes) blocks(box, depth + 1);
  }

  int heading_level(const pugi::xml_node& properties) const {
    const auto outline = attribute(child(properties, "outlineLvl"));
    if (outline.size() == 1 && outline[0] >= '0' && outline[0] <= '8') {
      return std::min(outline[0] - '0' + 1, 6);
    }
    return styles_.level(attribute(child(properties, "pStyle")));
  }

  /// Word numbers both lists and headings; a heading is short, bold and no sentence.
  void numbered(const Run& run, std::string_view list_level) {
    const int level = list_level.size() == 1 ? std::clamp(list_level[0] - '0', 0, 8) : 0;
    const auto text = without_blanks(run.text);
    const bool heading = run.bold && length_of(text) <= 120 && !ends_sentence(text);
    if (heading) {
      builder_.heading(level + 2, text);
    } else {
      builder_.list_item(level + 1, text);
    }
  }

  static void gather_paragraphs(const pugi::xml_node& parent, Nodes& out, int depth) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      if (local_name(node.name()) == "p") {
        out.push_back(node);
      } else {
        gather_paragraphs(node, out, depth + 1);
      }
    }
  }

  /// All text of a cell, tables in it included; a line is a paragraph or a part of it.
  void cell_lines(const pugi::xml_node& parent, std::vector<std::string>& lines, int depth) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      if (local_name(node.name()) != "p") {
        if (!is_hidden(local_name(node.name()))) cell_lines(node, lines, depth + 1);
        continue;
      }
      Nodes boxes;
      const Run run = read(node, boxes, depth);
      for (std::string_view rest = run.text; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size());
        if (!without_blanks(rest.substr(0, end)).empty()) lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      for (const auto& box : boxes) cell_lines(box, lines, depth + 1);
    }
  }

  void gather(const pugi::xml_node& parent, std::string_view name, Nodes& out, int depth) const {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      const auto found = local_name(node.name());
      if (found == name) {
        out.push_back(node);
      } else if (found == "sdt" || found == "sdtContent" || found == "ins" ||
                 found == "customXml") {
        gather(node, name, out, depth + 1);
      }
    }
  }

  void table(const pugi::xml_node& node, int depth) {
    Nodes rows;
    gather(node, "tr", rows, depth);
    std::vector<Nodes> cells(rows.size());
    std::vector<std::vector<std::string>> texts(rows.size());
    // A table of two columns with several lines in a cell is how the head (issuer beside motto) and
    // the end (receivers beside signature) of a document are laid out.
    bool layout = rows.size() <= 4;
    bool several_lines = false;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      gather(rows[r], "tc", cells[r], depth);
      layout = layout && cells[r].size() <= 2;
      for (const auto& cell : cells[r]) {
        std::vector<std::string> lines;
        cell_lines(cell, lines, depth);
        several_lines = several_lines || lines.size() > 1;
        texts[r].push_back(fmt::format("{}", fmt::join(lines, " ")));
      }
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (layout && several_lines) {
        for (const auto& cell : cells[r]) blocks(cell, depth + 1);
      } else {
        builder_.table_row(texts[r]);
      }
    }
  }

  DocxStyles styles_;
  std::string gathered_;
  RunDecoder decoder_;
  DocumentBuilder builder_;
};

/// The relationship of the header that stands on the first page; "": it has none.
std::string header_of_first_page(const pugi::xml_node& body) {
  pugi::xml_node section;  // of the first section; the last one stands in the body itself
  for (const auto& node : body.children()) {
    section = local_name(node.name()) == "sectPr" ? node : child(child(node, "pPr"), "sectPr");
    if (section) break;
  }
  const std::string_view wanted = is_on(child(section, "titlePg")) ? "first" : "default";
  for (const auto& node : section.children()) {
    if (local_name(node.name()) == "headerReference" && attribute(node, "type") == wanted) {
      return std::string(attribute(node, "id"));
    }
  }
  return {};
}

/// What is read of a text document.
struct DocxParts {
  pugi::xml_document body, styles, theme, header, footnotes, endnotes, core;

  using Names = std::vector<std::pair<std::string, pugi::xml_document*>>;
  Names by_name(const std::string& main_part) {
    return {{main_part, &body},
            {"word/styles.xml", &styles},
            {"word/theme/theme1.xml", &theme},
            {"word/footnotes.xml", &footnotes},
            {"word/endnotes.xml", &endnotes},
            {"docProps/core.xml", &core}};
  }
};

text::Result<void> load_package(const Input& input, DocxParts& out) {
  const auto archive = ZipArchive::open(input.bytes);
  if (!archive) return text::failure("file_damaged", "", "ZIP");
  const std::string part = find_main_part(*archive, kMainPart);
  if (part.empty()) return text::failure("docx_no_document");
  for (const auto& [name, xml] : out.by_name(part)) {
    if (auto loaded = load_part(*archive, name, *xml); !loaded) return loaded;
  }
  const auto relations = load_relations(*archive, part);
  if (!relations) return tl::unexpected(relations.error());
  const auto id = header_of_first_page(child(out.body.document_element(), "body"));
  const auto relation = relations->find(id);
  if (relation == relations->end()) return {};
  return load_part(*archive, relation->second.target, out.header);
}

/// One XML file: the parts of a package in each other, or a document of Word 2003.
text::Result<void> load_single_file(const Input& input, DocxParts& out) {
  pugi::xml_document file;
  const auto parsed = file.load_buffer(input.bytes.data(), input.bytes.size(),
                                       pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!parsed) return text::failure("file_damaged", "", parsed.description());
  const auto root = file.document_element();
  if (local_name(root.name()) == "wordDocument") {
    out.body.append_copy(root);
    out.styles.append_copy(child(root, "styles"));
    return {};
  }
  const auto known = out.by_name(kMainPart);
  for (const auto& part : root.children()) {
    const auto name = attribute(part, "name");
    for (const auto& [wanted, xml] : known) {
      if (name == "/" + wanted) xml->append_copy(child(part, "xmlData").first_child());
    }
  }
  return {};
}

class DocxExtractor final : public Extractor {
 public:
  std::string_view media_type() const override {
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  }

  bool accepts(const Input& input) const override {
    const auto bytes = as_chars(input);
    if (bytes.starts_with(kOleMagic)) return bytes.find(kEncryptedPackage) != bytes.npos;
    if (!looks_like_zip(bytes)) {
      const std::string head = sniff_text(input);
      return head.find("<w:worddocument") != head.npos ||
             (head.find("<pkg:package") != head.npos && head.find("/word/") != head.npos);
    }
    if (has_suffix(input, ".docx")) return true;
    const auto archive = ZipArchive::open(input.bytes);
    return archive && !find_main_part(*archive, kMainPart).empty();
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    if (as_chars(input).starts_with(kOleMagic)) return text::failure("docx_password");
    DocxParts parts;
    const bool package = looks_like_zip(as_chars(input));
    auto loaded = package ? load_package(input, parts) : load_single_file(input, parts);
    if (!loaded) return loaded;
    DocxStyles styles(read_theme_fonts(parts.theme.document_element()));
    styles.read(parts.styles.document_element());
    DocxReader reader(std::move(styles), input.encoding);
    for (const auto* part : {&parts.body, &parts.footnotes, &parts.endnotes}) {
      reader.gather(part->document_element());
    }
    if (const auto header = parts.header.document_element(); reader.says_more(header)) {
      reader.gather(header);
      reader.blocks(header);
    }
    reader.blocks(child(parts.body.document_element(), "body"));
    reader.notes(parts.footnotes.document_element());
    reader.notes(parts.endnotes.document_element());
    reader.title(child(parts.core.document_element(), "title").text().get());
    auto document = std::move(reader).finish();
    if (document.blocks.empty()) return text::failure("text_none");
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_docx_extractor() { return std::make_unique<DocxExtractor>(); }

}  // namespace nhanrong::indexer
