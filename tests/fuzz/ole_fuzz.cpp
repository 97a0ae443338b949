#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "indexer/extract/ole_file.h"

/// What is read of a compound file is never longer than the file, and each entry is held once.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nhanrong::indexer::OleFile;
  const auto file = OleFile::open({reinterpret_cast<const char*>(data), size});
  if (!file) return 0;
  std::vector<const OleFile::Entry*> open{&file->root()};
  for (std::size_t seen = 0; !open.empty(); ++seen) {
    if (seen > size / 128) std::abort();
    const OleFile::Entry& entry = *open.back();
    open.pop_back();
    for (const std::size_t number : entry.held) open.push_back(&file->entry(number));
    const auto bytes = file->read(entry);
    if (bytes && (bytes->size() != entry.size || bytes->size() > size)) std::abort();
  }
  static_cast<void>(nhanrong::indexer::title_of(*file));
  return 0;
}
