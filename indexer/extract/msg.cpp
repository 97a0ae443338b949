#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "indexer/extract/compressed_rtf.h"
#include "indexer/extract/decoded_text.h"
#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/little_endian.h"
#include "indexer/extract/ole_file.h"
#include "text/code_page.h"
#include "text/normalise.h"
#include "text/syllable.h"

// Letters that Outlook saves as files; source: [MS-OXMSG], properties in [MS-OXPROPS].
namespace nhanrong::indexer {
namespace {

constexpr int kMaxDepth = 4;  // letters in letters
constexpr std::string_view kProperties = "__properties_version1.0";
// Bytes before the properties of a letter and of one within it; [MS-OXMSG] 2.4.1.
constexpr std::size_t kLetterHead = 32, kInnerHead = 24;

// Numbers of properties, [MS-OXPROPS] 2.
constexpr unsigned kSubject = 0x0037, kSubmitted = 0x0039, kSenderName = 0x0C1A,
                   kSenderAddress = 0x0C1F, kSenderSmtp = 0x5D01, kCopiesTo = 0x0E03,
                   kSentTo = 0x0E04, kDelivered = 0x0E06, kBody = 0x1000, kPackedRtf = 0x1009,
                   kHtml = 0x1013, kContents = 0x3701, kShortName = 0x3704, kLongName = 0x3707,
                   kShownName = 0x3001, kContentId = 0x3712, kInternetCodePage = 0x3FDE,
                   kCodePage = 0x3FFD;
// Their types, [MS-OXCDATA] 2.11.1.
constexpr unsigned kInteger = 0x0003, kObject = 0x000D, kBytes8 = 0x001E, kUtf16 = 0x001F,
                   kTime = 0x0040, kBinary = 0x0102;

/// Keeps the one document of a body.
class BodySink final : public Sink {
 public:
  void document(Extracted document) override { body = std::move(document); }
  void refuse(int, text::Error) override {}
  std::optional<Extracted> body;
};

class MsgReader {
 public:
  MsgReader(const OleFile& file, std::optional<text::Encoding> encoding)
      : file_(file), encoding_(encoding) {}

  Extracted read() {
    letter(file_.root(), kLetterHead, 0);
    auto document = std::move(builder_).finish();
    document.encoding = std::move(read_as_);
    document.encoding_given = encoding_.has_value();
    return document;
  }
  std::vector<Part>& parts() { return parts_; }

 private:
  using Storage = OleFile::Entry;

  void letter(const Storage& storage, std::size_t head, int depth) {
    const std::string subject = text_property(storage, kSubject);
    if (depth == 0) builder_.title(subject);
    builder_.heading(depth + 1, subject);
    line("Từ: ", sender(storage));
    line("Đến: ", text_property(storage, kSentTo));
    line("Đồng gửi: ", text_property(storage, kCopiesTo));
    auto time = fixed_property(storage, head, kSubmitted, kTime);
    if (!time) time = fixed_property(storage, head, kDelivered, kTime);
    if (time) line("Ngày: ", shown_time(*time));
    const bool html = body(storage, head);
    for (const Storage* attachment : attachments(storage)) {
      read_attachment(*attachment, html, depth);
    }
  }

  void line(std::string_view what, std::string_view text) {
    if (!without_blanks(text).empty()) builder_.paragraph(std::string(what) + std::string(text));
  }

  std::string sender(const Storage& storage) const {
    std::string name = text_property(storage, kSenderName);
    std::string address = text_property(storage, kSenderSmtp);
    if (address.empty()) address = text_property(storage, kSenderAddress);
    // Within an organisation an address is a path of its directory.
    if (address.find('@') == std::string::npos || address == name) return name;
    return name.empty() ? address : fmt::format("{} <{}>", name, address);
  }

  /// 100 nanoseconds since 1601, shown by the one clock of Vietnam (UTC+7).
  static std::string shown_time(std::uint64_t time) {
    constexpr std::uint64_t kPerSecond = 10'000'000, kUntil1970 = 11'644'473'600,
                            kUntil3000 = 44'149'536'000;
    constexpr std::uint64_t kAhead = 25'200;
    const std::uint64_t seconds = time / kPerSecond;
    if (seconds < kUntil1970 || seconds > kUntil3000) return {};
    const std::chrono::sys_seconds point(
        std::chrono::seconds(static_cast<std::int64_t>(seconds - kUntil1970 + kAhead)));
    const auto day = std::chrono::floor<std::chrono::days>(point);
    const std::chrono::year_month_day date(day);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(point - day).count();
    return fmt::format("{:02}/{:02}/{} {:02}:{:02}", static_cast<unsigned>(date.day()),
                       static_cast<unsigned>(date.month()), static_cast<int>(date.year()),
                       minutes / 60, minutes % 60);
  }

  /// The body as HTML, as plain text or as packed RTF, the first that is there; true: it is HTML.
  bool body(const Storage& storage, std::size_t head) {
    const auto code_page = fixed_property(storage, head, kInternetCodePage, kInteger);
    const auto html = property(storage, kHtml, kBinary);
    if (html && add(*make_html_extractor(), as_utf8(*html, code_page))) return true;
    if (const auto text = plain_body(storage, head)) {
      builder_.line(*text);
      return false;
    }
    const auto rtf = unpack_rtf(property(storage, kPackedRtf, kBinary).value_or(""));
    if (rtf) add(*make_rtf_extractor(), *rtf);
    return false;
  }

  /// What HTML says in the code page of the letter; UTF-8 and what nobody names stays as it is.
  static std::string as_utf8(const std::string& html, std::optional<std::uint64_t> code_page) {
    constexpr std::uint64_t kUtf8 = 65001, kAscii = 20127;
    if (!code_page || *code_page == kUtf8 || *code_page == kAscii || *code_page > kUtf8)
      return html;
    const auto unicode = text::decode(std::as_bytes(std::span(html)));
    return unicode ? html : text::decode_code_page(static_cast<int>(*code_page), html);
  }

  std::optional<std::string> plain_body(const Storage& storage, std::size_t head) {
    if (const auto wide = property(storage, kBody, kUtf16)) {
      auto mended = mend_characters(text::decode_utf16_le(*wide), encoding_);
      if (!mended.encoding.empty()) read_as_ = mended.encoding;
      return std::move(mended.utf8);
    }
    const auto bytes = property(storage, kBody, kBytes8);
    if (!bytes) return std::nullopt;
    if (auto decoded = decode_text({"", std::as_bytes(std::span(*bytes)), encoding_})) {
      if (!decoded->encoding.empty()) read_as_ = decoded->encoding;
      return std::move(decoded->utf8);
    }
    const auto code_page = fixed_property(storage, head, kCodePage, kInteger).value_or(1252);
    return text::decode_code_page(static_cast<int>(std::min<std::uint64_t>(code_page, 65001)),
                                  *bytes);
  }

  /// Adds what another extractor reads; false: nothing.
  bool add(const Extractor& extractor, const std::string& bytes) {
    BodySink sink;
    const Input input{"", std::as_bytes(std::span(bytes)), encoding_};
    if (!extractor.extract(input, sink) || !sink.body) return false;
    for (const corpus::Block& block : sink.body->blocks) {
      add_block(block, sink.body->text.substr(block.start, block.end - block.start));
    }
    if (!sink.body->encoding.empty()) read_as_ = sink.body->encoding;
    return !sink.body->blocks.empty();
  }

  void add_block(const corpus::Block& block, const std::string& text) {
    switch (block.kind) {
      case corpus::BlockKind::Heading:
        builder_.heading(block.level, text);
        break;
      case corpus::BlockKind::ListItem:
        builder_.list_item(block.level, text);
        break;
      case corpus::BlockKind::TableRow: {
        std::vector<std::string> cells(1);
        for (const char c : text) {
          if (c == '\t') {
            cells.emplace_back();
          } else {
            cells.back() += c;
          }
        }
        builder_.table_row(cells);
        break;
      }
      case corpus::BlockKind::Paragraph:
        builder_.paragraph(text);
        break;
    }
  }

  std::vector<const Storage*> attachments(const Storage& storage) const {
    std::vector<const Storage*> out;
    for (const std::size_t number : storage.held) {
      const Storage& entry = file_.entry(number);
      if (entry.is_storage && entry.name.starts_with("__attach_version1.0_")) out.push_back(&entry);
    }
    std::sort(out.begin(), out.end(),
              [](const Storage* a, const Storage* b) { return a->name < b->name; });
    return out;
  }

  void read_attachment(const Storage& attachment, bool html, int depth) {
    const Storage* const inner = file_.find(attachment, stream_name(kContents, kObject));
    if (inner && inner->is_storage && depth + 1 < kMaxDepth) {
      return letter(*inner, kInnerHead, depth + 1);
    }
    auto bytes = property(attachment, kContents, kBinary);
    std::string name = text_property(attachment, kLongName);
    if (name.empty()) name = text_property(attachment, kShortName);
    if (name.empty()) name = text_property(attachment, kShownName);
    if (name.empty()) name = fmt::format("tệp đính kèm {}", parts_.size() + 1);
    const bool shown_in_body = html && !text_property(attachment, kContentId).empty();
    if (!bytes || (shown_in_body && is_picture(name))) return;
    parts_.push_back({std::move(name), std::move(*bytes)});
  }

  /// Logos and signatures that HTML shows.
  static bool is_picture(std::string_view name) {
    const std::string lower = text::lower(name);
    static constexpr std::array<std::string_view, 6> kEnds = {".png", ".jpg", ".jpeg",
                                                              ".gif", ".bmp", ".emz"};
    return std::any_of(kEnds.begin(), kEnds.end(),
                       [&](std::string_view end) { return lower.ends_with(end); });
  }

  static std::string stream_name(unsigned number, unsigned type) {
    return fmt::format("__substg1.0_{:04X}{:04X}", number, type);
  }

  std::optional<std::string> property(const Storage& storage, unsigned number,
                                      unsigned type) const {
    const Storage* const stream = file_.find(storage, stream_name(number, type));
    return stream ? file_.read(*stream) : std::nullopt;
  }

  /// As UTF-8 without NUL at the end; empty: there is none.
  std::string text_property(const Storage& storage, unsigned number) const {
    std::string out;
    if (const auto wide = property(storage, number, kUtf16)) {
      out = text::decode_utf16_le(*wide);
    } else if (const auto bytes = property(storage, number, kBytes8)) {
      const auto decoded = decode_text({"", std::as_bytes(std::span(*bytes)), encoding_});
      out = decoded ? decoded->utf8 : text::decode_code_page(1252, *bytes);
    }
    return out.substr(0, out.find('\0'));
  }

  /// A property whose value stands in the table of properties, [MS-OXMSG] 2.4.2.1.
  std::optional<std::uint64_t> fixed_property(const Storage& storage, std::size_t head,
                                              unsigned number, unsigned type) const {
    constexpr std::size_t kEntry = 16;
    const Storage* const stream = file_.find(storage, kProperties);
    const std::string table = stream ? file_.read(*stream).value_or("") : "";
    for (std::size_t at = head; at + kEntry <= table.size(); at += kEntry) {
      if (u16_at(table, at) != type || u16_at(table, at + 2) != number) continue;
      return type == kInteger ? std::uint64_t{u32_at(table, at + 8)} : u64_at(table, at + 8);
    }
    return std::nullopt;
  }

  const OleFile& file_;
  std::optional<text::Encoding> encoding_;
  DocumentBuilder builder_;
  std::vector<Part> parts_;
  std::string read_as_;
};

class MsgExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/vnd.ms-outlook"; }

  bool accepts(const Input& input) const override {
    return is_ole_with(input, kProperties, ".msg");
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto file = OleFile::open(as_chars(input));
    if (!file) return text::failure("file_damaged", "", "OLE");
    MsgReader reader(*file, input.encoding);
    auto document = reader.read();
    if (document.blocks.empty() && reader.parts().empty()) return text::failure("text_none");
    if (!document.blocks.empty()) sink.document(std::move(document));
    for (Part& part : reader.parts()) sink.part(std::move(part));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_msg_extractor() { return std::make_unique<MsgExtractor>(); }

}  // namespace nhanrong::indexer
