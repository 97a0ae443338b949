#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "indexer/extract/formats.h"

/// Any bytes named .csv: what comes out is text with blocks inside it, or a refusal.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

class CheckingSink final : public nhanrong::indexer::Sink {
 public:
  void document(nhanrong::indexer::Extracted document) override {
    for (const auto& block : document.blocks) {
      if (block.start > block.end || block.end > document.text.size()) std::abort();
    }
  }
  void refuse(int, nhanrong::text::Error) override {}
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto extractor = nhanrong::indexer::make_csv_extractor();
  const nhanrong::indexer::Input input{"a.csv", std::as_bytes(std::span(data, size))};
  CheckingSink sink;
  if (extractor->accepts(input)) static_cast<void>(extractor->extract(input, sink));
  return 0;
}
