#pragma once
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "indexer/generation_builder.h"
#include "indexer/index_writer.h"
#include "text/analyzer.h"

namespace nhanrong::search {

/// A folder that goes when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "nhanrong-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Makes `generation` ("0001") of an index the current one.
inline void set_current(const std::filesystem::path& index, const std::string& generation) {
  std::ofstream(index / "current.new") << generation << '\n';
  std::filesystem::rename(index / "current.new", index / "current");
}

/// A text in passages with roles, as an index document.
struct Part {
  corpus::Strings roles;
  std::string text;
};
inline indexer::IndexDocument make_document(std::int64_t key, std::string title,
                                            const std::vector<Part>& parts) {
  indexer::IndexDocument document;
  document.document = key;
  document.revision = key;
  document.title = std::move(title);
  for (const Part& part : parts) {
    const auto start = static_cast<std::uint32_t>(document.text.size());
    document.text += part.text;
    const auto end = static_cast<std::uint32_t>(document.text.size());
    document.passages.push_back({part.roles, start, end, "p-" + std::to_string(start)});
    document.text += '\n';
  }
  return document;
}

/// An index of one generation in a temporary folder.
class TestIndex {
 public:
  explicit TestIndex(const text::Analyzer& analyzer) : analyzer_(analyzer) {
    writer_.emplace(generation(), analyzer);
    set_current(folder_.path(), generation().filename().string());
  }
  indexer::IndexWriter& writer() { return *writer_; }
  void put(const std::vector<indexer::IndexDocument>& documents) {
    for (const auto& document : documents) writer_->put(document);
    writer_->commit(++change_);
  }
  /// Goes over to a generation in which all that was committed is packed, with more documents.
  void pack(std::span<const indexer::IndexDocument> more = {}) {
    writer_.reset();
    const auto before = generation();
    ++number_;
    {
      indexer::GenerationBuilder builder(generation(), analyzer_, before);
      builder.put(more);
      builder.finish(change_);
    }
    writer_.emplace(generation(), analyzer_);
    set_current(folder_.path(), generation().filename().string());
  }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  std::filesystem::path generation() const {
    return folder_.path() / ("000" + std::to_string(number_));
  }

  const text::Analyzer& analyzer_;
  TemporaryFolder folder_;
  int number_ = 1;
  std::optional<indexer::IndexWriter> writer_;
  std::int64_t change_ = 0;
};

}  // namespace nhanrong::search
