#include <algorithm>
#include <optional>

#include "indexer/extract/decoded_text.h"
#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"

namespace nhanrong::indexer {
namespace {

/// "[text](address)" and "![text](address)" as their text, emphasis and code marks taken off,
/// "\*" as "*".
std::string plain_inline(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (c == '\\' && i + 1 < s.size() &&
        std::string_view("\\`*_{}[]()#+-.!|").find(s[i + 1]) != std::string_view::npos) {
      out.push_back(s[++i]);
    } else if (c == '*' || c == '`') {
      continue;
    } else if (c == '_') {
      // Only at the edge of a word: snake_case is no emphasis.
      const bool word_before = i > 0 && s[i - 1] != ' ' && s[i - 1] != '_' && s[i - 1] != '*';
      const bool word_after = i + 1 < s.size() && s[i + 1] != ' ' && s[i + 1] != '_';
      if (word_before && word_after) out.push_back(c);
    } else if (c == '!' && i + 1 < s.size() && s[i + 1] == '[') {
      continue;
    } else if (c == '[') {
      const auto close = s.find("](", i);
      const auto end = close == std::string_view::npos ? close : s.find(')', close);
      if (end == std::string_view::npos) {
        out.push_back(c);
        continue;
      }
      for (const char inner : s.substr(i + 1, close - i - 1)) {
        if (inner != '*' && inner != '`') out.push_back(inner);
      }
      i = end;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

/// Level of "## Heading", its marks taken off; 0: none.
int take_heading_marks(std::string_view& line) {
  const auto level = std::min(line.find_first_not_of('#'), line.size());
  if (level == 0 || level > 6) return 0;
  if (level < line.size() && line[level] != ' ' && line[level] != '\t') return 0;
  line = without_blanks(line.substr(level));
  while (line.ends_with('#')) line.remove_suffix(1);
  line = without_blanks(line);
  return static_cast<int>(level);
}

/// Takes "- " off; "1. " stays, since the number is text. False: no list item.
bool take_list_mark(std::string_view& line) {
  if (line.size() > 2 && std::string_view("-*+").find(line[0]) != std::string_view::npos &&
      line[1] == ' ') {
    line = without_blanks(line.substr(2));
    return true;
  }
  const auto digits = line.find_first_not_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && digits <= 3 &&
         (line.substr(digits).starts_with(". ") || line.substr(digits).starts_with(") "));
}

bool is_made_of(std::string_view line, std::string_view characters) {
  return !line.empty() && line.find_first_not_of(characters) == std::string_view::npos;
}

std::vector<std::string> cells_of(std::string_view line) {
  line.remove_prefix(1);
  if (line.ends_with('|')) line.remove_suffix(1);
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell.push_back(line[++i]);
    } else if (line[i] == '|') {
      cells.push_back(plain_inline(without_blanks(cell)));
      cell.clear();
    } else {
      cell.push_back(line[i]);
    }
  }
  cells.push_back(plain_inline(without_blanks(cell)));
  return cells;
}

/// Reads line by line; lines of one paragraph are joined.
class MarkdownReader {
 public:
  void read(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      take(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    flush();
  }
  Extracted finish() && { return std::move(builder_).finish(); }

 private:
  void take(std::string_view raw) {
    std::string_view line = without_blanks(raw);
    if (line.starts_with("```") || line.starts_with("~~~")) {
      flush();
      fenced_ = !fenced_;
      return;
    }
    if (fenced_) {
      builder_.paragraph(line);
      return;
    }
    if (line.empty()) {
      flush();
    } else if (!paragraph_.empty() && !item_ && (is_made_of(line, "=") || is_made_of(line, "-"))) {
      builder_.heading(line[0] == '=' ? 1 : 2, paragraph_);
      paragraph_.clear();
    } else if (is_made_of(line, "-* _") && line.size() >= 3) {
      flush();
    } else {
      take_content(raw, line);
    }
  }

  void take_content(std::string_view raw, std::string_view line) {
    if (const int level = take_heading_marks(line)) {
      flush();
      builder_.heading(level, plain_inline(line));
      return;
    }
    if (line.starts_with('|')) {
      flush();
      if (!is_made_of(line, "|-: ")) builder_.table_row(cells_of(line));
      return;
    }
    while (line.starts_with('>')) line = without_blanks(line.substr(1));
    const auto indent = std::min(raw.find_first_not_of(" \t"), raw.size());
    if (take_list_mark(line)) {
      flush();
      item_ = static_cast<int>(indent / 2) + 1;
    }
    if (!paragraph_.empty() && paragraph_.back() != '\n') paragraph_.push_back(' ');
    // Two blanks or a backslash at the end break the line.
    const bool broken = raw.ends_with("  ") || raw.ends_with("  \r") || line.ends_with('\\');
    if (line.ends_with('\\')) line.remove_suffix(1);
    paragraph_ += plain_inline(line);
    if (broken) paragraph_.push_back('\n');
  }

  void flush() {
    if (item_) {
      builder_.list_item(*item_, paragraph_);
    } else {
      builder_.line(paragraph_);
    }
    paragraph_.clear();
    item_.reset();
  }

  DocumentBuilder builder_;
  std::string paragraph_;
  std::optional<int> item_;  // depth of the list item that `paragraph_` is
  bool fenced_ = false;
};

class MarkdownExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "text/markdown"; }

  bool accepts(const Input& input) const override {
    return (has_suffix(input, ".md") || has_suffix(input, ".markdown")) &&
           !sniff_text(input).empty();
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto decoded = decode_text(input);
    if (!decoded) return tl::unexpected(decoded.error());
    MarkdownReader reader;
    reader.read(decoded->utf8);
    auto document = std::move(reader).finish();
    if (document.blocks.empty()) return text::failure("text_none");
    document.encoding = decoded->encoding;
    document.encoding_given = input.encoding.has_value();
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_markdown_extractor() {
  return std::make_unique<MarkdownExtractor>();
}

}  // namespace nhanrong::indexer
