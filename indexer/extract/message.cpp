#include "indexer/extract/message.h"

#include <nlohmann/json.hpp>

#include "corpus/record_json.h"

namespace nhanrong::indexer {
namespace {

using Json = nlohmann::json;

Json to_json(const text::Error& error) {
  return {{"code", error.code}, {"place", error.place}, {"detail", error.detail}};
}

text::Error error_from(const Json& json) {
  return {json.at("code").get<std::string>(), json.at("place").get<std::string>(),
          json.at("detail").get<std::string>()};
}

Json to_json(const corpus::Record& record) {
  Json out{{"values", corpus::values_to_json(record.values)},
           {"collection", record.collection},
           {"internal", record.internal},
           {"illustration", record.illustration}};
  if (record.id) out["id"] = *record.id;
  return out;
}

corpus::Record record_from(const Json& json) {
  corpus::Record record;
  if (json.contains("id")) record.id = json.at("id").get<std::string>();
  record.values = corpus::values_from_json(json.at("values").get<std::string>());
  record.collection = json.at("collection").get<std::string>();
  record.internal = json.at("internal").get<bool>();
  record.illustration = json.at("illustration").get<bool>();
  return record;
}

Json to_json(const Extracted& document) {
  Json blocks = Json::array();
  for (const auto& block : document.blocks) {
    blocks.push_back({static_cast<int>(block.kind), block.level, block.start, block.end});
  }
  Json out{{"text", document.text},
           {"blocks", std::move(blocks)},
           {"title", document.title},
           {"encoding", document.encoding},
           {"encoding_given", document.encoding_given}};
  if (!document.unread_pages.empty()) out["unread_pages"] = document.unread_pages;
  if (document.recognised_pages > 0) {
    out["recognised"] = {document.recognised_pages, document.recognised_confidence};
  }
  if (!document.member.empty()) {
    out["member"] = document.member;
    out["line"] = document.line;
    out["given"] = to_json(document.given);
    out["ignored"] = document.ignored;
    out["media_type"] = document.media_type;
  }
  return out;
}

Json to_json(const RecognisedPage& page) {
  Json words = Json::array();
  for (const PrintedWord& word : page.words) {
    words.push_back({word.left, word.top, word.right, word.bottom, word.text});
  }
  return {{"image", page.image},           {"member", page.member}, {"number", page.number},
          {"confidence", page.confidence}, {"width", page.width},   {"words", std::move(words)}};
}

RecognisedPage page_from(const Json& json) {
  RecognisedPage page;
  page.image = json.value("image", "");
  page.member = json.at("member").get<std::string>();
  page.number = json.at("number").get<int>();
  page.confidence = json.at("confidence").get<int>();
  page.width = json.at("width").get<double>();
  for (const Json& word : json.at("words")) {
    page.words.push_back({word.at(0).get<double>(), word.at(1).get<double>(),
                          word.at(2).get<double>(), word.at(3).get<double>(),
                          word.at(4).get<std::string>()});
  }
  return page;
}

std::vector<corpus::Block> blocks_from(const Json& json, const std::string& text) {
  std::vector<corpus::Block> blocks;
  std::uint32_t before = 0;
  const auto on_boundary = [&text](std::uint32_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
  };
  for (const Json& item : json) {
    const auto kind = item.at(0).get<int>();
    const corpus::Block block{static_cast<corpus::BlockKind>(kind), item.at(1).get<int>(),
                              item.at(2).get<std::uint32_t>(), item.at(3).get<std::uint32_t>()};
    const bool sound = kind >= 0 && kind <= static_cast<int>(corpus::BlockKind::TableRow) &&
                       block.level >= 0 && block.level < 100 && before <= block.start &&
                       block.start < block.end && block.end <= text.size() &&
                       on_boundary(block.start) && on_boundary(block.end);
    if (!sound) throw std::out_of_range("block");
    before = block.end;
    blocks.push_back(block);
  }
  return blocks;
}

Extracted document_from(const Json& json) {
  Extracted document;
  document.text = json.at("text").get<std::string>();
  document.blocks = blocks_from(json.at("blocks"), document.text);
  document.title = json.at("title").get<std::string>();
  document.encoding = json.value("encoding", "");
  document.encoding_given = json.value("encoding_given", false);
  if (!document.encoding.empty() && !text::find_encoding(document.encoding)) {
    throw std::out_of_range("encoding");
  }
  if (json.contains("unread_pages")) {
    document.unread_pages = json.at("unread_pages").get<std::vector<int>>();
  }
  if (json.contains("recognised")) {
    document.recognised_pages = json.at("recognised").at(0).get<int>();
    document.recognised_confidence = json.at("recognised").at(1).get<int>();
  }
  if (json.contains("member")) {
    document.member = json.at("member").get<std::string>();
    document.line = json.at("line").get<int>();
    document.given = record_from(json.at("given"));
    document.ignored = json.at("ignored").get<std::vector<std::string>>();
    document.media_type = json.at("media_type").get<std::string>();
  }
  return document;
}

void append_length(std::uint64_t length, std::string& out) {
  for (std::size_t i = 0; i < kMessageLengthBytes; ++i) {
    out.push_back(static_cast<char>(length >> (8 * i) & 0xFF));
  }
}

struct Encoder {
  Json operator()(const FormatMessage& m) const { return {{"format", m.media_type}}; }
  Json operator()(const PageQuestion& m) const { return {{"question", m.image}}; }
  Json operator()(const RecognisedPage& m) const { return {{"page", to_json(m)}}; }
  Json operator()(const Extracted& m) const { return {{"document", to_json(m)}}; }
  Json operator()(const RefusalMessage& m) const {
    return {{"refused", {{"line", m.line}, {"error", to_json(m.error)}}}};
  }
  Json operator()(const DoneMessage& m) const {
    return {{"done", m.error ? to_json(*m.error) : Json(nullptr)}};
  }
};

}  // namespace

std::string encode_message(const Message& message) {
  // Details may quote bytes of the file that are no UTF-8.
  const std::string json =
      std::visit(Encoder{}, message).dump(-1, ' ', false, Json::error_handler_t::replace);
  const auto* document = std::get_if<Extracted>(&message);
  const std::string_view original = document ? std::string_view(document->original) : "";
  std::string out;
  out.reserve(2 * kMessageLengthBytes + json.size() + original.size());
  append_length(kMessageLengthBytes + json.size() + original.size(), out);
  append_length(json.size(), out);
  out += json;
  out += original;
  return out;
}

std::string encode_page(const RecognisedPage& page) {
  return to_json(page).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<RecognisedPage> decode_page(std::string_view json) {
  try {
    return page_from(Json::parse(json));
  } catch (const std::exception&) {
    return std::nullopt;  // the line was cut when a process was killed
  }
}

std::string encode_answer(const std::optional<RecognisedPage>& page) {
  const std::string json = page ? encode_page(*page) : std::string();
  std::string out;
  append_length(json.size(), out);
  return out + json;
}

std::uint64_t decode_message_length(std::string_view eight_bytes) {
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kMessageLengthBytes; ++i) {
    length |= static_cast<std::uint64_t>(static_cast<unsigned char>(eight_bytes[i])) << (8 * i);
  }
  return length;
}

std::optional<Message> decode_message(std::string_view bytes) {
  if (bytes.size() < kMessageLengthBytes) return std::nullopt;
  const std::uint64_t length = decode_message_length(bytes.substr(0, kMessageLengthBytes));
  bytes.remove_prefix(kMessageLengthBytes);
  if (length > bytes.size()) return std::nullopt;
  try {
    const Json parsed = Json::parse(bytes.substr(0, length));
    if (parsed.contains("format")) return FormatMessage{parsed.at("format").get<std::string>()};
    if (parsed.contains("question")) return PageQuestion{parsed.at("question").get<std::string>()};
    if (parsed.contains("page")) return page_from(parsed.at("page"));
    if (parsed.contains("document")) {
      Extracted document = document_from(parsed.at("document"));
      document.original = bytes.substr(length);
      return document;
    }
    if (parsed.contains("refused")) {
      const Json& refused = parsed.at("refused");
      return RefusalMessage{refused.at("line").get<int>(), error_from(refused.at("error"))};
    }
    const Json& done = parsed.at("done");
    return DoneMessage{done.is_null() ? std::nullopt : std::optional(error_from(done))};
  } catch (const std::exception&) {
    // The one reason that matters: no sound child wrote this.
    return std::nullopt;
  }
}

}  // namespace nhanrong::indexer
