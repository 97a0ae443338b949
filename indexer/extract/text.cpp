#include "indexer/extract/decoded_text.h"
#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"

namespace nhanrong::indexer {
namespace {

class TextExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "text/plain"; }

  bool accepts(const Input& input) const override { return !sniff_text(input).empty(); }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto decoded = decode_text(input);
    if (!decoded) return tl::unexpected(decoded.error());
    auto document = from_plain_text(decoded->utf8);
    if (document.blocks.empty()) return text::failure("text_none");
    document.encoding = decoded->encoding;
    document.encoding_given = input.encoding.has_value();
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_text_extractor() { return std::make_unique<TextExtractor>(); }

}  // namespace nhanrong::indexer
