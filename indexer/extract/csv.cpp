#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "indexer/extract/decoded_text.h"
#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"

// Comma-separated values as RFC 4180 has them and as Excel writes them in Vietnam: parted by ';' or
// tab, since the comma stands in numbers.
namespace nhanrong::indexer {
namespace {

using Record = std::vector<std::string>;

/// A quotation mark that none closes within so many bytes is a character like others.
constexpr std::size_t kLongestQuoted = 100'000;
/// What Excel opens. A line of 50 MB held 25 million fields and 1.5 GB of memory.
constexpr std::size_t kMostFields = 16'384;

class CsvReader {
 public:
  CsvReader(std::string_view text, char delimiter) : rest_(text), delimiter_(delimiter) {}

  bool at_end() const { return rest_.empty(); }

  /// A record that is too long ends after kMostFields + 1.
  Record next() {
    Record record;
    for (;;) {
      record.push_back(field());
      if (rest_.empty() || record.size() > kMostFields) return record;
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == delimiter_) continue;
      if (c == '\r' && rest_.starts_with('\n')) rest_.remove_prefix(1);
      return record;
    }
  }

 private:
  std::string field() {
    std::string out;
    if (rest_.starts_with('"') && quoted(out)) return out + plain();
    return plain();
  }

  /// False: it is not closed; nothing is taken.
  bool quoted(std::string& out) {
    const std::string_view window = rest_.substr(0, kLongestQuoted);
    for (std::size_t at = 1; at < window.size(); ++at) {
      if (window[at] != '"') {
        out += window[at];
      } else if (at + 1 < window.size() && window[at + 1] == '"') {
        out += window[at++];
      } else {
        rest_.remove_prefix(at + 1);
        return true;
      }
    }
    out.clear();
    return false;
  }

  std::string plain() {
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] != delimiter_ && rest_[end] != '\n' &&
           rest_[end] != '\r') {
      ++end;
    }
    std::string out(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return out;
  }

  std::string_view rest_;
  char delimiter_;
};

/// How even the records are when parted so.
struct Shape {
  double share = 0;  // of the records, those with as many fields as most have
  std::size_t fields = 0;
};

Shape shape_of(std::string_view text, char delimiter) {
  std::map<std::size_t, std::size_t> records_by_fields;
  std::size_t records = 0;
  for (CsvReader reader(text, delimiter); !reader.at_end();) {
    const Record record = reader.next();
    if (record.size() == 1 && without_blanks(record[0]).empty()) continue;
    ++records;
    ++records_by_fields[record.size()];
  }
  Shape shape;
  for (const auto& [fields, n] : records_by_fields) {
    const double share = static_cast<double>(n) / static_cast<double>(records);
    if (fields > 1 && records > 1 && share >= shape.share) shape = {share, fields};
  }
  return shape;
}

constexpr std::size_t kMostSniffed = 65'536;

/// What parts the fields; 0: this is no table. Looks at the beginning of `text`, at more of it
/// where the first two lines are long.
char find_delimiter(std::string_view text) {
  constexpr double kEven = 0.8;
  constexpr std::size_t kBeginning = 4096;
  const auto first_line = std::min(text.find('\n'), text.size());
  const auto second_line = std::min(text.find('\n', first_line + 1), text.size());
  text = text.substr(0, std::clamp(second_line + 1, kBeginning, kMostSniffed));
  // Excel's own first line.
  if (text.size() > 4 && (text.starts_with("sep=") || text.starts_with("SEP="))) return text[4];
  // The last line may be cut.
  if (const auto end = text.rfind('\n'); end != std::string_view::npos) text = text.substr(0, end);
  char best = 0;
  Shape most;
  for (const char delimiter : {'\t', ';', ',', '|'}) {
    const Shape shape = shape_of(text, delimiter);
    if (shape.share < kEven || shape.share < most.share) continue;
    if (shape.share > most.share || shape.fields > most.fields) {
      most = shape;
      best = delimiter;
    }
  }
  return best;
}

class CsvExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "text/csv"; }

  bool accepts(const Input& input) const override {
    const bool named =
        has_suffix(input, ".csv") || has_suffix(input, ".tsv") || has_suffix(input, ".tab");
    return named && find_delimiter(sniff_text(input, kMostSniffed)) != 0;
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto decoded = decode_text(input);
    if (!decoded) return tl::unexpected(decoded.error());
    std::string_view text = decoded->utf8;
    // Of what a decoder made of the beginning the delimiters are still those that accepts() saw.
    char delimiter = find_delimiter(text);
    if (delimiter == 0) delimiter = find_delimiter(sniff_text(input, kMostSniffed));
    if (text.starts_with("sep=") || text.starts_with("SEP=")) {
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    }
    DocumentBuilder builder;
    for (CsvReader reader(text, delimiter); !reader.at_end();) {
      Record record = reader.next();
      if (record.size() > kMostFields) {
        return text::failure("text_too_large", "", fmt::format("> {}", kMostFields));
      }
      while (!record.empty() && without_blanks(record.back()).empty()) record.pop_back();
      builder.table_row(record);
    }
    auto document = std::move(builder).finish();
    if (document.blocks.empty()) return text::failure("text_none");
    document.encoding = decoded->encoding;
    document.encoding_given = input.encoding.has_value();
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_csv_extractor() { return std::make_unique<CsvExtractor>(); }

}  // namespace nhanrong::indexer
