#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <utility>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/page_columns.h"
#include "indexer/extract/page_lines.h"
#include "indexer/extract/page_recognition.h"
#include "indexer/extract/prose_columns.h"
#include "indexer/extract/run_decoder.h"
#include "indexer/extract/spaced_letters.h"
#include "text/encoding_detection.h"
#include "text/normalise.h"
#include "text/vietnamese_share.h"

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

/// A font of an old encoding: ".VnTime", "ABCDEF+VNI-Times".
bool is_legacy_font(std::string_view name) {
  const auto subset = name.find('+');
  if (subset == 6) name.remove_prefix(subset + 1);
  return text::encoding_of_font(name).has_value();
}

bool has_legacy_fonts(const poppler::document& pdf) {
  return std::ranges::any_of(pdf.fonts(),
                             [](const auto& font) { return is_legacy_font(font.name()); });
}

/// As words_of(), each word with its font.
std::vector<std::pair<PrintedWord, std::string>> words_with_fonts(const poppler::page& page) {
  std::vector<std::pair<PrintedWord, std::string>> words;
  for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
    const poppler::rectf at = box.bbox();
    if (box.rotation() != 0) continue;
    std::string font = box.has_font_info() ? box.get_font_name(0) : "";
    if (const auto subset = font.find('+'); subset == 6) font.erase(0, subset + 1);
    words.emplace_back(
        PrintedWord{at.left(), at.top(), at.right(), at.bottom(), to_string(box.text())},
        std::move(font));
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
  const poppler::rectf whole = page.page_rect();
  PrintedPage parts;
  double top = 0;
  const auto add_lines_to = [&](double bottom) {
    if (bottom - top < 1) return;
    PageLines between = columns.empty() ? std::move(lines)
                                        : read_lines(page, {0, top, whole.width(), bottom - top});
    if (!may_be_prose_columns(between)) return parts.push_back({std::move(between)});
    auto words = words_of(page);
    std::erase_if(words, [&](const PrintedWord& word) {
      const double middle = (word.top + word.bottom) / 2;
      return middle < top || middle >= bottom;
    });
    if (!add_prose_columns(words, parts)) parts.push_back({std::move(between)});
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

std::string text_of(const PrintedPage& page) {
  std::string text;
  for (const PagePart& part : page) {
    for (const std::string& line : part.lines) text += line + "\n";
  }
  return text;
}

bool has_text(const PrintedPage& page) { return !without_blanks(text_of(page)).empty(); }

template <class What>
void each_line(std::vector<PrintedPage>& pages, const What& what) {
  for (PrintedPage& page : pages) {
    for (PagePart& part : page) std::ranges::for_each(part.lines, what);
  }
}

/// The page as the recogniser wants it; nullopt: too large, or poppler cannot draw it.
std::optional<PageImage> draw(const poppler::page& page) {
  constexpr double kResolution = 300, kPointsPerInch = 72;
  const poppler::rectf size = page.page_rect();
  const double pixels = size.width() * size.height() * std::pow(kResolution / kPointsPerInch, 2);
  if (!(pixels >= 1)) return std::nullopt;
  const double fit = std::min(1.0, std::sqrt(static_cast<double>(kMostPixels) / pixels));
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
  renderer.set_image_format(poppler::image::format_gray8);
  const poppler::image drawn = renderer.render_page(&page, kResolution * fit, kResolution * fit);
  if (!drawn.is_valid() || drawn.format() != poppler::image::format_gray8) return std::nullopt;
  PageImage image{drawn.width(), drawn.height(), static_cast<int>(kResolution * fit), {}};
  const auto width = static_cast<std::size_t>(image.width);
  image.grey.reserve(width * static_cast<std::size_t>(image.height));
  for (int y = 0; y < image.height; ++y) {
    const char* const row =
        drawn.const_data() + static_cast<std::ptrdiff_t>(y) * drawn.bytes_per_row();
    image.grey.insert(image.grey.end(), row, row + width);
  }
  return image;
}

/// Reads one PDF.
class PdfReader {
 public:
  PdfReader(const poppler::document& pdf, const Input& input)
      : pdf_(pdf), recognition_(input), decoder_(input.encoding) {}

  text::Result<Extracted> read() {
    if (has_legacy_fonts(pdf_)) {
      read_by_font();
    } else {
      read_layout();
    }
    if (pages_.empty()) return text::failure("file_damaged", "", "PDF");
    read_images();
    const bool any = std::ranges::any_of(pages_, has_text);
    if (!any && !recognition_.has_unread()) return text::failure("pdf_no_text");
    DocumentBuilder builder;
    builder.title(decoder_.decode_title(to_string(pdf_.get_title())));
    add_pages(std::move(pages_), builder);
    auto document = std::move(builder).finish();
    document.encoding = decoder_.encoding();
    document.encoding_given = decoder_.is_given();
    recognition_.note_in(document);
    return document;
  }

 private:
  /// What the text layer of the page is worth: below this it may be no Vietnamese.
  static constexpr double kDoubtful = 0.25;
  /// What the image must give to be believed instead.
  static constexpr double kVietnamese = 0.4;
  /// So many pages in a row whose image says no more than their text: it is another language.
  static constexpr int kMostVainPages = 3;

  template <class What>
  void each_page(const What& what) {
    for (int i = 0; i < pdf_.pages(); ++i) {
      const std::unique_ptr<poppler::page> page(pdf_.create_page(i));
      if (page) what(*page, i);
    }
  }

  void read_layout() {
    each_page([&](const poppler::page& page, int i) {
      pages_.push_back(read_page(page, i == 0));
      numbers_.push_back(i);
    });
    each_line(pages_, [&](std::string& line) { decoder_.gather("", line + "\n"); });
    each_line(pages_, [&](std::string& line) {
      line = join_spaced_letters(decoder_.decode(std::array{FontRun{"", line}}));
    });
  }

  /// Where fonts tell the encoding, each word is decoded by its own.
  void read_by_font() {
    std::vector<std::vector<std::pair<PrintedWord, std::string>>> all;
    each_page([&](const poppler::page& page, int i) {
      all.push_back(words_with_fonts(page));
      numbers_.push_back(i);
      for (const auto& [word, font] : all.back()) decoder_.gather(font, word.text + " ");
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<PrintedWord> words;
      for (auto& [word, font] : all[i]) {
        word.text = decoder_.decode(std::array{FontRun{font, word.text}});
        words.push_back(std::move(word));
      }
      pages_.push_back(printed_page(words, i == 0));
    }
  }

  /// Pages without text, or with a text layer that is no Vietnamese, are read from their image.
  void read_images() {
    int vain = 0;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      const bool has_layer = has_text(pages_[i]);
      const double share =
          has_layer ? text::marked_syllable_share(text::normalise(text_of(pages_[i]))) : 0;
      if (has_layer && (share >= kDoubtful || vain >= kMostVainPages)) continue;
      const std::unique_ptr<poppler::page> page(pdf_.create_page(numbers_[i]));
      if (!page) continue;
      const auto read = recognition_.read(numbers_[i] + 1, [&] { return draw(*page); });
      if (!read) continue;
      PrintedPage printed = printed_page(read->words, i == 0);
      const double found = text::marked_syllable_share(text::normalise(text_of(printed)));
      if (has_layer && (found < kVietnamese || found < share * 2)) {
        ++vain;
        continue;
      }
      vain = 0;
      recognition_.take(*read);
      pages_[i] = std::move(printed);
    }
  }

  const poppler::document& pdf_;
  PageRecognition recognition_;
  RunDecoder decoder_;
  std::vector<PrintedPage> pages_;
  std::vector<int> numbers_;  // of pages_ in the file, from 0
};

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
    auto document = PdfReader(*pdf, input).read();
    if (!document) return tl::unexpected(std::move(document.error()));
    sink.document(std::move(*document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_pdf_extractor() { return std::make_unique<PdfExtractor>(); }

}  // namespace nhanrong::indexer
