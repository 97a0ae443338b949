#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "indexer/extract/extractor.h"
#include "indexer/extract/page_reader.h"

namespace nhanrong::indexer {

/// What a child says of the file it opens, in this order: Format, any number of questions, pages,
/// documents and refusals, Done. Only questions are answered. On the wire: the length of what
/// follows; the length of a JSON text; that text; the bytes of a document's original. Lengths are 8
/// bytes, little-endian.
struct FormatMessage {
  std::string media_type;
};
struct RefusalMessage {
  int line;
  text::Error error;
};
/// Is this page image known? Answer: a length and a page (encode_page); length 0: it is not.
struct PageQuestion {
  std::string image;
};
/// The end; with an error the whole file is refused.
struct DoneMessage {
  std::optional<text::Error> error;
};
using Message = std::variant<FormatMessage, PageQuestion, RecognisedPage, Extracted, RefusalMessage,
                             DoneMessage>;

inline constexpr std::size_t kMessageLengthBytes = 8;

std::string encode_message(const Message& message);
/// What stands behind the first length; nullopt for what no sound child sends (the child reads
/// hostile files: every range is checked).
std::optional<Message> decode_message(std::string_view bytes);
std::uint64_t decode_message_length(std::string_view eight_bytes);
/// An answer with its length.
std::string encode_answer(const std::optional<RecognisedPage>& page);

/// A page as one line of JSON, as it is kept in library/pages/ (docs/extraction.md).
std::string encode_page(const RecognisedPage& page);
std::optional<RecognisedPage> decode_page(std::string_view json);

}  // namespace nhanrong::indexer
