#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::text {

/// A file of the material beside the tree (NHANRONG_SHARED, else ../shared).
inline std::filesystem::path shared_file(std::string_view name) {
  const char* folder = std::getenv("NHANRONG_SHARED");
  const std::filesystem::path root =
      folder ? folder : std::filesystem::path(NHANRONG_SOURCE_DIR) / ".." / "shared";
  return root / name;
}

/// Rows of a tab-separated file; lines that begin with '#' are left out.
inline std::vector<std::vector<std::string>> read_rows(const std::filesystem::path& path) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string>& row = rows.emplace_back();
    for (std::size_t start = 0; start <= line.size();) {
      const std::size_t end = std::min(line.find('\t', start), line.size());
      row.push_back(line.substr(start, end - start));
      start = end + 1;
    }
  }
  return rows;
}

}  // namespace nhanrong::text

/// Leaves the test where the material is missing; on CI that is a failure.
#define NHANRONG_NEED(path)                                       \
  do {                                                            \
    if (!std::filesystem::exists(path)) {                         \
      if (std::getenv("CI")) FAIL() << path << " is missing";     \
      GTEST_SKIP() << path << " is missing: set NHANRONG_SHARED"; \
    }                                                             \
  } while (false)
