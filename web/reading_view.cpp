#include "web/reading_view.h"

#include <algorithm>
#include <vector>

#include "search/query.h"
#include "search/snippet.h"
#include "web/hit_view.h"
#include "web/labels.h"

namespace nhanrong::web {
namespace {

using corpus::Block;
using corpus::BlockKind;
using corpus::Content;

constexpr std::size_t kMostContents = 200;
constexpr int kDeepestContents = 3;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// The block without blanks at its ends.
Block trimmed(Block block, std::string_view text) {
  while (block.start < block.end && is_blank(text[block.start])) ++block.start;
  while (block.end > block.start && is_blank(text[block.end - 1])) --block.end;
  return block;
}

/// Adds lines between blocks as paragraphs.
void add_lines(std::vector<Block>& pieces, std::string_view text, std::uint32_t start,
               std::uint32_t end) {
  while (start < end) {
    const auto line_end = std::min<std::size_t>(text.find('\n', start), end);
    const auto line =
        trimmed({BlockKind::Paragraph, 0, start, static_cast<std::uint32_t>(line_end)}, text);
    if (line.start < line.end) pieces.push_back(line);
    start = static_cast<std::uint32_t>(line_end) + 1;
  }
}

/// Cuts a piece where a passage begins inside of it.
void add_cut(std::vector<Block>& pieces, Block piece, const Content& content) {
  auto passage =
      std::ranges::upper_bound(content.passages, piece.start, {}, &corpus::Passage::start);
  for (; passage != content.passages.end() && passage->start < piece.end; ++passage) {
    Block first = piece;
    first.end = passage->start;
    first = trimmed(first, content.text);
    if (first.start < first.end) pieces.push_back(first);
    piece.start = passage->start;
  }
  piece = trimmed(piece, content.text);
  if (piece.start < piece.end) pieces.push_back(piece);
}

/// Blocks and what lies between them, in order of the text, none across two passages.
std::vector<Block> pieces_of(const Content& content) {
  std::vector<Block> whole;
  std::uint32_t at = 0;
  const auto size = static_cast<std::uint32_t>(content.text.size());
  for (const Block& block : content.blocks) {
    if (block.start < at || block.end > size || block.start >= block.end) continue;
    add_lines(whole, content.text, at, block.start);
    whole.push_back(block);
    at = block.end;
  }
  add_lines(whole, content.text, at, size);
  std::vector<Block> pieces;
  for (const Block& piece : whole) add_cut(pieces, piece, content);
  return pieces;
}

class Reader {
 public:
  Reader(const Page& page, const Content& content, std::string_view query)
      : page_(page), content_(content), query_(page.service.query_parser.parse(query)) {}

  nlohmann::json read() {
    std::size_t next = 0;
    const auto pieces = pieces_of(content_);
    const auto& passages = content_.passages;
    for (std::size_t i = 0; i < pieces.size();) {
      while (next < passages.size() && passages[next].start <= pieces[i].start) {
        open_section(&passages[next++]);
      }
      if (sections_.empty()) open_section(nullptr);
      i = add_group(pieces, i, next < passages.size() ? passages[next].start : UINT32_MAX);
    }
    while (next < passages.size()) open_section(&passages[next++]);
    return {{"sections", std::move(sections_)}, {"contents", std::move(contents_)}};
  }

 private:
  std::string html(const Block& block) const {
    const auto text = std::string_view(content_.text).substr(block.start, block.end - block.start);
    return query_.empty() ? keep_together_html(text)
                          : search::highlight(text, query_, page_.service.analyzer);
  }

  void open_section(const corpus::Passage* passage) {
    const std::string role =
        passage == nullptr || passage->roles.empty() ? "" : passage->roles.front();
    nlohmann::json section = {{"anchor", passage == nullptr ? "" : passage->anchor},
                              {"frame", role == "frame"},
                              {"blocks", nlohmann::json::array()}};
    section.update(role_view(page_, role));
    // A mark at the head of a run of passages with one role says it for all of them.
    const bool first = sections_.empty() || sections_.back()["role_id"] != section["role_id"];
    section["head"] = first && !section["role_id"].get_ref<const std::string&>().empty();
    marked_ = false;
    sections_.push_back(std::move(section));
  }

  void add(nlohmann::json block) { sections_.back()["blocks"].push_back(std::move(block)); }

  /// Adds pieces from `i` on that make one element; returns the place after them.
  std::size_t add_group(const std::vector<Block>& pieces, std::size_t i, std::uint32_t end) {
    const Block& piece = pieces[i];
    switch (piece.kind) {
      case BlockKind::Heading:
        add_heading(piece);
        return i + 1;
      case BlockKind::Paragraph:
        add({{"paragraph", true}, {"text_html", html(piece)}});
        return i + 1;
      case BlockKind::ListItem:
      case BlockKind::TableRow:
        break;
    }
    std::size_t last = i + 1;
    while (last < pieces.size() && pieces[last].kind == piece.kind && pieces[last].start < end) {
      ++last;
    }
    const std::span group(pieces.data() + i, last - i);
    piece.kind == BlockKind::ListItem ? add_list(group) : add_table(group);
    return last;
  }

  void add_heading(const Block& block) {
    // No level is left out on the way down: screen readers would miss it.
    const int level = std::clamp(block.level + 1, 2, std::min(4, deepest_ + 1));
    deepest_ = level;
    const std::string id = "m-" + std::to_string(++headings_);
    add({{"heading", true},
         {"h2", level == 2},
         {"h3", level == 3},
         {"h4", level == 4},
         {"id", id},
         {"text_html", html(block)}});
    if (level - 1 > kDeepestContents || contents_.size() >= kMostContents) return;
    if (sections_.back()["frame"]) return;
    const std::string_view text(content_.text);
    nlohmann::json line = {
        {"id", id},
        {"sub", level > 2},
        {"text_html", keep_together_html(text.substr(block.start, block.end - block.start))},
        {"role_id", marked_ ? nlohmann::json("") : sections_.back()["role_id"]},
        {"role_word", sections_.back()["role_word"]}};
    marked_ = true;
    contents_.push_back(std::move(line));
  }

  void add_list(std::span<const Block> items) {
    auto list = nlohmann::json::array();
    for (const Block& item : items) list.push_back({{"text_html", html(without_marker(item))}});
    add({{"list", true}, {"items", std::move(list)}});
  }

  /// The page draws its own marks before the items of a list.
  Block without_marker(Block item) const {
    const auto text = std::string_view(content_.text).substr(item.start, item.end - item.start);
    for (const std::string_view marker : {"- ", "+ ", "* ", "– ", "• "}) {
      if (!text.starts_with(marker)) continue;
      item.start += static_cast<std::uint32_t>(marker.size());
      return trimmed(item, content_.text);
    }
    return item;
  }

  void add_table(std::span<const Block> rows) {
    auto list = nlohmann::json::array();
    for (const Block& row : rows) {
      auto cells = nlohmann::json::array();
      std::uint32_t start = row.start;
      while (true) {
        const auto tab = content_.text.find('\t', start);
        const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(tab, row.end));
        const auto cell = trimmed({BlockKind::Paragraph, 0, start, end}, content_.text);
        cells.push_back(
            {{"text_html", cell.start < cell.end ? html(cell) : ""}, {"number", is_figure(cell)}});
        if (end >= row.end) break;
        start = end + 1;
      }
      list.push_back({{"cells", std::move(cells)}, {"head", list.empty() && rows.size() > 1}});
    }
    add({{"table", true}, {"rows", std::move(list)}});
  }

  /// "1.234,5", "98%": stands at the right of its column.
  bool is_figure(const Block& cell) const {
    const auto text = std::string_view(content_.text).substr(cell.start, cell.end - cell.start);
    return !text.empty() && text.find_first_not_of("0123456789.,%-+ ") == text.npos;
  }

  const Page& page_;
  const Content& content_;
  const search::Query query_;
  nlohmann::json sections_ = nlohmann::json::array();
  nlohmann::json contents_ = nlohmann::json::array();
  int headings_ = 0;
  int deepest_ = 1;      // level of the last heading
  bool marked_ = false;  // the section's role stands in the contents
};

}  // namespace

nlohmann::json reading_view(const Page& page, const Content& content, std::string_view query) {
  return Reader(page, content, query).read();
}

}  // namespace nhanrong::web
