#include "indexer/extract/text_flow.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "indexer/extract/line_shape.h"

namespace nhanrong::indexer {

void FlowParagraph::append(std::string_view font, std::string_view utf8, bool in_bold) {
  if (utf8.empty()) return;
  if (runs.empty() || runs.back().font != font) runs.push_back({std::string(font), {}});
  runs.back().text += utf8;
  if (!in_bold && bold && !without_blanks(utf8).empty()) bold = false;
}

void TextFlow::go_to(int depth) {
  const auto wanted = static_cast<std::size_t>(std::clamp(depth, 0, kMaxTables));
  while (open_.size() > wanted) {
    OpenTable table = std::move(open_.back());
    open_.pop_back();
    if (!table.cell.empty()) table.row.push_back(std::move(table.cell));
    if (!table.row.empty()) table.rows.push_back(std::move(table.row));
    if (!table.rows.empty()) here().push_back({{}, std::move(table.rows)});
  }
  open_.resize(wanted);
}

void TextFlow::paragraph(FlowParagraph paragraph, int depth) {
  go_to(depth);
  if (!paragraph.runs.empty()) here().push_back({std::move(paragraph), {}});
}

void TextFlow::end_cell(int depth) {
  go_to(std::max(depth, 1));
  open_.back().row.push_back(std::exchange(open_.back().cell, {}));
}

void TextFlow::end_row(int depth) {
  go_to(std::max(depth, 1));
  OpenTable& table = open_.back();
  if (!table.cell.empty()) table.row.push_back(std::exchange(table.cell, {}));
  if (!table.row.empty()) table.rows.push_back(std::exchange(table.row, {}));
}

void TextFlow::append(TextFlow other, int depth) {
  auto blocks = std::move(other).finish();
  if (blocks.empty()) return;
  go_to(depth);
  auto& out = here();
  out.insert(out.end(), std::make_move_iterator(blocks.begin()),
             std::make_move_iterator(blocks.end()));
}

std::vector<FlowBlock> TextFlow::finish() && {
  go_to(0);
  return std::move(body_);
}

Extracted FlowDocument::finish() && {
  for (const auto* part : {&flows_, &headers_}) {
    for (const auto& flow : *part) gather(flow);
  }
  for (const auto& flow : flows_) build(flow);
  for (const auto& header : headers_) build_header(header);
  builder_.title(decoder_.decode_title(title_));
  auto document = std::move(builder_).finish();
  document.encoding = decoder_.encoding();
  document.encoding_given = decoder_.is_given();
  return document;
}

void FlowDocument::gather(const std::vector<FlowBlock>& blocks) {
  for (const FlowBlock& block : blocks) {
    for (const FontRun& run : block.paragraph.runs) decoder_.gather(run.font, run.text + "\n");
    for (const FlowRow& row : block.rows) {
      for (const FlowCell& cell : row) gather(cell);
    }
  }
}

void FlowDocument::build(const std::vector<FlowBlock>& blocks) {
  for (const FlowBlock& block : blocks) {
    if (block.rows.empty()) {
      build_paragraph(block.paragraph);
    } else {
      build_table(block.rows);
    }
  }
}

void FlowDocument::build_paragraph(const FlowParagraph& paragraph) {
  const std::string decoded = decoder_.decode(paragraph.runs);
  const auto text = without_blanks(decoded);
  // A page with a header is rare and most paragraphs are long: short lines are what repeats.
  if (!headers_.empty() && length_of(text) <= 300) lines_.emplace(text);
  if (paragraph.heading > 0) {
    builder_.heading(paragraph.heading, text);
  } else if (paragraph.list_level == 0) {
    builder_.line(text);
  } else if (paragraph.bold && length_of(text) <= 120 && !ends_sentence(text)) {
    // Word numbers both lists and headings; a heading is short, bold and no sentence.
    builder_.heading(paragraph.list_level + 1, text);
  } else {
    builder_.list_item(paragraph.list_level, text);
  }
}

void FlowDocument::build_table(const std::vector<FlowRow>& rows) {
  // A table of two columns with several lines in a cell is how the head (issuer beside motto) and
  // the end (receivers beside signature) of a document are laid out.
  bool layout = rows.size() <= 4;
  bool several_lines = false;
  std::vector<std::vector<std::string>> texts(rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    layout = layout && rows[r].size() <= 2;
    for (const FlowCell& cell : rows[r]) {
      std::vector<std::string> lines;
      cell_lines(cell, lines);
      several_lines = several_lines || lines.size() > 1;
      texts[r].push_back(fmt::format("{}", fmt::join(lines, " ")));
    }
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!layout || !several_lines) {
      builder_.table_row(texts[r]);
      continue;
    }
    for (const FlowCell& cell : rows[r]) build(cell);
  }
}

void FlowDocument::cell_lines(const FlowCell& cell, std::vector<std::string>& lines) {
  for (const FlowBlock& block : cell) {
    const std::string text = decoder_.decode(block.paragraph.runs);
    for (std::string_view rest = text; !rest.empty();) {
      const auto end = std::min(rest.find('\n'), rest.size());
      if (!without_blanks(rest.substr(0, end)).empty()) lines.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (const FlowRow& row : block.rows) {
      for (const FlowCell& inner : row) cell_lines(inner, lines);
    }
  }
}

void FlowDocument::build_header(const std::vector<FlowBlock>& blocks) {
  std::vector<std::string> lines;
  cell_lines(blocks, lines);
  for (const std::string& line : lines) {
    const auto text = without_blanks(line);
    if (!is_page_number(text) && lines_.emplace(text).second) builder_.paragraph(text);
  }
}

}  // namespace nhanrong::indexer
