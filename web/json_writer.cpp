#include "web/json_writer.h"

#include <nlohmann/json.hpp>

#include "text/utf8.h"

namespace nhanrong::web {
namespace {

constexpr bool is_plain(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F; }

/// Ends of what may be copied as it stands: the first byte at or behind `at` that may not.
std::size_t plain_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_plain(static_cast<unsigned char>(text[at]))) {
    std::size_t next = at;
    if (text::next_code_point(text, next) == text::kInvalidCodePoint) return at;
    at = next;
  }
  return at;
}

}  // namespace

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

void JsonWriter::raw(std::string_view written) {
  separate();
  out_ += written;
}

void JsonWriter::begin(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
}

void JsonWriter::end(char bracket) {
  out_ += bracket;
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  value(name);
  out_ += ':';
  first_ = true;
}

void JsonWriter::value(std::string_view text) {
  separate();
  out_ += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = plain_end(text, at);
    out_ += text.substr(at, end - at);
    at = end;
    if (at == text.size()) break;
    const auto c = static_cast<unsigned char>(text[at]);
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += text[at++];
    } else if (c < 0x80) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      out_ += "\\u00";
      out_ += kDigits[c >> 4];
      out_ += kDigits[c & 0xF];
      ++at;
    } else {
      text::next_code_point(text, at);
      out_ += "\uFFFD";  // replacement character
    }
  }
  out_ += '"';
}

void JsonWriter::value(double number) { raw(nlohmann::json(number).dump()); }

}  // namespace nhanrong::web
