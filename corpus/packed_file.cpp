#include "corpus/packed_file.h"

#include <charconv>
#include <exception>
#include <string>
#include <system_error>

namespace nhanrong::corpus {

namespace fs = std::filesystem;
namespace schema = index_schema;

std::optional<MappedFile> map_packed_file(const fs::path& generation, std::string_view name,
                                          std::string_view uuid, std::uint32_t version,
                                          std::size_t summary_bytes) {
  const fs::path path = generation / name;
  std::error_code missing;
  const auto bytes = fs::file_size(path, missing);
  if (missing || bytes < sizeof(schema::FileHeader) + summary_bytes) return std::nullopt;
  try {
    // A new one comes by rename: what is mapped never gets shorter.
    MappedFile file(path, bytes);
    schema::FileHeader header;
    std::memcpy(&header, file.bytes().data(), sizeof header);
    const std::string folder = generation.filename().string();
    std::uint64_t number = 0;
    std::from_chars(folder.data(), folder.data() + folder.size(), number);
    const std::string_view stored(header.uuid.data(), header.uuid.size());
    const bool belongs = std::string_view(header.magic.data(), header.magic.size()) == "nhanrong" &&
                         header.schema_version == version && header.entry_bytes == summary_bytes &&
                         header.generation == number && stored.substr(0, stored.find('\0')) == uuid;
    if (!belongs) return std::nullopt;
    return file;
  } catch (const std::exception&) {  // went away between the two looks at it
    return std::nullopt;
  }
}

}  // namespace nhanrong::corpus
