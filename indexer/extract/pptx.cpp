#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/drawing_text.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/package.h"
#include "indexer/extract/run_decoder.h"
#include "indexer/extract/xml.h"

// PresentationML, ECMA-376 part 1, chapter 19.
namespace nhanrong::indexer {
namespace {

constexpr const char* kMainPart = "ppt/presentation.xml";
constexpr int kMaxDepth = 100;  // groups in groups
constexpr std::size_t kMaxSlides = 10'000;

using Relations = std::map<std::string, Relation>;

/// "r:id" of an element that has an "id" of its own, too.
std::string relation_id(const pugi::xml_node& node, std::string_view name = "id") {
  for (const auto& a : node.attributes()) {
    const std::string_view written(a.name());
    if (written.find(':') != std::string_view::npos && local_name(a.name()) == name) {
      return a.value();
    }
  }
  return {};
}

/// What a shape is for (19.7.10): "title", "body", "sldNum"; "" of a shape that is no placeholder.
std::string_view role_of(const pugi::xml_node& shape) {
  const auto place = child(child(child(shape, "nvSpPr"), "nvPr"), "ph");
  if (!place) return {};
  const auto type = attribute(place, "type");
  return type.empty() ? "obj" : type;
}

bool is_title(std::string_view role) { return role == "title" || role == "ctrTitle"; }

/// A block of a slide before its characters are decoded.
struct Piece {
  enum class Kind { Title, Item, Line, Row } kind;
  int level = 1;
  std::vector<std::vector<FontRun>> cells;  // one, but of a row
};

/// Fonts that text has where neither its run nor its shape says one.
class MasterFonts {
 public:
  void read(const pugi::xml_node& master, ThemeFonts theme) {
    theme_ = std::move(theme);
    const auto styles = child(master, "txStyles");
    title_ = level_font(child(styles, "titleStyle"), 1);
    body_ = level_font(child(styles, "bodyStyle"), 1);
    other_ = level_font(child(styles, "otherStyle"), 1);
  }
  const ThemeFonts& theme() const { return theme_; }

  std::string font(const pugi::xml_node& text_body, int level, std::string_view role) const {
    std::string own = level_font(child(text_body, "lstStyle"), level);
    if (!own.empty()) return own;
    const std::string& usual = is_title(role) ? title_ : role.empty() ? other_ : body_;
    if (!usual.empty()) return usual;
    return is_title(role) ? theme_.major : theme_.minor;
  }

 private:
  std::string level_font(const pugi::xml_node& list, int level) const {
    const auto properties = child(list, "lvl" + std::to_string(level) + "pPr");
    return drawn_font(attribute(child(child(properties, "defRPr"), "latin"), "typeface"), theme_);
  }

  ThemeFonts theme_;
  std::string title_, body_, other_;
};

/// Reads the slides one after another and keeps only their text.
class Presentation {
 public:
  explicit Presentation(const ZipArchive& archive) : archive_(archive) {}

  text::Result<void> load(const std::string& part) {
    pugi::xml_document presentation, core;
    const auto relations = load_relations(archive_, part);
    if (!relations) return tl::unexpected(relations.error());
    if (auto loaded = load_part(archive_, part, presentation); !loaded) return loaded;
    if (auto loaded = load_part(archive_, "docProps/core.xml", core); !loaded) return loaded;
    title_ = child(core.document_element(), "title").text().get();
    if (auto loaded = load_master(find_target(*relations, "slideMaster")); !loaded) return loaded;
    std::set<std::string> slides;  // each is read once: a file may name one thousands of times
    for (const auto& slide : child(presentation.document_element(), "sldIdLst").children()) {
      const auto relation = relations->find(relation_id(slide));
      if (relation == relations->end() || slides.size() >= kMaxSlides) continue;
      if (!slides.insert(relation->second.target).second) continue;
      if (auto loaded = load_slide(relation->second.target); !loaded) return loaded;
    }
    return {};
  }

  Extracted write(std::optional<text::Encoding> encoding) const {
    RunDecoder decoder(encoding);
    for (const auto& piece : pieces_) {
      for (const auto& cell : piece.cells) {
        for (const auto& run : cell) decoder.gather(run.font, run.text + "\n");
      }
    }
    DocumentBuilder builder;
    for (const auto& piece : pieces_) {
      std::vector<std::string> cells;
      cells.reserve(piece.cells.size());
      for (const auto& cell : piece.cells) cells.push_back(decoder.decode(cell));
      switch (piece.kind) {
        case Piece::Kind::Title:
          builder.heading(1, cells[0]);
          break;
        case Piece::Kind::Item:
          builder.list_item(piece.level, cells[0]);
          break;
        case Piece::Kind::Line:
          builder.line(cells[0]);
          break;
        case Piece::Kind::Row:
          builder.table_row(cells);
          break;
      }
    }
    builder.title(decoder.decode_title(title_));
    auto document = std::move(builder).finish();
    document.encoding = decoder.encoding();
    document.encoding_given = decoder.is_given();
    return document;
  }

 private:
  text::Result<void> load_master(const std::string& part) {
    pugi::xml_document master, theme;
    const auto relations = load_relations(archive_, part);
    if (!relations) return tl::unexpected(relations.error());
    if (auto loaded = load_part(archive_, part, master); !loaded) return loaded;
    if (auto loaded = load_part(archive_, find_target(*relations, "theme"), theme); !loaded) {
      return loaded;
    }
    fonts_.read(master.document_element(), read_theme_fonts(theme.document_element()));
    return {};
  }

  text::Result<void> load_slide(const std::string& part) {
    pugi::xml_document slide, notes;
    const auto relations = load_relations(archive_, part);
    if (!relations) return tl::unexpected(relations.error());
    if (auto loaded = load_part(archive_, part, slide); !loaded) return loaded;
    if (auto loaded = load_part(archive_, find_target(*relations, "notesSlide"), notes); !loaded) {
      return loaded;
    }
    const auto first = static_cast<std::ptrdiff_t>(pieces_.size());
    if (auto read = shapes(tree_of(slide), *relations, 0); !read) return read;
    std::stable_partition(pieces_.begin() + first, pieces_.end(),
                          [](const Piece& piece) { return piece.kind == Piece::Kind::Title; });
    for (const auto& shape : tree_of(notes).children()) {
      if (role_of(shape) == "body") lines(child(shape, "txBody"));
    }
    return {};
  }

  static pugi::xml_node tree_of(const pugi::xml_document& slide) {
    return child(child(slide.document_element(), "cSld"), "spTree");
  }

  text::Result<void> shapes(const pugi::xml_node& parent, const Relations& relations, int depth) {
    if (depth > kMaxDepth) return {};
    for (const auto& node : parent.children()) {
      const auto name = local_name(node.name());
      text::Result<void> read;
      if (name == "sp" || name == "cxnSp") {
        shape(node);
      } else if (name == "grpSp") {
        read = shapes(node, relations, depth + 1);
      } else if (name == "AlternateContent") {
        read = shapes(alternative(node), relations, depth + 1);
      } else if (name == "graphicFrame") {
        read = frame(child(child(node, "graphic"), "graphicData"), relations);
      }
      if (!read) return read;
    }
    return {};
  }

  void shape(const pugi::xml_node& node) {
    const auto role = role_of(node);
    if (role == "sldNum" || role == "dt" || role == "ftr" || role == "hdr") return;
    const auto body = child(node, "txBody");
    if (is_title(role)) {
      // A title of several lines is one title.
      Piece title{Piece::Kind::Title, 1, {{}}};
      for (const auto& paragraph : drawn_paragraphs(body)) {
        for (auto& run : runs_of(paragraph, body, 1, role))
          title.cells[0].push_back(std::move(run));
        if (!title.cells[0].empty()) title.cells[0].back().text += ' ';
      }
      pieces_.push_back(std::move(title));
      return;
    }
    for (const auto& paragraph : drawn_paragraphs(body)) {
      const auto properties = child(paragraph, "pPr");
      const int level = level_of(properties);
      const bool marked = child(properties, "buChar") || child(properties, "buAutoNum") ||
                          ((role == "body" || role == "obj") && !child(properties, "buNone"));
      pieces_.push_back({marked ? Piece::Kind::Item : Piece::Kind::Line,
                         level,
                         {runs_of(paragraph, body, level, role)}});
    }
  }

  static int level_of(const pugi::xml_node& properties) {
    const auto level = attribute(properties, "lvl");
    return level.size() == 1 ? std::clamp(level[0] - '0', 0, 8) + 1 : 1;
  }

  std::vector<FontRun> runs_of(const pugi::xml_node& paragraph, const pugi::xml_node& body,
                               int level, std::string_view role) const {
    return drawn_runs(paragraph, fonts_.font(body, level, role), fonts_.theme());
  }

  /// What the paragraphs below a node say, without any structure.
  void lines(const pugi::xml_node& parent) {
    for (const auto& paragraph : drawn_paragraphs(parent)) {
      pieces_.push_back({Piece::Kind::Line, 1, {runs_of(paragraph, {}, 1, "")}});
    }
  }

  /// A table, or a diagram that lies in a part of its own.
  text::Result<void> frame(const pugi::xml_node& graphic, const Relations& relations) {
    for (const auto& row : child(graphic, "tbl").children()) {
      if (local_name(row.name()) != "tr") continue;
      Piece piece{Piece::Kind::Row, 1, {}};
      for (const auto& cell : row.children()) {
        if (local_name(cell.name()) != "tc" || attribute(cell, "hMerge") == "1") continue;
        piece.cells.emplace_back();
        for (const auto& paragraph : drawn_paragraphs(child(cell, "txBody"))) {
          auto runs = runs_of(paragraph, child(cell, "txBody"), 1, "");
          if (!piece.cells.back().empty()) piece.cells.back().back().text += ' ';
          for (auto& run : runs) piece.cells.back().push_back(std::move(run));
        }
      }
      pieces_.push_back(std::move(piece));
    }
    const auto diagram = relations.find(relation_id(child(graphic, "relIds"), "dm"));
    if (diagram == relations.end()) return {};
    pugi::xml_document points;
    if (auto loaded = load_part(archive_, diagram->second.target, points); !loaded) return loaded;
    lines(points.document_element());
    return {};
  }

  const ZipArchive& archive_;
  MasterFonts fonts_;
  std::vector<Piece> pieces_;
  std::string title_;
};

class PptxExtractor final : public Extractor {
 public:
  std::string_view media_type() const override {
    return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  }

  bool accepts(const Input& input) const override {
    if (!looks_like_zip(as_chars(input))) return false;
    const auto archive = ZipArchive::open(input.bytes);
    return archive && !find_main_part(*archive, kMainPart).empty();
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto archive = ZipArchive::open(input.bytes);
    if (!archive) return text::failure("file_damaged", "", "ZIP");
    Presentation presentation(*archive);
    if (auto loaded = presentation.load(find_main_part(*archive, kMainPart)); !loaded) {
      return loaded;
    }
    auto document = presentation.write(input.encoding);
    if (document.blocks.empty()) return text::failure("text_none");
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_pptx_extractor() { return std::make_unique<PptxExtractor>(); }

}  // namespace nhanrong::indexer
