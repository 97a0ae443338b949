#include "indexer/extract/formats.h"
#include "tests/fuzz/extractor_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kExtractor = nhanrong::indexer::make_ppt_extractor();
  nhanrong::indexer::extract_any_bytes(*kExtractor, data, size);
  return 0;
}
