#include "indexer/extract/document_builder.h"

#include <algorithm>
#include <utility>

#include "indexer/extract/line_shape.h"
#include "indexer/extract/spaced_letters.h"
#include "text/normalise.h"

namespace nhanrong::indexer {
namespace {

using corpus::BlockKind;

/// Every run of blanks, tabs and line ends as one blank; spaced letters put together.
std::string on_one_line(std::string_view s) {
  const std::string joined = join_spaced_letters(without_blanks(s));
  std::string out;
  out.reserve(joined.size());
  for (const char c : joined) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      out.push_back(c);
    } else if (out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

std::string_view text_of(const Extracted& document, const corpus::Block& block) {
  return std::string_view(document.text).substr(block.start, block.end - block.start);
}

void make_paragraph(corpus::Block& block) {
  if (block.kind == BlockKind::Heading) block = {BlockKind::Paragraph, 0, block.start, block.end};
}

/// The frame of a document (Decree 30/2020: issuer, motto, number, place and date above; receivers
/// and signature below) is written in capitals, too, but no heading.
void demote_frame(Extracted& document) {
  constexpr std::size_t kHeadBlocks = 16, kFootBlocks = 40;
  auto& blocks = document.blocks;
  bool motto = false;
  std::size_t head_end = 0;
  for (std::size_t i = 0; i < std::min(kHeadBlocks, blocks.size()); ++i) {
    const auto line = text_of(document, blocks[i]);
    motto = motto || holds_motto(line);
    if (holds_motto(line) || is_number_or_date_line(line)) head_end = i + 1;
  }
  for (std::size_t i = 0; motto && i < head_end; ++i) make_paragraph(blocks[i]);

  for (std::size_t i = blocks.size(); i-- > 0 && i + kFootBlocks >= blocks.size();) {
    if (!text_of(document, blocks[i]).starts_with("Nơi nhận")) continue;
    for (auto at = i; at < blocks.size(); ++at) {
      if (text_of(document, blocks[at]).starts_with("PHỤ LỤC")) break;
      make_paragraph(blocks[at]);
    }
    return;
  }
}

}  // namespace

void DocumentBuilder::add(BlockKind kind, int level, std::string_view utf8) {
  const std::string normal = text::normalise(utf8);
  const std::string_view content = without_blanks(normal);
  if (content.empty()) return;
  if (!document_.text.empty()) document_.text.push_back('\n');
  const auto start = static_cast<std::uint32_t>(document_.text.size());
  document_.text += content;
  document_.blocks.push_back(
      {kind, level, start, static_cast<std::uint32_t>(document_.text.size())});
}

void DocumentBuilder::heading(int level, std::string_view utf8) {
  add(BlockKind::Heading, std::clamp(level, 1, 6), on_one_line(utf8));
}

void DocumentBuilder::list_item(int level, std::string_view utf8) {
  constexpr int kDeepest = 99;  // what Block::level holds at most on its way out of the child
  add(BlockKind::ListItem, std::clamp(level, 1, kDeepest), on_one_line(utf8));
}

void DocumentBuilder::paragraph(std::string_view utf8) {
  while (!utf8.empty()) {
    const auto end = std::min(utf8.find('\n'), utf8.size());
    add(BlockKind::Paragraph, 0, on_one_line(utf8.substr(0, end)));
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
  }
}

void DocumentBuilder::line(std::string_view utf8) {
  while (!utf8.empty()) {
    const auto end = std::min(utf8.find('\n'), utf8.size());
    const std::string normal = text::normalise(on_one_line(utf8.substr(0, end)));
    const auto shape = shape_of_line(normal);
    add(shape.kind, shape.level, normal);
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
  }
}

void DocumentBuilder::table_row(const std::vector<std::string>& cells) {
  std::string row;
  bool empty = true;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = on_one_line(text::normalise(cells[i]));
    empty = empty && cell.empty();
    if (i > 0) row.push_back('\t');
    row += cell;
  }
  if (empty) return;
  // A row may begin with an empty cell: nothing is trimmed off it.
  if (!document_.text.empty()) document_.text.push_back('\n');
  const auto start = static_cast<std::uint32_t>(document_.text.size());
  document_.text += row;
  document_.blocks.push_back(
      {BlockKind::TableRow, 0, start, static_cast<std::uint32_t>(document_.text.size())});
}

void DocumentBuilder::title(std::string_view utf8) {
  document_.title = on_one_line(text::normalise(utf8));
}

Extracted DocumentBuilder::finish() && {
  demote_frame(document_);
  return std::move(document_);
}

Extracted from_plain_text(std::string_view utf8) {
  Extracted document;
  document.text = text::normalise(utf8);
  const std::string_view whole = document.text;
  for (std::size_t at = 0; at < whole.size();) {
    const auto end = std::min(whole.find('\n', at), whole.size());
    const auto line = without_blanks(whole.substr(at, end - at));
    if (!line.empty()) {
      const auto start = static_cast<std::uint32_t>(line.data() - whole.data());
      const auto shape = shape_of_line(line);
      document.blocks.push_back(
          {shape.kind, shape.level, start, start + static_cast<std::uint32_t>(line.size())});
    }
    at = end + 1;
  }
  demote_frame(document);
  return document;
}

void append(Extracted& document, const Extracted& part) {
  if (document.title.empty()) document.title = part.title;
  if (document.encoding.empty()) document.encoding = part.encoding;
  if (part.blocks.empty()) return;
  if (!document.text.empty()) document.text.push_back('\n');
  const auto start = static_cast<std::uint32_t>(document.text.size());
  document.text += part.text;
  for (auto block : part.blocks) {
    block.start += start;
    block.end += start;
    document.blocks.push_back(block);
  }
}

}  // namespace nhanrong::indexer
