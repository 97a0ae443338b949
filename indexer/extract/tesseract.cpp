#include "indexer/extract/tesseract.h"

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

namespace nhanrong::indexer {
namespace {

/// What the model was trained on, and what Decree 30 asks of a scan (200) with room to spare.
constexpr int kResolution = 300, kLeastResolution = 200;
constexpr double kPointsPerInch = 72;
/// Below this a page is tried in the other three directions.
constexpr int kReadable = 60;

struct DestroyPix {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPointer = std::unique_ptr<Pix, DestroyPix>;

PixPointer to_pix(const PageImage& image) {
  PixPointer pix(pixCreate(image.width, image.height, 8));
  if (!pix) return nullptr;
  const auto width = static_cast<std::size_t>(image.width);
  for (int y = 0; y < image.height; ++y) {
    l_uint32* const line =
        pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
    const std::uint8_t* const row = image.grey.data() + static_cast<std::size_t>(y) * width;
    for (int x = 0; x < image.width; ++x) SET_DATA_BYTE(line, x, row[x]);
  }
  return pix;
}

/// Resolution of an image that does not say it: as if it were an A4 page, which most are.
int guess_resolution(const PageImage& image) {
  constexpr double kShortSide = 8.27;
  if (image.resolution >= 70 && image.resolution <= 2400) return image.resolution;
  return std::max(1, static_cast<int>(std::min(image.width, image.height) / kShortSide));
}

/// Turned back by what the scanner was askew.
PixPointer straighten(PixPointer page) {
  constexpr float kLeastConfidence = 3, kLeastAngle = 0.2F;
  const PixPointer black(pixConvertTo1(page.get(), 160));
  float angle = 0, confidence = 0;
  if (!black || pixFindSkew(black.get(), &angle, &confidence) != 0) return page;
  if (confidence < kLeastConfidence || std::abs(angle) < kLeastAngle) return page;
  PixPointer straight(pixRotate(page.get(), angle * std::numbers::pi_v<float> / 180,
                                L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
  return straight ? std::move(straight) : std::move(page);
}

/// What the lines of a table look like to the recogniser; also nothing at all.
bool is_rule(std::string_view word) {
  return word.find_first_not_of("|_") == std::string_view::npos;
}

RecognisedPage read_words(tesseract::TessBaseAPI& engine, Pix* page) {
  engine.SetImage(page);
  engine.SetSourceResolution(kResolution);
  RecognisedPage read;
  read.width = pixGetWidth(page) * kPointsPerInch / kResolution;
  if (engine.Recognize(nullptr) != 0) return read;
  const std::unique_ptr<tesseract::ResultIterator> words(engine.GetIterator());
  double confidence = 0;
  for (bool more = words != nullptr; more; more = words->Next(tesseract::RIL_WORD)) {
    const std::unique_ptr<char[]> text(words->GetUTF8Text(tesseract::RIL_WORD));
    int left = 0, top = 0, right = 0, bottom = 0;
    if (!text || is_rule(text.get()) ||
        !words->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) {
      continue;
    }
    const auto points = [](int pixels) { return pixels * kPointsPerInch / kResolution; };
    read.words.push_back({points(left), points(top), points(right), points(bottom), text.get()});
    confidence += words->Confidence(tesseract::RIL_WORD);
  }
  engine.Clear();
  if (!read.words.empty()) {
    read.confidence = static_cast<int>(confidence / static_cast<double>(read.words.size()));
  }
  return read;
}

}  // namespace

struct Tesseract::Impl {
  tesseract::TessBaseAPI engine;
};

Tesseract::Tesseract(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tesseract::~Tesseract() = default;

std::unique_ptr<Tesseract> Tesseract::open() {
  auto impl = std::make_unique<Impl>();
  setMsgSeverity(L_SEVERITY_NONE);
  if (impl->engine.Init(nullptr, "vie", tesseract::OEM_LSTM_ONLY) != 0) return nullptr;
  impl->engine.SetVariable("debug_file", "/dev/null");
  impl->engine.SetPageSegMode(tesseract::PSM_AUTO);
  return std::unique_ptr<Tesseract>(new Tesseract(std::move(impl)));
}

RecognisedPage Tesseract::read(const PageImage& image) {
  PixPointer page = to_pix(image);
  if (!page) return {};
  const int resolution = guess_resolution(image);
  const double pixels = static_cast<double>(image.width) * image.height;
  const float most = static_cast<float>(std::sqrt(static_cast<double>(kMostPixels) / pixels));
  const float scale =
      std::min(static_cast<float>(kResolution) / static_cast<float>(resolution), most);
  if (resolution < kLeastResolution || resolution > kResolution * 3 / 2) {
    if (PixPointer scaled(pixScale(page.get(), scale, scale)); scaled) page = std::move(scaled);
  }
  page = straighten(std::move(page));
  RecognisedPage best = read_words(impl_->engine, page.get());
  for (int quarters = 1; quarters < 4 && best.confidence < kReadable; ++quarters) {
    const PixPointer turned(pixRotateOrth(page.get(), quarters));
    if (!turned) break;
    RecognisedPage other = read_words(impl_->engine, turned.get());
    if (other.confidence > best.confidence) best = std::move(other);
  }
  return best;
}

}  // namespace nhanrong::indexer
