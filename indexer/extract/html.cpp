#include "indexer/extract/html.h"

#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "indexer/extract/decoded_text.h"
#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/run_decoder.h"
#include "text/normalise.h"

namespace nhanrong::indexer {
namespace {

/// Elements inside elements. Gumbo's own clean-up recurses and so does the reader; real pages stay
/// under 100.
constexpr int kMaxDepth = 2000;

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Elements that need no end tag: thousands of them stand beside, not in each other.
bool may_stay_open(std::string_view name) {
  static constexpr std::array<std::string_view, 20> kNames = {
      "p",   "li",    "td", "th",   "tr",   "dt",     "dd",  "br",    "hr",    "img",
      "col", "input", "o",  "meta", "link", "option", "wbr", "thead", "tbody", "tfoot"};
  std::string lower(name.substr(0, 10));
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

/// Would the tree be deeper than kMaxDepth? Counts start and end tags.
bool too_deep(std::string_view html) {
  int depth = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    ++at;
    const bool closing = at < html.size() && html[at] == '/';
    if (closing) ++at;
    const std::size_t start = at;
    while (at < html.size() && is_name_letter(html[at])) ++at;
    const auto name = html.substr(start, at - start);
    if (name.empty() || may_stay_open(name)) continue;
    depth = closing ? std::max(depth - 1, 0) : depth + 1;
    if (depth > kMaxDepth) return true;
  }
  return false;
}

struct Destroy {
  void operator()(GumboOutput* output) const {
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
};
using Output = std::unique_ptr<GumboOutput, Destroy>;

Output parse(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  return Output(gumbo_parse_with_options(&options, html.data(), html.size()));
}

bool is_element(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

std::vector<const GumboNode*> children(const GumboNode& node) {
  std::vector<const GumboNode*> out;
  if (!is_element(node) && node.type != GUMBO_NODE_DOCUMENT) return out;
  const GumboVector& list = is_element(node) ? node.v.element.children : node.v.document.children;
  for (unsigned int i = 0; i < list.length; ++i) {
    out.push_back(static_cast<const GumboNode*>(list.data[i]));
  }
  return out;
}

enum class Role { Inline, Block, Heading, Item, List, Row, Cell, Break, Skipped, Preformatted };

Role role_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_IFRAME:
      return Role::Skipped;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
      return Role::Heading;
    case GUMBO_TAG_LI:
      return Role::Item;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
      return Role::List;
    case GUMBO_TAG_TR:
      return Role::Row;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      return Role::Cell;
    case GUMBO_TAG_BR:
      return Role::Break;
    case GUMBO_TAG_PRE:
      return Role::Preformatted;
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_BODY:
      return Role::Block;
    default:
      return Role::Inline;
  }
}

std::string_view attribute(const GumboNode& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.v.element.attributes, name);
  return found ? found->value : std::string_view();
}

/// The font that an element asks for, in <font face> or its own style; `around` if in neither.
/// Style sheets are not read: for what they dress, the syllables decide.
std::string font_of(const GumboNode& element, const std::string& around) {
  std::string_view families = attribute(element, "face");
  const auto style = attribute(element, "style");
  constexpr std::string_view kFamily = "font-family:";
  if (const auto at = style.find(kFamily); at != std::string_view::npos) {
    families = style.substr(at + kFamily.size());
    families = families.substr(0, families.find(';'));
  }
  const auto first = without_blanks(families.substr(0, families.find(',')));
  return first.empty() ? around : std::string(first);
}

/// What a cell holds: a cell of several paragraphs, lists or tables lays a page out.
struct CellShape {
  int paragraphs = 0;
  bool laid_out = false;
};

void look_into_cell(const GumboNode& node, CellShape& shape) {
  for (const GumboNode* child : children(node)) {
    if (!is_element(*child)) continue;
    const GumboTag tag = child->v.element.tag;
    const Role role = role_of(tag);
    if (role == Role::Heading || role == Role::List || tag == GUMBO_TAG_TABLE)
      shape.laid_out = true;
    if (role == Role::Block || role == Role::Break) ++shape.paragraphs;
    look_into_cell(*child, shape);
  }
}

class HtmlReader {
 public:
  explicit HtmlReader(std::optional<text::Encoding> encoding) : decoder_(encoding) {}

  /// Shows all text to the decoder, before walk().
  void gather(const GumboNode& node, const std::string& font = {}) {
    if (is_element(node)) {
      if (role_of(node.v.element.tag) == Role::Skipped) return;
      const std::string own = font_of(node, font);
      for (const GumboNode* child : children(node)) gather(*child, own);
    } else if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA) {
      decoder_.gather(font, node.v.text.text);
    } else {
      for (const GumboNode* child : children(node)) gather(*child, font);
    }
  }

  void walk(const GumboNode& node) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
        node.type == GUMBO_NODE_CDATA) {
      append(node.v.text.text);
    } else if (is_element(node)) {
      walk_element(node);
    } else {
      for (const GumboNode* child : children(node)) walk(*child);
    }
  }
  void title(const GumboNode& node) {
    for (const GumboNode* child : children(node)) {
      if (!is_element(*child)) continue;
      if (child->v.element.tag == GUMBO_TAG_TITLE) {
        Parts parts;
        collect(*child, parts, {});
        std::string title;
        for (const auto& part : parts) title += part.text;
        builder_.title(decoder_.decode_title(title));
        return;
      }
      // The title stands in the head, the head in the root.
      if (child->v.element.tag == GUMBO_TAG_HTML || child->v.element.tag == GUMBO_TAG_HEAD) {
        title(*child);
      }
    }
  }
  Extracted finish() && {
    flush();
    auto document = std::move(builder_).finish();
    document.encoding = decoder_.encoding();
    document.encoding_given = decoder_.is_given();
    return document;
  }

 private:
  using Parts = std::vector<FontRun>;

  static std::string& part_in(Parts& parts, const std::string& font) {
    if (parts.empty() || parts.back().font != font) parts.push_back({font, {}});
    return parts.back().text;
  }

  void walk_element(const GumboNode& node) {
    const std::string around = font_;
    font_ = font_of(node, around);
    walk_by_role(node);
    font_ = around;
  }

  void walk_by_role(const GumboNode& node) {
    const Role role = role_of(node.v.element.tag);
    switch (role) {
      case Role::Skipped:
        return;
      case Role::Break:
        part_in(parts_, font_).push_back('\n');
        return;
      case Role::Inline:
        walk_children(node);
        return;
      case Role::Row:
        flush();
        if (!walk_row(node)) walk_children(node);
        flush();
        return;
      default:
        break;
    }
    flush();
    const auto heading = heading_;
    const auto item = item_;
    const auto depth = depth_;
    const bool preformatted = preformatted_;
    if (role == Role::Heading) heading_ = static_cast<int>(node.v.element.tag) - GUMBO_TAG_H1 + 1;
    if (role == Role::List) ++depth_;
    if (role == Role::Item) item_ = std::max(depth_, 1);
    if (role == Role::Preformatted) preformatted_ = true;
    walk_children(node);
    flush();
    heading_ = heading;
    item_ = item;
    depth_ = depth;
    preformatted_ = preformatted;
  }

  void walk_children(const GumboNode& node) {
    for (const GumboNode* child : children(node)) walk(*child);
  }

  /// False: the row lays the page out and is no row of a table of facts.
  bool walk_row(const GumboNode& row) {
    std::vector<const GumboNode*> cells;
    CellShape all;
    for (const GumboNode* child : children(row)) {
      if (!is_element(*child) || role_of(child->v.element.tag) != Role::Cell) continue;
      cells.push_back(child);
      CellShape shape;
      look_into_cell(*child, shape);
      all.laid_out = all.laid_out || shape.laid_out;
      all.paragraphs = std::max(all.paragraphs, shape.paragraphs);
    }
    if (all.laid_out || cells.size() < 2 || (cells.size() == 2 && all.paragraphs > 1)) return false;
    std::vector<std::string> texts;
    for (const GumboNode* cell : cells) {
      Parts parts;
      collect(*cell, parts, font_of(*cell, font_));
      texts.push_back(decoder_.decode(parts));
    }
    builder_.table_row(texts);
    return true;
  }

  static void collect(const GumboNode& node, Parts& out, const std::string& font) {
    for (const GumboNode* child : children(node)) {
      if (!is_element(*child)) {
        if (child->type != GUMBO_NODE_COMMENT) part_in(out, font) += child->v.text.text;
        continue;
      }
      const Role role = role_of(child->v.element.tag);
      if (role == Role::Skipped) continue;
      if (role != Role::Inline) part_in(out, font).push_back(' ');
      collect(*child, out, font_of(*child, font));
      if (role != Role::Inline) part_in(out, font).push_back(' ');
    }
  }

  void append(std::string_view characters) {
    std::string& text = part_in(parts_, font_);
    if (preformatted_) {
      text += characters;
      return;
    }
    for (const char c : characters) text.push_back(c == '\n' || c == '\r' ? ' ' : c);
  }

  void flush() {
    const std::string text = decoder_.decode(parts_);
    if (heading_) {
      builder_.heading(*heading_, text);
    } else if (item_) {
      builder_.list_item(*item_, text);
    } else {
      builder_.line(text);
    }
    parts_.clear();
  }

  DocumentBuilder builder_;
  RunDecoder decoder_;
  Parts parts_;
  std::string font_;
  std::optional<int> heading_;
  std::optional<int> item_;
  int depth_ = 0;
  bool preformatted_ = false;
};

class HtmlExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "text/html"; }

  bool accepts(const Input& input) const override {
    const std::string head = sniff_text(input);
    const auto start = without_blanks(head);
    if (start.starts_with("<!doctype html") || head.find("<html") != std::string::npos) return true;
    if (has_suffix(input, ".md") || has_suffix(input, ".markdown")) return false;
    if (head.find("<head>") != std::string::npos || head.find("<body") != std::string::npos) {
      return true;
    }
    for (const std::string_view tag : {"<p>", "<p ", "<div", "<h1", "<h2", "<table", "<meta",
                                       "<title", "<!--", "<ul", "<ol", "<section", "<article"}) {
      if (start.starts_with(tag)) return true;
    }
    return (has_suffix(input, ".html") || has_suffix(input, ".htm")) &&
           head.find('<') != std::string::npos;
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    auto document = read_html(input);
    if (!document) return tl::unexpected(std::move(document.error()));
    if (document->blocks.empty()) return text::failure("text_none");
    sink.document(std::move(*document));
    return {};
  }
};

/// The page as UTF-8. What is Unicode already may still hold legacy codes as characters, which the
/// reader sees to; bytes that are none are read here.
text::Result<DecodedText> characters_of(const Input& input) {
  auto unicode = text::decode(input.bytes);
  if (unicode) return DecodedText{std::move(*unicode), {}};
  auto decoded = decode_text(input);
  const auto bytes = as_chars(input);
  const bool fonts = bytes.find(".Vn") != bytes.npos || bytes.find("VNI-") != bytes.npos;
  if (decoded || !fonts || bytes.find('\0') != bytes.npos) return decoded;
  // Too little text to judge, but it names its fonts.
  return DecodedText{text::decode_windows_1252(bytes), {}};
}

}  // namespace

text::Result<Extracted> read_html(const Input& input) {
  const auto html = characters_of(input);
  if (!html) return tl::unexpected(html.error());
  if (too_deep(html->utf8))
    return text::failure("file_too_deep", "", fmt::format("> {}", kMaxDepth));
  const Output output = parse(html->utf8);
  HtmlReader reader(html->encoding.empty() ? input.encoding
                                           : std::optional(text::Encoding::Unicode));
  reader.gather(*output->document);
  reader.walk(*output->document);
  reader.title(*output->document);
  auto document = std::move(reader).finish();
  if (!html->encoding.empty()) document.encoding = html->encoding;
  document.encoding_given = input.encoding.has_value();
  return document;
}

std::unique_ptr<Extractor> make_html_extractor() { return std::make_unique<HtmlExtractor>(); }

}  // namespace nhanrong::indexer
