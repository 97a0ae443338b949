#include <fmt/format.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <memory>

#include "indexer/extract/decoded_text.h"
#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/html.h"
#include "indexer/extract/line_shape.h"
#include "text/normalise.h"

// Letters (RFC 5322, MIME: RFC 2045–2047, 2231) and web pages saved as one file (MHTML, RFC 2557).
namespace nhanrong::indexer {
namespace {

constexpr int kMaxDepth = 50;  // multiparts in each other
constexpr int kMaxAttachments = 10'000;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct FreeString {
  void operator()(char* s) const { g_free(s); }
};
using OwnedString = std::unique_ptr<char, FreeString>;

/// Once and for good: gmime cannot be started again after g_mime_shutdown().
void start_library() {
  static const bool kStarted = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(kStarted);
}

std::string_view view(const char* s) { return s ? s : std::string_view(); }

std::string lower_ascii(std::string_view s) {
  std::string out(s);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// What was written to a stream of memory.
std::string bytes_of(GMimeStream* stream) {
  const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  // Bytes and characters share a representation.
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

/// The content of a part without its transfer encoding (base64 …).
std::string content_of(GMimePart* part) {
  GMimeDataWrapper* const content = g_mime_part_get_content(part);
  if (!content) return {};
  const Owned<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, out.get());
  return bytes_of(out.get());
}

Input as_input(std::string_view bytes, std::optional<text::Encoding> encoding) {
  return {{}, std::as_bytes(std::span(bytes)), encoding};
}

/// Names of charsets that say no more than "bytes": much old mail in TCVN3 or VNI calls itself
/// Latin-1.
bool says_nothing(std::string_view charset) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "", "us-ascii", "ascii", "utf-8", "iso-8859-1", "windows-1252", "x-unknown"};
  return std::find(kNames.begin(), kNames.end(), charset) != kNames.end();
}

/// The characters of a text part as bytes that decode_text() and read_html() understand.
std::string characters_of(GMimeObject* part, const std::string& bytes) {
  const std::string charset =
      lower_ascii(view(g_mime_object_get_content_type_parameter(part, "charset")));
  if (says_nothing(charset)) return bytes;
  if (const auto encoding = text::find_encoding(charset)) return text::decode_as(*encoding, bytes);
  if (charset == "x-viet-vps") return text::decode_as(text::Encoding::Vps, bytes);
  gsize length = 0;
  const OwnedString converted(g_convert(bytes.data(), static_cast<gssize>(bytes.size()), "UTF-8",
                                        charset.c_str(), nullptr, &length, nullptr));
  return converted ? std::string(converted.get(), length) : bytes;
}

/// Lines that end in a blank go on in the next (RFC 3676).
std::string without_soft_breaks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') continue;
    const bool soft = text[i] == '\n' && out.ends_with(' ') && !out.ends_with("\n-- ");
    if (!soft) out += text[i];
  }
  return out;
}

class MailReader {
 public:
  MailReader(const Input& input, Sink& sink) : input_(input), sink_(sink) {}

  text::Result<void> read() {
    const Owned<GMimeStream> stream(
        g_mime_stream_mem_new_with_buffer(as_chars(input_).data(), input_.bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message) return text::failure("file_damaged");
    walk(g_mime_message_get_mime_part(message.get()), 0);
    auto document = headers(message.get());
    append(document, body_);
    document.encoding_given = input_.encoding.has_value();
    if (document.blocks.empty()) return text::failure("text_none");
    sink_.document(std::move(document));
    for (auto& attachment : attachments_) sink_.part(std::move(attachment));
    return {};
  }

 private:
  /// Who writes to whom, when and what about. A page that a browser saved has none of it.
  static Extracted headers(GMimeMessage* message) {
    DocumentBuilder builder;
    const std::string subject(view(g_mime_message_get_subject(message)));
    builder.title(subject);
    const std::string from = addresses(message, GMIME_ADDRESS_TYPE_FROM);
    if (!from.empty() && from.find("Saved by") == std::string::npos) {
      builder.paragraph("Từ: " + from);
      for (const auto& [type, label] :
           {std::pair{GMIME_ADDRESS_TYPE_TO, "Đến: "}, {GMIME_ADDRESS_TYPE_CC, "Đồng gửi: "}}) {
        if (const auto list = addresses(message, type); !list.empty()) {
          builder.paragraph(label + list);
        }
      }
      if (GDateTime* const date = g_mime_message_get_date(message)) {
        const OwnedString shown(g_date_time_format(date, "%d/%m/%Y %H:%M"));
        builder.paragraph("Ngày: " + std::string(view(shown.get())));
      }
      if (!subject.empty()) builder.paragraph("Chủ đề: " + subject);
    }
    return std::move(builder).finish();
  }

  static std::string addresses(GMimeMessage* message, GMimeAddressType type) {
    InternetAddressList* const list = g_mime_message_get_addresses(message, type);
    if (!list) return {};
    const OwnedString shown(internet_address_list_to_string(list, nullptr, FALSE));
    return std::string(view(shown.get()));
  }

  void walk(GMimeObject* object, int depth) {
    if (!object || depth > kMaxDepth) return;
    if (GMIME_IS_MULTIPART(object)) {
      multipart(GMIME_MULTIPART(object), depth);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      attach_message(GMIME_MESSAGE_PART(object));
    } else if (GMIME_IS_PART(object)) {
      if (!is_attachment(object) && take_text(object)) return;
      attach(GMIME_PART(object));
    }
  }

  void multipart(GMimeMultipart* parts, int depth) {
    const int count = g_mime_multipart_get_count(parts);
    const auto* const type = g_mime_object_get_content_type(GMIME_OBJECT(parts));
    const std::string subtype = lower_ascii(
        view(g_mime_content_type_get_media_subtype(const_cast<GMimeContentType*>(type))));
    if (subtype == "alternative") return alternative(parts, depth);
    for (int i = 0; i < count; ++i) {
      GMimeObject* const part = g_mime_multipart_get_part(parts, i);
      // Pictures and style sheets of the page; what signs the letter.
      const bool aside = i > 0 && (subtype == "related" || subtype == "signed");
      if (!aside || is_attachment(part)) walk(part, depth + 1);
    }
  }

  /// The same in several forms: plain text if it says anything, else the richest.
  void alternative(GMimeMultipart* parts, int depth) {
    const int count = g_mime_multipart_get_count(parts);
    for (int i = 0; i < count; ++i) {
      GMimeObject* const part = g_mime_multipart_get_part(parts, i);
      if (!is_type(part, "text", "plain")) continue;
      const std::size_t before = body_.text.size();
      walk(part, depth + 1);
      if (body_.text.size() > before) return;
    }
    for (int i = count; i-- > 0;) {
      const std::size_t before = body_.text.size();
      walk(g_mime_multipart_get_part(parts, i), depth + 1);
      if (body_.text.size() > before) return;
    }
  }

  static bool is_type(GMimeObject* object, const char* type, const char* subtype) {
    GMimeContentType* const found = g_mime_object_get_content_type(object);
    return found && g_mime_content_type_is_type(found, type, subtype);
  }

  static bool is_attachment(GMimeObject* object) {
    return lower_ascii(view(g_mime_object_get_disposition(object))) == "attachment";
  }

  /// False: it is no text that belongs to the letter itself.
  bool take_text(GMimeObject* object) {
    const bool html =
        is_type(object, "text", "html") || is_type(object, "application", "xhtml+xml");
    if (!html && !is_type(object, "text", "plain")) return false;
    const std::string characters = characters_of(object, content_of(GMIME_PART(object)));
    const Input input = as_input(characters, input_.encoding);
    if (html) {
      if (auto page = read_html(input)) {
        append(body_, *page);
        return true;
      }
    }
    const auto decoded = decode_text(input);
    // Nobody can tell what it is: what is legible stays.
    std::string text = decoded ? decoded->utf8 : text::decode_windows_1252(characters);
    const auto format = view(g_mime_object_get_content_type_parameter(object, "format"));
    if (lower_ascii(format) == "flowed") text = without_soft_breaks(text);
    Extracted document = from_plain_text(text);
    if (decoded) document.encoding = decoded->encoding;
    append(body_, document);
    return true;
  }

  void attach(GMimePart* part) {
    const char* const written = g_mime_part_get_filename(part);
    std::string name(view(written));
    if (name.empty()) name = fmt::format("đính kèm {}", attachments_.size() + 1);
    attach(std::move(name), [part] { return content_of(part); });
  }

  /// A letter inside this one, as the file that it would be.
  void attach_message(GMimeMessagePart* part) {
    GMimeMessage* const message = g_mime_message_part_get_message(part);
    if (!message) return;
    const std::string subject(view(g_mime_message_get_subject(message)));
    std::string name = subject.empty() ? fmt::format("thư {}", attachments_.size() + 1) : subject;
    std::replace(name.begin(), name.end(), '/', '-');
    attach(name + ".eml", [message] {
      const Owned<GMimeStream> out(g_mime_stream_mem_new());
      g_mime_object_write_to_stream(GMIME_OBJECT(message), nullptr, out.get());
      return bytes_of(out.get());
    });
  }

  template <class Content>
  void attach(std::string name, Content content) {
    if (attachments_.size() == kMaxAttachments) {
      if (!full_) {
        sink_.refuse(0, {"container_large", std::move(name), fmt::format("> {}", kMaxAttachments)});
      }
      full_ = true;
      return;
    }
    attachments_.push_back({std::move(name), content()});
  }

  const Input& input_;
  Sink& sink_;
  Extracted body_;
  std::vector<Part> attachments_;
  bool full_ = false;  // the rest has been refused
};

/// Does it begin with the header of a letter? `head`: in lower case.
bool begins_with_header(std::string_view head) {
  bool from = false, mime = false, letter = false, content = false;
  while (!head.empty()) {
    const auto end = std::min(head.find('\n'), head.size());
    const auto line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    if (without_blanks(line).empty()) break;
    if (line.starts_with(' ') || line.starts_with('\t')) continue;
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    const bool token = std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    // The last line may be cut.
    if (colon == std::string_view::npos && !head.empty()) return false;
    if (!token || name.empty()) return false;
    from = from || name == "from" || name == "return-path";
    mime = mime || name == "mime-version";
    content = content || name == "content-type";
    letter = letter || name == "date" || name == "message-id" || name == "received" || mime;
  }
  return (from && letter) || (mime && content);
}

class MailExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "message/rfc822"; }

  bool accepts(const Input& input) const override { return begins_with_header(sniff_text(input)); }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    start_library();
    return MailReader(input, sink).read();
  }
};

}  // namespace

std::unique_ptr<Extractor> make_mail_extractor() { return std::make_unique<MailExtractor>(); }

}  // namespace nhanrong::indexer
