#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// What is known of a text before its subject is asked for.
struct Context {
  Span title{};       // {0, 0}: none
  Span issuer{};      // agency lines of the head
  Span place_line{};  // place and date of issue
  std::string date;   // ISO; empty: unknown
  std::string type;   // id of doctypes.tsv; empty: unknown
  int year = 0;       // that the text speaks of; 0: unknown
};

/// A value with the place it was read at.
struct Finding {
  std::string value;
  Span span;
  bool guessed = false;
};

/// Values in the order found, each once.
using Findings = std::vector<Finding>;

inline bool inside(Span outer, std::uint32_t start, std::uint32_t end) {
  return outer.start < outer.end && start >= outer.start && end <= outer.end;
}
inline bool holds(const Findings& findings, std::string_view value) {
  for (const Finding& finding : findings) {
    if (finding.value == value) return true;
  }
  return false;
}
inline void add_once(Findings& findings, Finding finding) {
  if (!holds(findings, finding.value)) findings.push_back(std::move(finding));
}

}  // namespace nhanrong::indexer
