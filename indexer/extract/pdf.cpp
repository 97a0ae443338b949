#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <memory>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/page_columns.h"
#include "indexer/extract/page_lines.h"
#include "indexer/extract/run_decoder.h"

namespace nhanrong::indexer {
namespace {

std::string to_string(const poppler::ustring& s) {
  const auto utf8 = s.to_utf8();
  return {utf8.begin(), utf8.end()};
}

// Reading order would tear the cells of tables apart, raw order depends on the program that made
// the file; the physical layout keeps rows and indents (docs/extraction.md).
PageLines read_lines(const poppler::page& page, const poppler::rectf& part = {}) {
  const std::string text = to_string(page.text(part, poppler::page::physical_layout));
  PageLines lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of("\n\f", at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::vector<PrintedWord> words_of(const poppler::page& page) {
  std::vector<PrintedWord> words;
  for (const poppler::text_box& box : page.text_list()) {
    const poppler::rectf at = box.bbox();
    if (box.rotation() != 0) continue;  // a stamp on the margin
    words.push_back({at.left(), at.top(), at.right(), at.bottom(), to_string(box.text())});
  }
  return words;
}

/// Lines of a column are read from the boxes of their words: in the physical layout a narrow gap
/// looks like a blank, and columns that stand half a line higher than each other mix.
PrintedPage read_page(const poppler::page& page, bool first) {
  PageLines lines = read_lines(page);
  const auto holds = [&](auto sign) { return std::ranges::any_of(lines, sign); };
  const bool may_have_foot =
      holds([](const auto& line) { return line.find("Nơi nhận") != std::string::npos; });
  std::vector<PageColumns> columns;
  if (first || may_have_foot) {
    const auto words = words_of(page);
    if (auto head = first ? find_head_columns(words) : std::nullopt) columns.push_back(*head);
    if (auto foot = may_have_foot ? find_foot_columns(words) : std::nullopt) {
      if (columns.empty() || columns.front().bottom <= foot->top) columns.push_back(*foot);
    }
  }
  if (columns.empty()) return {{std::move(lines)}};
  const poppler::rectf whole = page.page_rect();
  PrintedPage parts;
  double top = 0;
  const auto add_lines_to = [&](double bottom) {
    if (bottom - top >= 1)
      parts.push_back({read_lines(page, {0, top, whole.width(), bottom - top})});
  };
  for (PageColumns& part : columns) {
    add_lines_to(part.top);
    parts.push_back({std::move(part.left), true});
    std::ranges::move(part.right, std::back_inserter(parts.back().lines));
    top = std::min(part.bottom, whole.height());
  }
  add_lines_to(whole.height());
  return parts;
}

bool has_text(const PrintedPage& page) {
  const auto has_word = [](const std::string& line) { return !without_blanks(line).empty(); };
  return std::ranges::any_of(
      page, [&](const PagePart& part) { return std::ranges::any_of(part.lines, has_word); });
}

template <class What>
void each_line(std::vector<PrintedPage>& pages, const What& what) {
  for (PrintedPage& page : pages) {
    for (PagePart& part : page) std::ranges::for_each(part.lines, what);
  }
}

class PdfExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/pdf"; }

  /// Readers accept the mark anywhere in the first 1,024 bytes (ISO 32000-1, annex H).
  bool accepts(const Input& input) const override {
    return as_chars(input).substr(0, 1024).find("%PDF-") != std::string_view::npos;
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    if (input.bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
      return text::failure("file_too_large", "", "> 2 GB");
    }
    const std::unique_ptr<poppler::document> pdf(poppler::document::load_from_raw_data(
        as_chars(input).data(), static_cast<int>(input.bytes.size())));
    if (!pdf) return text::failure("file_damaged", "", "PDF");
    if (pdf->is_locked()) return text::failure("pdf_password");
    std::vector<PrintedPage> pages;
    bool any = false;
    for (int i = 0; i < pdf->pages(); ++i) {
      const std::unique_ptr<poppler::page> page(pdf->create_page(i));
      if (!page) continue;
      pages.push_back(read_page(*page, i == 0));
      any = any || has_text(pages.back());
    }
    if (pages.empty()) return text::failure("file_damaged", "", "PDF");
    if (!any) return text::failure("pdf_no_text");
    RunDecoder decoder(input.encoding);
    each_line(pages, [&](std::string& line) { decoder.gather("", line + "\n"); });
    each_line(pages, [&](std::string& line) {
      line = decoder.decode(std::array{FontRun{"", line}});
    });
    DocumentBuilder builder;
    builder.title(decoder.decode_title(to_string(pdf->get_title())));
    add_pages(std::move(pages), builder);
    auto document = std::move(builder).finish();
    document.encoding = decoder.encoding();
    document.encoding_given = decoder.is_given();
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_pdf_extractor() { return std::make_unique<PdfExtractor>(); }

}  // namespace nhanrong::indexer
