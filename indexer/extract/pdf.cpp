#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/page_lines.h"
#include "indexer/extract/run_decoder.h"

namespace nhanrong::indexer {
namespace {

std::string to_string(const poppler::ustring& s) {
  const auto utf8 = s.to_utf8();
  return {utf8.begin(), utf8.end()};
}

PageLines read_page(const poppler::page& page) {
  // Reading order would tear the cells of tables apart, raw order depends on the program that made
  // the file; the physical layout keeps rows and indents (docs/extraction.md).
  const std::string text = to_string(page.text({}, poppler::page::physical_layout));
  PageLines lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of("\n\f", at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool has_text(const PageLines& page) {
  return std::any_of(page.begin(), page.end(),
                     [](const std::string& line) { return !without_blanks(line).empty(); });
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
    std::vector<PageLines> pages;
    bool any = false;
    for (int i = 0; i < pdf->pages(); ++i) {
      const std::unique_ptr<poppler::page> page(pdf->create_page(i));
      if (!page) continue;
      pages.push_back(read_page(*page));
      any = any || has_text(pages.back());
    }
    if (pages.empty()) return text::failure("file_damaged", "", "PDF");
    if (!any) return text::failure("pdf_no_text");
    RunDecoder decoder(input.encoding);
    for (const auto& page : pages) {
      for (const auto& line : page) decoder.gather("", line + "\n");
    }
    for (auto& page : pages) {
      for (auto& line : page) line = decoder.decode(std::array{FontRun{"", line}});
    }
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
