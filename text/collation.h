#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace nhanrong::text {

/// Vietnamese alphabetical order (A Ă Â B C D Đ …), ICU's vi collation. Safe to share between
/// threads.
class Collator {
 public:
  Collator();
  ~Collator();
  Collator(const Collator&) = delete;
  Collator& operator=(const Collator&) = delete;

  /// For std::sort: "Đà Nẵng" after "Cà Mau", before "Hà Nội".
  bool less(std::string_view a, std::string_view b) const;
  /// Bytes whose plain order is the order of the names.
  std::string sort_key(std::string_view name) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace nhanrong::text
