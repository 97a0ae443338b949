#pragma once
#include <memory>

#include "indexer/extract/page_reader.h"

namespace nhanrong::indexer {

/// Tesseract with its Vietnamese model (Debian package tesseract-ocr-vie). One thread at a time.
class Tesseract {
 public:
  /// nullptr: the model is not installed.
  static std::unique_ptr<Tesseract> open();
  ~Tesseract();
  Tesseract(const Tesseract&) = delete;

  /// The words of an image: set straight first, turned by quarters if it makes no sense as it is;
  /// an image below 200 dpi is enlarged. Boxes in points of the straightened page. Takes one to
  /// five seconds for A4.
  RecognisedPage read(const PageImage& image);

 private:
  struct Impl;
  explicit Tesseract(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::indexer
