#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "app/commands.h"
#include "app/indexing.h"
#include "app/progress.h"
#include "app/report.h"
#include "app/signals.h"

namespace nhanrong::app {
namespace {

/// Overwrites an original before it is unlinked. On a journalling or copy-on-write disk older
/// blocks may stay: docs say so.
void destroy_file(const std::filesystem::path& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;  // gone already
  struct stat status {};
  fstat(fd, &status);
  const std::string zeros(1 << 16, '\0');
  for (off_t left = status.st_size; left > 0;) {
    const auto written =
        write(fd, zeros.data(), static_cast<std::size_t>(std::min<off_t>(left, 1 << 16)));
    if (written <= 0) break;
    left -= written;
  }
  fsync(fd);
  close(fd);
  std::filesystem::remove(path);
}

}  // namespace

int remove_command(Context& context, const RemoveOptions& options) {
  const SignalWatch signals;
  corpus::Catalogue catalogue(context.library().catalogue_url);
  Indexing indexing(context);
  std::vector<std::string> unknown;
  corpus::Strings originals;
  {
    corpus::Catalogue::Transaction transaction(catalogue);
    for (const auto& id : options.ids) {
      if (!options.purge) {
        if (!transaction.remove(id)) unknown.push_back(id);
        continue;
      }
      const auto orphaned = transaction.purge(id);
      if (!orphaned) unknown.push_back(id);
      if (orphaned) originals.insert(originals.end(), orphaned->begin(), orphaned->end());
    }
    transaction.commit();
  }
  for (const auto& hash : originals) {
    destroy_file(context.library().original(hash));
    destroy_file(context.library().recognised_pages(hash));
  }
  indexing.finish(catalogue.last_change(), signals.stop());
  if (options.purge && unknown.size() < options.ids.size()) {
    // Removed postings stay readable in free blocks of the old generation; a new one holds nothing
    // of them.
    Progress progress("Dựng lại chỉ mục");
    indexer::rebuild(context.library(), context.reference(), context.analyzer(),
                     [&](std::int64_t done, std::int64_t total) {
                       progress.show(static_cast<std::uint64_t>(done),
                                     static_cast<std::uint64_t>(total));
                     });
  }
  for (const auto& id : unknown) report_error(context, {"document_unknown", id, ""});
  fmt::print("{}\n",
             context.messages().get("removed", text::Language::Vietnamese,
                                    {{"n", std::to_string(options.ids.size() - unknown.size())}}));
  return unknown.empty() ? kDone : kSomeRefused;
}

}  // namespace nhanrong::app
