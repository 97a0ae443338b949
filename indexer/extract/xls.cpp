#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/formats.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/number_format.h"
#include "indexer/extract/ole_file.h"
#include "indexer/extract/run_decoder.h"
#include "indexer/extract/sheet_rows.h"
#include "indexer/extract/xls_records.h"
#include "text/code_page.h"

// Workbooks of Excel 5 to 2003; source: [MS-XLS], for Excel 5 and 95 OpenOffice's "Microsoft Excel
// File Format".
namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMaxCells = 10'000'000;
constexpr std::size_t kMaxSheets = 4096;
constexpr std::uint16_t kExcel97 = 0x0600;

// Types of records.
constexpr std::uint16_t kFormula = 0x06, kEof = 0x0A, kFrom1904 = 0x22, kFilePass = 0x2F,
                        kFont = 0x31, kCodePage = 0x42, kObject = 0x5D, kSheet = 0x85,
                        kMulRk = 0xBD, kRString = 0xD6, kXf = 0xE0, kStrings = 0xFC,
                        kLabelSst = 0xFD, kTextObject = 0x1B6, kNumber = 0x203, kLabel = 0x204,
                        kBoolError = 0x205, kString = 0x207, kRk = 0x27E, kFormat = 0x41E,
                        kBof = 0x809;

struct Font {
  std::string name;
  int charset = 0;
};

struct CellStyle {
  std::uint16_t font = 0, format = 0;
};

struct Cell {
  std::uint32_t row;
  std::uint16_t column, style;
  std::optional<std::uint32_t> text;  // number of a text
  double value = 0;                   // else
};

struct Sheet {
  std::string name;
  std::vector<Cell> cells;
  std::vector<std::uint32_t> shapes;  // numbers of texts
};

/// A number in 30 bits, [MS-XLS] 2.5.217 (RkNumber).
double rk_number(std::uint32_t rk) {
  const bool hundredths = (rk & 1) != 0, whole = (rk & 2) != 0;
  const double number = whole ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                              : std::bit_cast<double>(std::uint64_t{rk & ~3U} << 32);
  return hundredths ? number / 100 : number;
}

std::u16string characters_of(std::string_view ascii) { return {ascii.begin(), ascii.end()}; }

std::string_view name_of_error(std::uint8_t code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0F:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1D:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    default:
      return "#N/A";
  }
}

/// Reads the stream of a workbook: first all of it, so that the decoder has seen all of its text.
class XlsReader {
 public:
  explicit XlsReader(std::string_view stream) : stream_(stream) {}

  text::Result<void> read() {
    struct Place {
      std::size_t at;
      std::string name;
    };
    std::vector<Place> places;
    XlsRecords records(stream_);
    while (const XlsRecord* const record = records.next()) {
      if (record->type == kFilePass) return text::failure("xls_password");
      if (record->type == kEof) break;
      if (record->type == kBof) version_ = u16_at(record->bytes, 0);
      constexpr std::uint8_t kCells = 0;
      if (record->type == kSheet && u8_at(record->bytes, 5) == kCells) {
        places.push_back({u32_at(record->bytes, 0), name_at(*record, 6)});
      } else {
        global(*record);
      }
    }
    std::set<std::size_t> seen;
    for (Place& place : places) {
      if (sheets_.size() == kMaxSheets || !seen.insert(place.at).second) continue;
      sheets_.push_back({std::move(place.name), {}, {}});
      if (auto sheet = read_sheet(place.at); !sheet) return sheet;
    }
    return {};
  }

  text::Result<Extracted> write(std::string_view title, std::optional<text::Encoding> encoding) {
    RunDecoder decoder(encoding);
    gather(decoder);
    SheetWriter writer;
    for (Sheet& sheet : sheets_) {
      auto& cells = sheet.cells;
      std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
        return std::pair(a.row, a.column) < std::pair(b.row, b.column);
      });
      writer.begin_sheet(decoder.decode_title(sheet.name), first_column(sheet));
      for (std::size_t i = 0; i < cells.size(); ++i) {
        writer.cell(cells[i].column, shown(cells[i], decoder));
        if (i + 1 == cells.size() || cells[i + 1].row != cells[i].row) writer.end_row();
        if (writer.is_too_large()) return text::failure("text_too_large", "", writer.limit());
      }
      for (const auto shape : sheet.shapes) writer.paragraph(decoder.decode(runs(shape, "")));
    }
    writer.title(decoder.decode_title(title));
    auto document = std::move(writer).finish();
    document.encoding = decoder.encoding();
    document.encoding_given = decoder.is_given();
    return document;
  }

 private:
  bool is_excel_97() const { return version_ >= kExcel97; }

  /// A name with its length in one byte before it.
  std::string name_at(const XlsRecord& record, std::size_t at) const {
    if (is_excel_97()) {
      XlsStringReader reader(record.parts);
      reader.skip(at);
      const XlsText name = reader.short_text();
      return name.part(0, name.characters.size());
    }
    return text::decode_code_page(code_page_,
                                  part_at(record.bytes, at + 1, u8_at(record.bytes, at)));
  }

  /// A record before the sheets.
  void global(const XlsRecord& record) {
    switch (record.type) {
      case kFrom1904:
        from_1904_ = u16_at(record.bytes, 0) == 1;
        break;
      case kCodePage:
        code_page_ = u16_at(record.bytes, 0);
        break;
      case kFont:
        fonts_.push_back({name_at(record, 14), u8_at(record.bytes, 12)});
        break;
      case kXf:
        styles_.push_back({u16_at(record.bytes, 0), u16_at(record.bytes, 2)});
        break;
      case kFormat:
        read_format(record);
        break;
      case kStrings: {
        XlsStringReader reader(record.parts);
        reader.skip(4);
        for (auto count = reader.u32(); count > 0 && !reader.at_end(); --count) {
          texts_.push_back(reader.text());
        }
        shared_texts_ = texts_.size();
        break;
      }
      default:
        break;
    }
  }

  void read_format(const XlsRecord& record) {
    const auto id = u16_at(record.bytes, 0);
    if (!is_excel_97()) {
      formats_.insert_or_assign(id, NumberFormat(name_at(record, 2)));
      return;
    }
    XlsStringReader reader(record.parts);
    reader.skip(2);
    const XlsText code = reader.text();
    formats_.insert_or_assign(id, NumberFormat(code.part(0, code.characters.size())));
  }

  text::Result<void> read_sheet(std::size_t at) {
    XlsRecords records(stream_, at);
    int depth = 0;  // charts stand within sheets
    bool string_follows = false;
    std::uint16_t object = 0;
    while (const XlsRecord* const record = records.next()) {
      if (record->type == kBof) ++depth;
      if (record->type == kEof && --depth <= 0) break;
      if (depth > 1) continue;
      if (record->type == kObject) object = u16_at(record->bytes, 4);
      if (record->type == kTextObject) read_shape(*record, object);
      read_cells(*record, string_follows);
      if (sheets_.back().cells.size() > kMaxCells) {
        return text::failure("file_too_large", "", fmt::format("> {} cells", kMaxCells));
      }
    }
    return {};
  }

  /// `string_follows`: the last formula gave a text, which stands in a record of its own.
  void read_cells(const XlsRecord& record, bool& string_follows) {
    const auto bytes = record.bytes;
    auto& cells = sheets_.back().cells;
    const auto add = [&](std::size_t place) -> Cell& {
      cells.push_back({u16_at(bytes, 0), u16_at(bytes, 2), u16_at(bytes, place), {}, 0});
      return cells.back();
    };
    switch (record.type) {
      case kLabelSst:
        if (u32_at(bytes, 6) < shared_texts_) add(4).text = u32_at(bytes, 6);
        break;
      case kLabel:
      case kRString:
        add(4).text = add_text(label(record));
        break;
      case kNumber:
        add(4).value = std::bit_cast<double>(u64_at(bytes, 6));
        break;
      case kRk:
        add(4).value = rk_number(u32_at(bytes, 6));
        break;
      case kMulRk:
        for (std::size_t i = 4; i + 6 < bytes.size(); i += 6) {
          Cell& cell = add(i);
          cell.column = static_cast<std::uint16_t>(cell.column + (i - 4) / 6);
          cell.value = rk_number(u32_at(bytes, i + 2));
        }
        break;
      case kBoolError:
        add(4).text = bool_or_error(u8_at(bytes, 7) != 0, u8_at(bytes, 6));
        break;
      case kFormula:
        read_formula(bytes, add(4), string_follows);
        break;
      case kString:
        if (std::exchange(string_follows, false) && !cells.empty()) {
          cells.back().text = add_text(string_of_formula(record, cells.back().style));
        }
        break;
      default:
        break;
    }
  }

  /// What a formula gave when it was last computed, [MS-XLS] 2.5.133 (FormulaValue).
  void read_formula(std::string_view bytes, Cell& cell, bool& string_follows) {
    constexpr std::uint8_t kText = 0, kBool = 1, kError = 2;
    string_follows = false;
    if (u16_at(bytes, 12) != 0xFFFF) {
      cell.value = std::bit_cast<double>(u64_at(bytes, 6));
      return;
    }
    const auto kind = u8_at(bytes, 6);
    string_follows = kind == kText;
    const bool shown = kind == kBool || kind == kError;
    cell.text = shown ? bool_or_error(kind == kError, u8_at(bytes, 8)) : add_text({});
  }

  std::uint32_t bool_or_error(bool error, std::uint8_t value) {
    const auto text = error ? name_of_error(value) : value != 0 ? "TRUE" : "FALSE";
    return add_text({characters_of(text), {}});
  }

  std::uint32_t add_text(XlsText text) {
    texts_.push_back(std::move(text));
    return static_cast<std::uint32_t>(texts_.size() - 1);
  }

  /// The text of a cell that has it in itself.
  XlsText label(const XlsRecord& record) const {
    if (!is_excel_97()) {
      return narrow(part_at(record.bytes, 8, u16_at(record.bytes, 6)), u16_at(record.bytes, 4));
    }
    XlsStringReader reader(record.parts);
    reader.skip(6);
    return reader.text();
  }

  XlsText string_of_formula(const XlsRecord& record, std::uint16_t style) const {
    if (!is_excel_97()) {
      return narrow(part_at(record.bytes, 2, u16_at(record.bytes, 0)), style);
    }
    return XlsStringReader(record.parts).text();
  }

  /// Bytes of Excel 5 and 95, in the code page of their font.
  XlsText narrow(std::string_view bytes, std::uint16_t style) const {
    const Font* const font = font_at(style < styles_.size() ? styles_[style].font : 0);
    int code_page = font ? text::code_page_of_charset(font->charset) : 0;
    // Legacy codes are characters of windows-1252, whatever Excel takes the font for.
    if (font && text::encoding_of_font(font->name)) code_page = 1252;
    const std::string utf8 = text::decode_code_page(code_page == 0 ? code_page_ : code_page, bytes);
    return {text::utf16_of(utf8), {}};
  }

  void read_shape(const XlsRecord& record, std::uint16_t object) {
    constexpr std::uint16_t kComment = 0x19;  // of a reviewer, [MS-XLS] 2.5.143
    if (!is_excel_97() || object == kComment || record.parts.size() < 2) return;
    const std::size_t count = u16_at(record.bytes, 10);
    XlsStringReader reader({record.parts.begin() + 1, record.parts.end()});
    if (count > 0) sheets_.back().shapes.push_back(add_text({reader.characters(count), {}}));
  }

  /// Number 4 is left out: the fifth font has number 5; [MS-XLS] 2.5.129 (FontIndex).
  const Font* font_at(std::size_t number) const {
    if (number > 4) --number;
    return number < fonts_.size() ? &fonts_[number] : nullptr;
  }

  std::string font_of_style(std::uint16_t style) const {
    const Font* const font = style < styles_.size() ? font_at(styles_[style].font) : nullptr;
    return font ? font->name : "";
  }

  std::vector<FontRun> runs(std::uint32_t number, const std::string& font) const {
    const XlsText& text = texts_[number];
    std::vector<FontRun> out;
    std::size_t start = 0;
    std::string name = font;
    for (const auto& [from, other] : text.fonts) {
      if (from > start) {
        out.push_back({name, text.part(start, from)});
        start = from;
      }
      const Font* const found = font_at(other);
      name = found ? found->name : font;
    }
    out.push_back({name, text.part(start, text.characters.size())});
    return out;
  }

  std::string shown(const Cell& cell, RunDecoder& decoder) const {
    if (cell.text) return decoder.decode(runs(*cell.text, font_of_style(cell.style)));
    const auto id = cell.style < styles_.size() ? styles_[cell.style].format : std::uint16_t{0};
    const auto own = formats_.find(id);
    return own != formats_.end()
               ? own->second.show(cell.value, from_1904_)
               : NumberFormat(NumberFormat::built_in(id)).show(cell.value, from_1904_);
  }

  /// Shows each text once in each font that cells show it in: a text may be that of a million
  /// cells.
  void gather(RunDecoder& decoder) const {
    std::set<std::pair<std::uint32_t, std::string>> seen;
    const auto add = [&](std::uint32_t text, const std::string& font) {
      if (!seen.emplace(text, font).second) return;
      for (const FontRun& run : runs(text, font)) decoder.gather(run.font, run.text + "\n");
    };
    for (const Sheet& sheet : sheets_) {
      for (const Cell& cell : sheet.cells) {
        if (cell.text) add(*cell.text, font_of_style(cell.style));
      }
      for (const auto shape : sheet.shapes) add(shape, "");
    }
  }

  static std::size_t first_column(const Sheet& sheet) {
    const auto first =
        std::min_element(sheet.cells.begin(), sheet.cells.end(),
                         [](const Cell& a, const Cell& b) { return a.column < b.column; });
    return first == sheet.cells.end() ? 0 : first->column;
  }

  std::string_view stream_;
  std::uint16_t version_ = kExcel97;
  int code_page_ = 1252;
  bool from_1904_ = false;
  std::vector<Font> fonts_;
  std::vector<CellStyle> styles_;
  std::map<std::uint16_t, NumberFormat> formats_;
  std::vector<XlsText> texts_;  // the shared ones first
  std::size_t shared_texts_ = 0;
  std::vector<Sheet> sheets_;
};

class XlsExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/vnd.ms-excel"; }

  bool accepts(const Input& input) const override {
    return is_ole_with(input, "Workbook", ".xls") || is_ole_with(input, "Book", ".xls");
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto file = OleFile::open(as_chars(input));
    if (!file) return text::failure("file_damaged", "", "OLE");
    auto stream = file->read("Workbook");
    if (!stream) stream = file->read("Book");
    if (!stream) return text::failure("file_damaged", "", "OLE");
    XlsReader reader(*stream);
    if (auto read = reader.read(); !read) return read;
    auto document = reader.write(title_of(*file), input.encoding);
    if (!document) return tl::unexpected(document.error());
    if (document->blocks.empty()) return text::failure("text_none");
    sink.document(std::move(*document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_xls_extractor() { return std::make_unique<XlsExtractor>(); }

}  // namespace nhanrong::indexer
