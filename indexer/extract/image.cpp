#include <leptonica/allheaders.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/page_lines.h"
#include "indexer/extract/page_recognition.h"

namespace nhanrong::indexer {
namespace {

constexpr int kMostPages = 2000;

struct DestroyPix {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPointer = std::unique_ptr<Pix, DestroyPix>;

const l_uint8* bytes_of(const Input& input) {
  return reinterpret_cast<const l_uint8*>(input.bytes.data());
}

bool is_tiff(const Input& input) {
  return as_chars(input).starts_with("II*") || as_chars(input).starts_with("MM");
}

/// Are width and height, as the file's head claims them, small enough to unpack? Colours count: 81
/// million pixels of them took 600 MB.
bool has_bearable_size(const Input& input) {
  l_int32 width = 0, height = 0, samples = 0;
  const auto code = pixReadHeaderMem(bytes_of(input), input.bytes.size(), nullptr, &width, &height,
                                     nullptr, &samples, nullptr);
  return code == 0 && width > 0 && height > 0 &&
         static_cast<std::int64_t>(width) * height <= 4 * kMostPixels / std::max(1, samples);
}

std::optional<PageImage> to_page_image(const PixPointer& pix) {
  if (!pix) return std::nullopt;
  // Transparent parts of a PNG are paper.
  const PixPointer grey(pixConvertTo8(pix.get(), 0));
  if (!grey) return std::nullopt;
  PageImage image;
  image.width = pixGetWidth(grey.get());
  image.height = pixGetHeight(grey.get());
  image.resolution = pixGetXRes(pix.get());
  if (static_cast<std::int64_t>(image.width) * image.height > 4 * kMostPixels) return std::nullopt;
  image.grey.reserve(static_cast<std::size_t>(image.width) *
                     static_cast<std::size_t>(image.height));
  for (int y = 0; y < image.height; ++y) {
    const l_uint32* const line =
        pixGetData(grey.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(grey.get());
    for (int x = 0; x < image.width; ++x) {
      image.grey.push_back(static_cast<std::uint8_t>(GET_DATA_BYTE(line, x)));
    }
  }
  return image;
}

/// Photographs and scans: TIFF with any number of pages, PNG, JPEG.
class ImageExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "image"; }

  bool accepts(const Input& input) const override {
    static constexpr std::array<std::string_view, 4> kMagic = {"\x89PNG\r\n\x1A\n", "\xFF\xD8\xFF",
                                                               "II*", "MM"};
    const auto bytes = as_chars(input);
    if (bytes.starts_with("MM")) return bytes.starts_with(std::string_view("MM\0*", 4));
    return std::any_of(kMagic.begin(), kMagic.end(),
                       [&](std::string_view magic) { return bytes.starts_with(magic); });
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    setMsgSeverity(L_SEVERITY_NONE);
    if (!has_bearable_size(input)) return text::failure("file_damaged", "", "image");
    PageRecognition recognition(input);
    std::vector<PrintedPage> pages;
    for (int number = 1; number <= count_pages(input); ++number) {
      const auto read = recognition.read(number, [&] { return draw(input, number); });
      if (!read) continue;
      recognition.take(*read);
      pages.push_back(printed_page(read->words, number == 1));
    }
    DocumentBuilder builder;
    add_pages(std::move(pages), builder);
    auto document = std::move(builder).finish();
    recognition.note_in(document);
    if (document.text.empty() && !recognition.has_unread()) return text::failure("image_no_text");
    sink.document(std::move(document));
    return {};
  }

 private:
  static int count_pages(const Input& input) {
    if (!is_tiff(input)) return 1;
    int pages = 0;
    l_int32 width = 0, height = 0;
    while (pages < kMostPages &&
           readHeaderMemTiff(bytes_of(input), input.bytes.size(), pages, &width, &height, nullptr,
                             nullptr, nullptr, nullptr, nullptr) == 0) {
      ++pages;
    }
    return pages;
  }

  static std::optional<PageImage> draw(const Input& input, int number) {
    return to_page_image(
        PixPointer(is_tiff(input) ? pixReadMemTiff(bytes_of(input), input.bytes.size(), number - 1)
                                  : pixReadMem(bytes_of(input), input.bytes.size())));
  }
};

}  // namespace

std::unique_ptr<Extractor> make_image_extractor() { return std::make_unique<ImageExtractor>(); }

}  // namespace nhanrong::indexer
