#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "text/analyzer.h"

namespace nhanrong::text {

/// Finds what belongs together (document numbers, dates …) with ICU's rule-based break iterator and
/// text/break_rules.txt. Const and safe to share between threads.
class CompoundBreaker {
 public:
  CompoundBreaker();
  ~CompoundBreaker();
  CompoundBreaker(const CompoundBreaker&) = delete;
  CompoundBreaker& operator=(const CompoundBreaker&) = delete;

  /// `tokens` are those of `nfc`.
  std::vector<Compound> find(std::string_view nfc, const std::vector<Token>& tokens) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace nhanrong::text
