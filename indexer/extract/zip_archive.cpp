#include "indexer/extract/zip_archive.h"

#include <zip.h>

namespace nhanrong::indexer {
namespace {

constexpr zip_uint64_t kMaxEntryBytes = 200'000'000;
constexpr zip_uint64_t kMaxRatio = 1000;
constexpr zip_uint64_t kSmallBytes = 1'000'000;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

struct ZipArchive::Impl {
  zip_t* archive = nullptr;
  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { zip_discard(archive); }
};

ZipArchive::ZipArchive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

std::optional<ZipArchive> ZipArchive::open(std::span<const std::byte> bytes) {
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  if (!source) return std::nullopt;
  auto impl = std::make_unique<Impl>();
  impl->archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (!impl->archive) {
    zip_source_free(source);
    return std::nullopt;
  }
  return ZipArchive(std::move(impl));
}

bool ZipArchive::contains(const std::string& name) const {
  return zip_name_locate(impl_->archive, name.c_str(), 0) >= 0;
}

text::Result<std::string> ZipArchive::read(const std::string& name) const {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(impl_->archive, name.c_str(), 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE)) {
    return text::failure("file_damaged", "", name);
  }
  const bool bomb =
      stat.size > kMaxEntryBytes || (stat.size > kSmallBytes && (stat.valid & ZIP_STAT_COMP_SIZE) &&
                                     stat.size / kMaxRatio > stat.comp_size);
  if (bomb) return text::failure("file_bomb", "", name);
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen(impl_->archive, name.c_str(), 0));
  if (!file) return text::failure("file_damaged", "", zip_strerror(impl_->archive));
  // The size is what the archive claims; more than that is not read.
  std::string out(stat.size, '\0');
  std::size_t done = 0;
  while (done < out.size()) {
    const auto n = zip_fread(file.get(), out.data() + done, out.size() - done);
    if (n <= 0) return text::failure("file_damaged", "", name);
    done += static_cast<std::size_t>(n);
  }
  return out;
}

bool looks_like_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

}  // namespace nhanrong::indexer
