#include "corpus/purge.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <vector>

namespace nhanrong::corpus {
namespace {

void destroy_file(const std::filesystem::path& path) {
  constexpr std::size_t kPiece = 1 << 16;
  const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;  // gone already
  struct stat status {};
  fstat(fd, &status);
  const std::string zeros(kPiece, '\0');
  for (off_t left = status.st_size; left > 0;) {
    const auto written = write(fd, zeros.data(), std::min(static_cast<std::size_t>(left), kPiece));
    if (written <= 0) break;
    left -= written;
  }
  fsync(fd);
  close(fd);
  std::filesystem::remove(path);
}

/// What was read from images of pages: which of them belong to a member of a container is not
/// known. Whoever needs a page again reads it again.
void destroy_recognised_images(const Library& library) {
  std::vector<std::filesystem::path> images;
  std::error_code missing;
  for (std::filesystem::recursive_directory_iterator at(library.pages(), missing), end; at != end;
       ++at) {
    if (at->path().extension() == ".json") images.push_back(at->path());
  }
  for (const auto& image : images) destroy_file(image);
}

}  // namespace

Strings purge_documents(const Library& library, Catalogue& catalogue,
                        std::span<const std::string> ids) {
  Strings unknown, originals;
  {
    Catalogue::Transaction transaction(catalogue);
    for (const std::string& id : ids) {
      const auto orphaned = transaction.purge(id);
      if (!orphaned) unknown.push_back(id);
      if (orphaned) originals.insert(originals.end(), orphaned->begin(), orphaned->end());
    }
    transaction.commit();
  }
  if (unknown.size() < ids.size()) destroy_recognised_images(library);
  for (const std::string& hash : originals) {
    destroy_file(library.original(hash));
    destroy_file(library.recognised_pages(hash));
  }
  return unknown;
}

}  // namespace nhanrong::corpus
