#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "text/normalise.h"

namespace nhanrong::indexer {
namespace {

class TextExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "text/plain"; }

  bool accepts(const Input& input) const override { return !sniff_text(input).empty(); }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto decoded = text::decode(input.bytes);
    if (!decoded) return tl::unexpected(decoded.error());
    auto document = from_plain_text(*decoded);
    if (document.blocks.empty()) return text::failure("text_none");
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_text_extractor() { return std::make_unique<TextExtractor>(); }

}  // namespace nhanrong::indexer
