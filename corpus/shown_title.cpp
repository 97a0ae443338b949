#include "corpus/shown_title.h"

namespace nhanrong::corpus {

std::string shown_title(const Values& values, std::string_view text) {
  constexpr std::size_t kMostBytes = 120;
  if (values.title && !values.title->empty()) return *values.title;
  const auto start = text.find_first_not_of(" \n\t");
  if (start == std::string_view::npos) return {};
  text.remove_prefix(start);
  text = text.substr(0, text.find('\n'));
  if (text.size() <= kMostBytes) return std::string(text);
  auto end = text.rfind(' ', kMostBytes);
  if (end == std::string_view::npos) {
    end = kMostBytes;
    // Not within a letter of several bytes.
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  }
  return std::string(text.substr(0, end)) + " …";
}

}  // namespace nhanrong::corpus
