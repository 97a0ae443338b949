#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace nhanrong::indexer {

/// Makes anchors of passages: "p-" and 4 to 8 hex digits of a hash of the folded text, so that an
/// anchor outlives other spelling, other places in the document and better splitting elsewhere.
class Anchors {
 public:
  /// `folded`: folded syllables joined by blanks. More digits where four are taken already; the
  /// same text a second time is counted in.
  std::string next(std::string_view folded);

 private:
  std::set<std::string> taken_;
  std::unordered_map<std::uint64_t, std::uint64_t> tries_;  // by hash of the text
};

}  // namespace nhanrong::indexer
