#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "corpus/library.h"
#include "indexer/extract/page_reader.h"

namespace nhanrong::indexer {

/// What was read from images while one file was opened, kept on disk since each page takes seconds:
/// by page of the file, so that reading it again draws nothing, and by image, so that the same page
/// in another file or in a container is not read again. Throws std::filesystem::filesystem_error.
class PageCache {
 public:
  /// `sha256`: of the file.
  PageCache(const corpus::Library& library, const std::string& sha256)
      : library_(library), pages_(library.recognised_pages(sha256)) {}

  /// The pages of the file that are known, one JSON a line; may not exist.
  const std::filesystem::path& pages() const { return pages_; }
  std::optional<RecognisedPage> find(const std::string& image);
  void keep(const RecognisedPage& page);
  /// Deletes what is known of the file and what its pages gave or took by image.
  void forget();

 private:
  const corpus::Library& library_;
  std::filesystem::path pages_;
  std::vector<std::string> images_;  // kept or found
};

}  // namespace nhanrong::indexer
