#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indexer/extract/page_layout.h"

namespace nhanrong::indexer {

/// An image of a page: 8 bits of grey a pixel, rows from the top, 0 is black.
struct PageImage {
  int width = 0, height = 0;
  int resolution = 0;  // pixels an inch; 0: not known
  std::vector<std::uint8_t> grey;
};

/// The words that were read from an image.
struct RecognisedPage {
  std::string image;   // SHA-256 of its size and grey values; empty: there was none
  std::string member;  // of a container; empty: the file itself
  int number = 0;      // from 1
  int confidence = 0;  // of the words, 0 to 100
  double width = 0;    // in points
  std::vector<PrintedWord> words;
  bool operator==(const RecognisedPage&) const = default;
};

/// Reads pages that are images.
class PageReader {
 public:
  virtual ~PageReader() = default;
  /// What stands on page `number` (from 1) of a file or `member`: from what is known already, else
  /// from the image that `draw` gives; no words where there is no image. nullopt: nobody is there
  /// to read it now.
  virtual std::optional<RecognisedPage> read(
      const std::string& member, int number,
      const std::function<std::optional<PageImage>()>& draw) = 0;
};

/// Page images beyond this are not drawn: 40 megapixels are A3 at 400 dpi.
inline constexpr std::int64_t kMostPixels = 40'000'000;

}  // namespace nhanrong::indexer
