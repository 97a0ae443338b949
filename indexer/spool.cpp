#include "indexer/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace nhanrong::indexer {
namespace {

[[noreturn]] void fail(const std::filesystem::path& folder) {
  throw std::system_error(errno != 0 ? errno : EIO, std::generic_category(), folder.string());
}

/// Not O_TMPFILE, which network folders do not know.
int open_nameless(const std::filesystem::path& folder) {
  std::string path = (folder / "spool.XXXXXX").string();
  const int file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file < 0 || ::unlink(path.c_str()) != 0) fail(folder);
  return file;
}

}  // namespace

Spool::~Spool() {
  if (file_ >= 0) ::close(file_);
}

Spool::Range Spool::append(std::string_view bytes) {
  if (bytes.empty()) return {};
  if (file_ < 0) file_ = open_nameless(folder_);
  const Range range{size_, bytes.size()};
  while (!bytes.empty()) {
    const auto n = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail(folder_);
    bytes.remove_prefix(static_cast<std::size_t>(n));
    size_ += static_cast<std::uint64_t>(n);
  }
  return range;
}

std::string Spool::read(Range range) const {
  std::string bytes(range.size, '\0');
  for (std::size_t done = 0; done < bytes.size();) {
    const auto n = ::pread(file_, bytes.data() + done, bytes.size() - done,
                           static_cast<off_t>(range.start + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail(folder_);
    done += static_cast<std::size_t>(n);
  }
  return bytes;
}

}  // namespace nhanrong::indexer
