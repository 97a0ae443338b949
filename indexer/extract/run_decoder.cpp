#include "indexer/extract/run_decoder.h"

#include <algorithm>

#include "text/encoding_detection.h"

namespace nhanrong::indexer {

using text::Encoding;
using text::FontEncoding;

void RunDecoder::gather(std::string_view font, std::string_view utf8) {
  auto at = gathered_.find(font);
  if (at == gathered_.end()) at = gathered_.emplace(font, std::string()).first;
  at->second += utf8;
}

void RunDecoder::decide() {
  decided_ = true;
  std::string unknown;
  std::set<std::string> unknown_fonts;
  for (const auto& [font, text] : gathered_) {
    auto reading = text::encoding_of_font(font);
    if (given_) {
      // What a person says goes for all that its font does not tell.
      if (*given_ == Encoding::Unicode) reading.reset();
      if (!reading && *given_ != Encoding::Unicode) reading = FontEncoding{*given_, false};
    } else if (!reading) {
      if (const auto found = text::detect_characters(text)) reading = FontEncoding{*found, false};
    }
    if (!reading && !text::holds_unicode_letters(text)) {
      unknown += text;
      unknown_fonts.insert(font);
    }
    readings_[font] = reading;
  }
  gathered_.clear();
  // Too little in each font to judge: together it may be enough.
  if (given_ || unknown_fonts.size() < 2) return;
  const auto found = text::detect_characters(unknown);
  if (!found) return;
  for (const auto& font : unknown_fonts) readings_[font] = FontEncoding{*found, false};
}

std::optional<FontEncoding> RunDecoder::reading_of(const std::string& font) {
  if (!decided_) decide();
  const auto at = readings_.find(font);
  return at == readings_.end() ? std::nullopt : at->second;
}

std::string RunDecoder::decode(std::span<const FontRun> paragraph) {
  std::set<std::string_view> unicode;  // fonts
  for (const FontRun& run : paragraph) {
    if (text::holds_unicode_letters(run.text)) unicode.insert(run.font);
  }
  std::string out;
  for (const FontRun& run : paragraph) {
    const auto reading = reading_of(run.font);
    if (!reading || unicode.contains(run.font)) {
      out += run.text;
      continue;
    }
    if (text::decode_characters_as(reading->encoding, run.text) != run.text) {
      bytes_[reading->encoding] += run.text.size();
    }
    out += text::decode_run(*reading, run.text);
  }
  return out;
}

std::string RunDecoder::decode_title(std::string_view utf8) {
  const auto encoding = text::find_encoding(this->encoding());
  if (!encoding || text::holds_unicode_letters(utf8)) return std::string(utf8);
  return text::decode_characters_as(*encoding, utf8);
}

std::string RunDecoder::encoding() const {
  if (given_) return std::string(text::id_of(*given_));
  const auto most =
      std::max_element(bytes_.begin(), bytes_.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == bytes_.end() ? std::string() : std::string(text::id_of(most->first));
}

}  // namespace nhanrong::indexer
