#pragma once
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/extract/zip_archive.h"
#include "tests/indexer/extract_fixture.h"
#include "tests/indexer/zip_fixture.h"

namespace nhanrong::indexer {

/// Reads damaged versions of a file: cut short, and with up to eight bytes changed. Whatever comes
/// out is right as long as nothing crashes, hangs or throws.
inline void read_damaged(const std::string& name, std::string_view bytes, int versions) {
  std::mt19937 random(2024);
  const auto below = [&random](std::size_t n) { return random() % n; };
  for (int i = 0; i < versions; ++i) {
    std::string damaged(bytes);
    if (i % 4 == 0) damaged.resize(below(damaged.size()));
    for (std::size_t n = below(8) + 1; n > 0 && !damaged.empty(); --n) {
      damaged[below(damaged.size())] = static_cast<char>(random());
    }
    static_cast<void>(extract_here(name, damaged));
  }
}

/// Reads versions of a package of which one part is damaged and the others are as they were:
/// damaged packages themselves mostly fail by their checksums. In every other version only digits
/// and letters become others, so that the XML stays well-formed.
inline void read_damaged_parts(const std::string& name, std::string_view bytes,
                               const std::vector<std::string>& parts, int versions) {
  std::mt19937 random(2024);
  const auto below = [&random](std::size_t n) { return random() % n; };
  const auto archive = ZipArchive::open(std::as_bytes(std::span(bytes)));
  std::vector<ZipEntry> entries;
  for (const auto& part : parts) {
    auto content = archive->read(part);
    if (!content) throw std::runtime_error("no part " + part);
    entries.push_back({part, std::move(*content)});
  }
  for (int i = 0; i < versions; ++i) {
    auto damaged = entries;
    std::string& part = damaged[below(damaged.size())].bytes;
    for (std::size_t n = below(8) + 1; n > 0; --n) {
      char& c = part[below(part.size())];
      if (i % 2 == 0) {
        c = static_cast<char>(random());
      } else if (c >= '0' && c <= '9') {
        c = static_cast<char>('0' + below(10));
      } else if (c >= 'a' && c <= 'z') {
        c = static_cast<char>('a' + below(26));
      }
    }
    static_cast<void>(extract_here(name, make_zip(damaged)));
  }
}

}  // namespace nhanrong::indexer
