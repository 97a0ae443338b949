#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "corpus/reference.h"
#include "indexer/understand/page.h"
#include "indexer/understand/understand.h"

namespace nhanrong::indexer {

inline const corpus::Reference& tables() {
  static const corpus::Reference reference;
  return reference;
}

inline const Understanding& rules() {
  static const Understanding understanding(tables());
  return understanding;
}

/// A plain text as an extractor gives it: each line a block.
inline Extracted plain(std::string_view text) {
  Extracted document;
  document.text = text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) {
      document.blocks.push_back({corpus::BlockKind::Paragraph, 0, static_cast<std::uint32_t>(at),
                                 static_cast<std::uint32_t>(end)});
    }
    at = end + 1;
  }
  return document;
}

inline corpus::Content understood(std::string_view text) {
  auto content = rules().understand(plain(text));
  EXPECT_TRUE(content.has_value()) << text;
  return content ? *content : corpus::Content{};
}

/// A report of a province under the letterhead of Decree 30.
inline std::string report(std::string_view body) {
  return "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n-------\nSố: 12/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT "
         "NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\nSơn La, ngày 5 tháng 6 năm 2023\n\nBÁO "
         "CÁO\nKết quả công tác\n\n" +
         std::string(body);
}

inline corpus::Strings list(const std::optional<corpus::Strings>& values) {
  return values.value_or(corpus::Strings());
}

/// "role+role: text" of each passage, a line each, without line ends.
inline std::string roles_of(const corpus::Content& content) {
  std::string out;
  for (const corpus::Passage& passage : content.passages) {
    std::string roles;
    for (const std::string& role : passage.roles) roles += (roles.empty() ? "" : "+") + role;
    std::string text = content.text.substr(passage.start, passage.end - passage.start);
    for (char& c : text) c = c == '\n' ? '|' : c;
    out += roles + ": " + text + "\n";
  }
  return out;
}

}  // namespace nhanrong::indexer
