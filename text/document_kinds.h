#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "text/token_view.h"

namespace nhanrong::text {

/// How surely a kind beside a bare number is that number's kind.
enum class KindUse : std::uint8_t {
  Citing,   // "Quyết định 1719", "QĐ 1719"
  Working,  // "Kế hoạch 45", but "Báo cáo 6 tháng", "Kế hoạch 2023" are none
  Symbol,   // within a number or with "số" alone: CT is also chương trình, ĐA đề án
};

/// A kind of documents as numbers name it.
struct DocumentKind {
  std::string_view abbreviation;  // "qđ"
  std::string_view folded;        // "qd"
  std::string_view name;          // "quyết định"; empty: only the abbreviation is looked for
  KindUse use;                    // of the name
  KindUse use_abbreviated;
};

/// May the token begin a kind, spelled out or abbreviated? Quick, and right in one direction only.
bool may_begin_kind(const Token& token);

/// The kind of an abbreviation in lower case, with or without marks: "qđ", "qd"; null: none.
const DocumentKind* find_kind(const Token& token);

/// An office ("ttg", "hdnd") in lower case with its marks ("hđnd"); empty: not known.
std::string_view find_office(std::string_view folded);

struct KindName {
  const DocumentKind* kind;
  std::size_t end;  // the token behind it
};
/// The spelled-out kind that begins at token `i`, the longest; marks may be missing.
std::optional<KindName> find_kind_name(const TokenView& tokens, std::size_t i);

}  // namespace nhanrong::text
