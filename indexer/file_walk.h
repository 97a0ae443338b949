#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "corpus/catalogue.h"

namespace nhanrong::indexer {

/// A file to take in.
struct FoundFile {
  std::filesystem::path path;                    // absolute
  corpus::Source source;                         // without member
  std::optional<std::filesystem::path> sidecar;  // FILE.meta.json, if it is there
};

struct FileWalk {
  std::vector<FoundFile> files;           // in the order of the paths given, folders sorted
  std::vector<corpus::Refusal> refusals;  // "file_missing", "folder_unreadable", "folder_loop",
                                          // "sidecar_without_file"
};

/// Finds what `paths` mean: files as they are, folders with all below them. Links to folders are
/// followed after all else, each folder once. Hidden files, Word's lock files (~$x) and `except`
/// (the library itself) are left out.
FileWalk walk_files(std::span<const std::filesystem::path> paths,
                    const std::filesystem::path& except);

}  // namespace nhanrong::indexer
