#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "text/result.h"

namespace nhanrong::indexer {

/// Reads entries of a zip file in memory. The bytes must outlive the object.
class ZipArchive {
 public:
  /// nullopt: it is none, or damaged beyond finding its directory.
  static std::optional<ZipArchive> open(std::span<const std::byte> bytes);
  ZipArchive(ZipArchive&&) noexcept;
  ~ZipArchive();

  bool contains(const std::string& name) const;
  /// A whole entry, unpacked. Errors: "file_damaged" (also: no such entry, encrypted),
  /// "file_bomb" (over 200 MB, or 1,000 times its packed size and over 1 MB).
  text::Result<std::string> read(const std::string& name) const;

 private:
  struct Impl;
  explicit ZipArchive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Begins like a zip file with entries.
bool looks_like_zip(std::string_view bytes);

}  // namespace nhanrong::indexer
