#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>
#include <unordered_set>

#include "corpus/record_json.h"
#include "indexer/extract/decoded_text.h"
#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "text/normalise.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kLineBytes = 64'000'000;

class JsonlExtractor final : public Extractor {
 public:
  explicit JsonlExtractor(ReferenceSource reference) : reference_(std::move(reference)) {}

  std::string_view media_type() const override { return "application/x-ndjson"; }

  bool accepts(const Input& input) const override {
    const std::string head = sniff_text(input);
    if (head.empty()) return false;
    if (has_suffix(input, ".jsonl") || has_suffix(input, ".ndjson")) return true;
    if (!without_blanks(head).starts_with('{')) return false;
    const auto all = as_chars(input);
    const auto start = all.find('{');
    if (start == std::string_view::npos) return false;
    const auto line = without_blanks(all.substr(start, all.find('\n', start) - start));
    return line.size() <= kLineBytes && nlohmann::json::accept(line);
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    std::string_view rest = as_chars(input);
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    std::unordered_set<std::string> ids;
    bool any = false;
    const corpus::Reference& reference = reference_();
    for (int number = 1; !rest.empty(); ++number) {
      const auto end = std::min(rest.find('\n'), rest.size());
      const auto line = without_blanks(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.empty()) continue;
      any = true;
      auto document = read_record(line, number, reference, input.encoding, ids);
      if (document) {
        sink.document(std::move(*document));
      } else {
        sink.refuse(number, std::move(document.error()));
      }
    }
    if (!any) return text::failure("text_none");
    return {};
  }

 private:
  static text::Result<Extracted> read_record(std::string_view line, int number,
                                             const corpus::Reference& reference,
                                             std::optional<text::Encoding> encoding,
                                             std::unordered_set<std::string>& ids) {
    if (line.size() > kLineBytes) return text::failure("record_too_large", "", "> 64 MB");
    const auto decoded = text::decode(std::as_bytes(std::span(line)));
    if (!decoded) return tl::unexpected(decoded.error());
    auto parsed = corpus::parse_record(*decoded, reference);
    if (!parsed) return tl::unexpected(std::move(parsed.error()));
    auto& record = parsed->record;
    if (!record.text || without_blanks(*record.text).empty()) {
      return text::failure("record_text_missing", "text");
    }
    if (record.id && !ids.insert(*record.id).second) {
      return text::failure("record_id_duplicate", "id", *record.id);
    }
    const auto mended = mend_characters(*record.text, encoding);
    auto document = from_plain_text(mended.utf8);
    if (document.blocks.empty()) return text::failure("record_text_missing", "text");
    const auto used = text::find_encoding(mended.encoding);
    if (used && record.values.title) {
      record.values.title = text::decode_characters_as(*used, *record.values.title);
    }
    document.encoding = mended.encoding;
    document.encoding_given = encoding.has_value();
    record.text.reset();
    document.member = record.id ? "id:" + *record.id : fmt::format("line:{}", number);
    document.line = number;
    document.given = std::move(record);
    document.ignored = std::move(parsed->ignored);
    document.original = line;
    return document;
  }

  ReferenceSource reference_;
};

}  // namespace

std::unique_ptr<Extractor> make_jsonl_extractor(ReferenceSource reference) {
  return std::make_unique<JsonlExtractor>(std::move(reference));
}

}  // namespace nhanrong::indexer
