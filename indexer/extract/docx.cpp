#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/run_decoder.h"
#include "indexer/extract/style_names.h"
#include "indexer/extract/zip_archive.h"

// WordprocessingML, ECMA-376 part 1, chapter 17. Names are compared without their prefix, since not
// every program writes "w:".
namespace nhanrong::indexer {
namespace {

/// Elements in each other that the reader follows; Word's own files stay under 40.
constexpr int kMaxDepth = 200;
constexpr std::string_view kOleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// "EncryptedPackage" in UTF-16: what Word makes of a document with a password.
constexpr std::string_view kEncryptedPackage("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 31);

std::string_view local_name(const char* name) {
  const std::string_view s(name);
  const auto colon = s.find(':');
  return colon == std::string_view::npos ? s : s.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const auto& c : node.children()) {
    if (local_name(c.name()) == name) return c;
  }
  return {};
}

/// The attribute "val" of an element, with any prefix.
std::string_view attribute(const pugi::xml_node& node, std::string_view name = "val") {
  for (const auto& a : node.attributes()) {
    if (local_name(a.name()) == name) return a.value();
  }
  return {};
}

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

/// The alternative to read of mc:AlternateContent: a text box stands in both.
pugi::xml_node alternative(const pugi::xml_node& node) {
  const auto choice = child(node, "Choice");
  return choice ? choice : child(node, "Fallback");
}

/// Names of fonts, as "w:rFonts" and the theme give them.
class Fonts {
 public:
  void read_theme(const pugi::xml_node& theme) {
    const auto scheme = child(child(theme, "themeElements"), "fontScheme");
    minor_ = attribute(child(child(scheme, "minorFont"), "latin"), "typeface");
    major_ = attribute(child(child(scheme, "majorFont"), "latin"), "typeface");
  }

  /// The font of letters above ASCII, else of ASCII; empty: not said here.
  std::string name(const pugi::xml_node& fonts) const {
    for (const std::string_view key : {"hAnsi", "ascii"}) {
      if (const auto theme = attribute(fonts, std::string(key) + "Theme"); !theme.empty()) {
        return theme.starts_with("major") ? major_ : minor_;
      }
      if (const auto font = attribute(fonts, key); !font.empty()) return std::string(font);
    }
    return {};
  }

 private:
  std::string minor_, major_;
};

/// What styles say of structure and fonts, by style id.
class Styles {
 public:
  explicit Styles(Fonts fonts) : fonts_(std::move(fonts)) {}

  void read(const pugi::xml_node& styles) {
    for (const auto& style : styles.children()) {
      if (local_name(style.name()) != "style") continue;
      const std::string id(attribute(style, "styleId"));
      based_on_[id] = attribute(child(style, "basedOn"));
      if (const int level = own_level(style)) levels_[id] = level;
      if (child(child(style, "pPr"), "numPr")) numbered_.insert(id);
      if (auto font = fonts_.name(child(child(style, "rPr"), "rFonts")); !font.empty()) {
        style_fonts_[id] = std::move(font);
      }
      const bool usual =
          attribute(style, "default") == "1" || attribute(style, "default") == "true";
      if (usual && attribute(style, "type") == "paragraph") usual_style_ = id;
    }
    const auto defaults = child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr");
    usual_font_ = fonts_.name(child(defaults, "rFonts"));
  }

  /// The font of a paragraph without that of its runs.
  std::string font_of_paragraph(std::string_view style) const {
    std::string font = font_of_style(style.empty() ? std::string_view(usual_style_) : style);
    return font.empty() ? usual_font_ : font;
  }

  /// The font of a run in such a paragraph.
  std::string font_of_run(const pugi::xml_node& properties, const std::string& paragraph) const {
    std::string font = fonts_.name(child(properties, "rFonts"));
    if (font.empty()) font = font_of_style(attribute(child(properties, "rStyle")));
    return font.empty() ? paragraph : font;
  }

  /// 0: no heading.
  int level(std::string_view id) const {
    for (const auto& style : with_bases(id)) {
      if (const auto found = levels_.find(style); found != levels_.end()) return found->second;
    }
    return level_of_style_name(id);
  }

  /// Are its paragraphs items of a list?
  bool is_numbered(std::string_view id) const {
    const auto styles = with_bases(id);
    return std::any_of(styles.begin(), styles.end(),
                       [this](const std::string& style) { return numbered_.contains(style); });
  }

 private:
  std::string font_of_style(std::string_view id) const {
    for (const auto& style : with_bases(id)) {
      if (const auto found = style_fonts_.find(style); found != style_fonts_.end()) {
        return found->second;
      }
    }
    return {};
  }

  /// The style and those that it builds on.
  std::vector<std::string> with_bases(std::string_view id) const {
    constexpr std::size_t kMaxBases = 10;
    std::vector<std::string> out;
    for (std::string at(id); !at.empty() && out.size() < kMaxBases;) {
      out.push_back(at);
      const auto base = based_on_.find(at);
      at = base == based_on_.end() ? "" : base->second;
    }
    return out;
  }

  static int own_level(const pugi::xml_node& style) {
    if (const int level = level_of_style_name(attribute(child(style, "name")))) return level;
    const auto outline = attribute(child(child(style, "pPr"), "outlineLvl"));
    return outline.size() == 1 && outline[0] >= '0' && outline[0] <= '8'
               ? std::min(outline[0] - '0' + 1, 6)
               : 0;
  }

  std::map<std::string, int> levels_;
  std::set<std::string> numbered_;
  std::map<std::string, std::string> based_on_;
  Fonts fonts_;
  std::map<std::string, std::string> style_fonts_;
  std::string usual_style_, usual_font_;
};

class DocxReader {
 public:
  DocxReader(Styles styles, std::optional<text::Encoding> encoding)
      : styles_(std::move(styles)), decoder_(encoding) {}

  /// Shows all text to the decoder, before blocks() and notes().
  void gather(const pugi::xml_node& parent, int depth = 0) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      if (local_name(node.name()) == "p") {
        Run run;
        Nodes boxes;
        collect(node, run, boxes, {false, paragraph_font(node)}, depth);
        for (const auto& part : run.parts) decoder_.gather(part.font, part.text + "\n");
        for (const auto& box : boxes) gather(box, depth + 1);
      } else {
        gather(node, depth + 1);
      }
    }
  }

  void blocks(const pugi::xml_node& parent, int depth = 0) {
    if (depth > kMaxDepth) return;
    for (const auto& node : parent.children()) {
      const auto name = local_name(node.name());
      if (name == "p") {
        paragraph(node, depth);
      } else if (name == "tbl") {
        table(node, depth);
      } else if (name == "AlternateContent") {
        blocks(alternative(node), depth + 1);
      } else if (name == "sdt" || name == "sdtContent" || name == "ins" || name == "customXml" ||
                 name == "smartTag" || name == "moveTo" || name == "txbxContent") {
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
      } else if (name == "tab") {
        out.append("\t");
      } else if (name == "br" || name == "cr") {
        out.append("\n");
      } else if (name == "noBreakHyphen") {
        out.append("-");
      } else if (name == "txbxContent") {
        boxes.push_back(node);
      } else if (name == "AlternateContent") {
        collect(alternative(node), out, boxes, look, depth + 1);
      } else if (name == "r") {
        const auto properties = child(node, "rPr");
        collect(node, out, boxes,
                {is_on(child(properties, "b")), styles_.font_of_run(properties, look.font)},
                depth + 1);
      } else if (!is_hidden(name)) {
        collect(node, out, boxes, look, depth + 1);
      }
    }
  }

  static bool is_hidden(std::string_view name) {
    static constexpr std::array<std::string_view, 9> kHidden = {
        "del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "docPr", "softHyphen"};
    return std::find(kHidden.begin(), kHidden.end(), name) != kHidden.end();
  }

  void paragraph(const pugi::xml_node& node, int depth) {
    Nodes boxes;
    const Run run = read(node, boxes, depth);
    const auto properties = child(node, "pPr");
    const auto numbering = child(properties, "numPr");
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

  Styles styles_;
  RunDecoder decoder_;
  DocumentBuilder builder_;
};

/// A part of the package as XML; an error if it is there but cannot be read.
text::Result<void> load_part(const ZipArchive& archive, const std::string& name,
                             pugi::xml_document& out) {
  if (!archive.contains(name)) return {};
  const auto bytes = archive.read(name);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto parsed = out.load_buffer(bytes->data(), bytes->size(),
                                      pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!parsed)
    return text::failure("file_damaged", "", fmt::format("{}: {}", name, parsed.description()));
  return {};
}

/// "word/document.xml", or where _rels/.rels says it is; empty: this package is no text document.
std::string find_document_part(const ZipArchive& archive) {
  if (archive.contains("word/document.xml")) return "word/document.xml";
  pugi::xml_document relations;
  if (!load_part(archive, "_rels/.rels", relations)) return {};
  for (const auto& relation : relations.document_element().children()) {
    std::string_view target = attribute(relation, "Target");
    if (target.starts_with('/')) target.remove_prefix(1);
    const bool document = attribute(relation, "Type").ends_with("/officeDocument");
    if (document && target.starts_with("word/") && archive.contains(std::string(target))) {
      return std::string(target);
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
    if (!looks_like_zip(bytes)) return false;
    if (has_suffix(input, ".docx")) return true;
    const auto archive = ZipArchive::open(input.bytes);
    return archive && !find_document_part(*archive).empty();
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    if (as_chars(input).starts_with(kOleMagic)) return text::failure("docx_password");
    const auto archive = ZipArchive::open(input.bytes);
    if (!archive) return text::failure("file_damaged", "", "ZIP");
    const std::string part = find_document_part(*archive);
    if (part.empty()) return text::failure("docx_no_document");
    pugi::xml_document body, styles, core, theme, footnotes, endnotes;
    for (auto& [name, xml] : {std::pair<std::string, pugi::xml_document*>{part, &body},
                              {"word/styles.xml", &styles},
                              {"word/theme/theme1.xml", &theme},
                              {"word/footnotes.xml", &footnotes},
                              {"word/endnotes.xml", &endnotes},
                              {"docProps/core.xml", &core}}) {
      if (auto loaded = load_part(*archive, name, *xml); !loaded) return loaded;
    }
    Fonts fonts;
    fonts.read_theme(theme.document_element());
    Styles known(std::move(fonts));
    known.read(styles.document_element());
    DocxReader reader(std::move(known), input.encoding);
    for (const auto* part_of_text : {&body, &footnotes, &endnotes}) {
      reader.gather(part_of_text->document_element());
    }
    reader.blocks(child(body.document_element(), "body"));
    reader.notes(footnotes.document_element());
    reader.notes(endnotes.document_element());
    reader.title(child(core.document_element(), "title").text().get());
    auto document = std::move(reader).finish();
    if (document.blocks.empty()) return text::failure("text_none");
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_docx_extractor() { return std::make_unique<DocxExtractor>(); }

}  // namespace nhanrong::indexer
