#include "indexer/extract/rtf_tokens.h"

#include <algorithm>
#include <charconv>

namespace nhanrong::indexer {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

RtfToken RtfTokens::next() {
  while (at_ < rtf_.size() && (rtf_[at_] == '\r' || rtf_[at_] == '\n' || rtf_[at_] == '\0')) ++at_;
  if (at_ == rtf_.size()) return {RtfToken::Kind::End};
  switch (rtf_[at_]) {
    case '{':
      ++at_;
      return {RtfToken::Kind::GroupStart};
    case '}':
      ++at_;
      return {RtfToken::Kind::GroupEnd};
    case '\\':
      ++at_;
      return control();
    default:
      break;
  }
  const auto end =
      std::min(rtf_.find_first_of(std::string_view("{}\\\r\n\0", 6), at_), rtf_.size());
  const auto text = rtf_.substr(at_, end - at_);
  at_ = end;
  return {RtfToken::Kind::Text, text};
}

std::optional<int> RtfTokens::take_number() {
  int number = 0;
  const char* const start = rtf_.data() + at_;
  const auto [end, error] = std::from_chars(start, rtf_.data() + rtf_.size(), number);
  if (end == start) return std::nullopt;
  at_ += static_cast<std::size_t>(end - start);
  return error == std::errc() ? number : 0;
}

RtfToken RtfTokens::control() {
  if (at_ == rtf_.size()) return {RtfToken::Kind::End};
  if (rtf_[at_] == '\'') {
    int byte = 0;
    const auto digits = rtf_.substr(at_ + 1, 2);
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16).ptr;
    at_ += 1 + static_cast<std::size_t>(end - digits.data());
    return {RtfToken::Kind::Hex, digits, byte};
  }
  if (!is_letter(rtf_[at_])) {
    ++at_;
    return {RtfToken::Kind::Symbol, rtf_.substr(at_ - 1, 1)};
  }
  const auto start = at_;
  while (at_ < rtf_.size() && is_letter(rtf_[at_])) ++at_;
  RtfToken token{RtfToken::Kind::Word, rtf_.substr(start, at_ - start)};
  token.number = take_number();
  if (at_ < rtf_.size() && rtf_[at_] == ' ') ++at_;
  const int number = token.number.value_or(0);
  if (token.characters == "bin" && number > 0) {
    at_ += std::min(static_cast<std::size_t>(number), rtf_.size() - at_);
    return {RtfToken::Kind::Text};
  }
  return token;
}

}  // namespace nhanrong::indexer
