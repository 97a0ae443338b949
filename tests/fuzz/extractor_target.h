#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "indexer/extract/extractor.h"

/// What every fuzz target of an extractor checks: blocks lie within the text, in order. Seeds: the
/// fixtures of the format in tests/fixtures/extract.
namespace nhanrong::indexer {

class CheckingSink final : public Sink {
 public:
  void document(Extracted document) override {
    std::uint32_t end = 0;
    for (const corpus::Block& block : document.blocks) {
      if (block.start < end || block.end < block.start || block.end > document.text.size()) {
        std::abort();
      }
      end = block.end;
    }
  }
  void refuse(int, text::Error error) override {
    if (error.code.empty()) std::abort();
  }
  void part(Part) override {}
};

/// Reads the bytes whether the extractor would accept them or not: it may be handed anything.
inline void extract_any_bytes(const Extractor& extractor, const std::uint8_t* data,
                              std::size_t size) {
  const Input input{"a", std::as_bytes(std::span(data, size))};
  static_cast<void>(extractor.accepts(input));
  CheckingSink sink;
  const auto result = extractor.extract(input, sink);
  if (!result && result.error().code.empty()) std::abort();
}

}  // namespace nhanrong::indexer
