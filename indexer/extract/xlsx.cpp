#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <span>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/drawing_text.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/number_format.h"
#include "indexer/extract/package.h"
#include "indexer/extract/run_decoder.h"
#include "indexer/extract/sheet_rows.h"
#include "indexer/extract/xml.h"

// SpreadsheetML, ECMA-376 part 1, chapter 18.
namespace nhanrong::indexer {
namespace {

constexpr const char* kMainPart = "xl/workbook.xml";

template <class Number>
std::optional<Number> parse_number(std::string_view s) {
  Number number{};
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), number);
  if (error != std::errc() || end != s.data() + s.size()) return std::nullopt;
  return number;
}

bool is_on(std::string_view value) { return value == "1" || value == "true"; }

/// "_x000D_": characters that XML cannot hold (18.18.93); line ends become line ends, others go.
std::string without_escapes(std::string_view s) {
  constexpr std::size_t kLength = 7;
  std::string out;
  for (std::size_t i = 0; i < s.size();) {
    const bool escape =
        s.substr(i).starts_with("_x00") && i + kLength <= s.size() && s[i + kLength - 1] == '_';
    if (escape && s.substr(i + 4, 2) != "5F") {
      if (s.substr(i + 4, 2) == "0A") out += '\n';
      i += kLength;
    } else {
      out += s[i++];
    }
  }
  return out;
}

/// A text with the fonts of its parts; "" is the font of the cell.
using RichText = std::vector<FontRun>;

RichText read_rich_text(const pugi::xml_node& text) {
  RichText out;
  for (const auto& node : text.children()) {
    const auto name = local_name(node.name());
    if (name == "t") {
      out.push_back({"", without_escapes(node.text().get())});
    } else if (name == "r") {
      out.push_back({std::string(attribute(child(child(node, "rPr"), "rFont"))),
                     without_escapes(child(node, "t").text().get())});
    }
  }
  return out;
}

/// What a cell's style says of numbers and of its font.
class CellStyles {
 public:
  void read(const pugi::xml_node& styles) {
    std::map<int, std::string> codes;
    for (const auto& format : child(styles, "numFmts").children()) {
      const auto id = parse_number<int>(attribute(format, "numFmtId"));
      if (id) codes[*id] = attribute(format, "formatCode");
    }
    std::vector<std::string> fonts;
    for (const auto& font : child(styles, "fonts").children()) {
      fonts.emplace_back(attribute(child(font, "name")));
    }
    for (const auto& look : child(styles, "cellXfs").children()) {
      const auto id = parse_number<int>(attribute(look, "numFmtId")).value_or(0);
      const auto code = codes.find(id);
      const auto font = parse_number<std::size_t>(attribute(look, "fontId")).value_or(0);
      formats_.emplace_back(code == codes.end() ? NumberFormat::built_in(id) : code->second);
      fonts_.push_back(font < fonts.size() ? fonts[font] : "");
    }
  }

  const NumberFormat& format(std::size_t style) const {
    static const NumberFormat kGeneral;
    return style < formats_.size() ? formats_[style] : kGeneral;
  }
  const std::string& font(std::size_t style) const {
    static const std::string kUnknown;
    return style < fonts_.size() ? fonts_[style] : kUnknown;
  }

 private:
  std::vector<NumberFormat> formats_;
  std::vector<std::string> fonts_;
};

struct Cell {
  std::size_t column, style;
  std::optional<std::size_t> rich;  // index of a text with fonts
  std::string text;                 // else
};

struct Sheet {
  std::string name;
  std::vector<std::vector<Cell>> rows;
  std::vector<RichText> shapes;
};

/// Reads the parts of a workbook: first all sheets, so that the decoder has seen all of their text.
class Workbook {
 public:
  explicit Workbook(const ZipArchive& archive) : archive_(archive) {}

  text::Result<void> load(const std::string& part) {
    pugi::xml_document workbook, styles, strings, theme, core;
    const auto relations = load_relations(archive_, part);
    if (!relations) return tl::unexpected(relations.error());
    for (const auto& [name, xml] : {std::pair{part, &workbook},
                                    {find_target(*relations, "styles"), &styles},
                                    {find_target(*relations, "sharedStrings"), &strings},
                                    {find_target(*relations, "theme"), &theme},
                                    {std::string("docProps/core.xml"), &core}}) {
      if (auto loaded = load_part(archive_, name, *xml); !loaded) return loaded;
    }
    title_ = child(core.document_element(), "title").text().get();
    styles_.read(styles.document_element());
    theme_ = read_theme_fonts(theme.document_element());
    for (const auto& text : strings.document_element().children()) {
      if (local_name(text.name()) == "si") texts_.push_back(read_rich_text(text));
    }
    const auto root = workbook.document_element();
    from_1904_ = is_on(attribute(child(root, "workbookPr"), "date1904"));
    for (const auto& sheet : child(root, "sheets").children()) {
      const auto relation = relations->find(std::string(attribute(sheet, "id")));
      if (relation == relations->end()) continue;
      sheets_.push_back({std::string(attribute(sheet, "name")), {}, {}});
      if (auto loaded = load_sheet(relation->second.target); !loaded) return loaded;
    }
    return {};
  }

  text::Result<Extracted> write(std::optional<text::Encoding> encoding) const {
    RunDecoder decoder(encoding);
    gather(decoder);
    SheetWriter writer;
    for (const auto& sheet : sheets_) {
      writer.begin_sheet(sheet.name, first_column(sheet));
      for (const auto& row : sheet.rows) {
        for (const auto& cell : row) {
          writer.cell(cell.column, text_of(cell, decoder));
          if (writer.is_too_large()) return text::failure("text_too_large", "", writer.limit());
        }
        writer.end_row();
      }
      for (const auto& shape : sheet.shapes) writer.paragraph(decoder.decode(shape));
    }
    writer.title(decoder.decode_title(title_));
    auto document = std::move(writer).finish();
    document.encoding = decoder.encoding();
    document.encoding_given = decoder.is_given();
    return document;
  }

 private:
  text::Result<void> load_sheet(const std::string& part) {
    pugi::xml_document xml;
    if (auto loaded = load_part(archive_, part, xml, XmlText::Embedded); !loaded) return loaded;
    for (const auto& row : child(xml.document_element(), "sheetData").children()) {
      std::vector<Cell> cells;
      for (const auto& cell : row.children()) {
        if (local_name(cell.name()) == "c") read_cell(cell, cells);
      }
      if (!cells.empty()) sheets_.back().rows.push_back(std::move(cells));
    }
    return load_shapes(part);
  }

  text::Result<void> load_shapes(const std::string& part) {
    const auto relations = load_relations(archive_, part);
    if (!relations) return tl::unexpected(relations.error());
    for (const auto& [id, relation] : *relations) {
      if (relation.type != "drawing") continue;
      pugi::xml_document xml;
      if (auto loaded = load_part(archive_, relation.target, xml); !loaded) return loaded;
      for (const auto& paragraph : drawn_paragraphs(xml.document_element())) {
        sheets_.back().shapes.push_back(drawn_runs(paragraph, theme_.minor, theme_));
      }
    }
    return {};
  }

  void read_cell(const pugi::xml_node& node, std::vector<Cell>& row) {
    const std::size_t next = row.empty() ? 0 : row.back().column + 1;
    Cell cell{column_of(attribute(node, "r")).value_or(next),
              parse_number<std::size_t>(attribute(node, "s")).value_or(0),
              {},
              {}};
    const auto type = attribute(node, "t");
    const std::string_view value = child(node, "v").text().get();
    if (type == "s") {
      cell.rich = parse_number<std::size_t>(value);
      if (!cell.rich || *cell.rich >= texts_.size()) return;
    } else if (type == "inlineStr" || type == "str") {
      cell.rich = texts_.size();
      texts_.push_back(type == "str" ? RichText{{"", without_escapes(value)}}
                                     : read_rich_text(child(node, "is")));
    } else if (type == "b") {
      cell.text = value == "1" ? "TRUE" : "FALSE";
    } else if (const auto number = parse_number<double>(value); number && type != "e") {
      cell.text = styles_.format(cell.style).show(*number, from_1904_);
    } else {
      cell.text = value;  // an error, a date in ISO 8601
    }
    if (cell.rich || !cell.text.empty()) row.push_back(std::move(cell));
  }

  /// A text in a cell of this style.
  RichText with_fonts(std::size_t text, std::size_t style) const {
    RichText runs = texts_[text];
    for (FontRun& run : runs) {
      if (run.font.empty()) run.font = styles_.font(style);
    }
    return runs;
  }

  std::string text_of(const Cell& cell, RunDecoder& decoder) const {
    return cell.rich ? decoder.decode(with_fonts(*cell.rich, cell.style)) : cell.text;
  }

  /// Shows each text once in each font that cells show it in: a text may be that of a million
  /// cells.
  void gather(RunDecoder& decoder) const {
    std::set<std::pair<std::size_t, std::string_view>> seen;
    for (const auto& sheet : sheets_) {
      for (const auto& row : sheet.rows) {
        for (const auto& cell : row) {
          if (!cell.rich || !seen.emplace(*cell.rich, styles_.font(cell.style)).second) continue;
          for (const FontRun& run : with_fonts(*cell.rich, cell.style)) {
            decoder.gather(run.font, run.text + "\n");
          }
        }
      }
      for (const auto& shape : sheet.shapes) {
        for (const FontRun& run : shape) decoder.gather(run.font, run.text + "\n");
      }
    }
  }

  /// "B7" is column 1.
  static std::optional<std::size_t> column_of(std::string_view reference) {
    constexpr std::size_t kMostLetters = 3;  // XFD
    std::size_t column = 0, letters = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
      if (++letters > kMostLetters) return std::nullopt;
      column = column * 26 + static_cast<std::size_t>(reference[letters - 1] - 'A' + 1);
    }
    if (letters == 0) return std::nullopt;
    return column - 1;
  }

  static std::size_t first_column(const Sheet& sheet) {
    std::size_t first = sheet.rows.empty() ? 0 : sheet.rows.front().front().column;
    for (const auto& row : sheet.rows) first = std::min(first, row.front().column);
    return first;
  }

  const ZipArchive& archive_;
  CellStyles styles_;
  ThemeFonts theme_;
  std::vector<RichText> texts_;
  std::vector<Sheet> sheets_;
  std::string title_;
  bool from_1904_ = false;
};

class XlsxExtractor final : public Extractor {
 public:
  std::string_view media_type() const override {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }

  bool accepts(const Input& input) const override {
    if (!looks_like_zip(as_chars(input))) return false;
    const auto archive = ZipArchive::open(input.bytes);
    return archive && !find_main_part(*archive, kMainPart).empty();
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto archive = ZipArchive::open(input.bytes);
    if (!archive) return text::failure("file_damaged", "", "ZIP");
    Workbook workbook(*archive);
    if (auto loaded = workbook.load(find_main_part(*archive, kMainPart)); !loaded) return loaded;
    auto document = workbook.write(input.encoding);
    if (!document) return tl::unexpected(document.error());
    if (document->blocks.empty()) return text::failure("text_none");
    sink.document(std::move(*document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_xlsx_extractor() { return std::make_unique<XlsxExtractor>(); }

}  // namespace nhanrong::indexer
