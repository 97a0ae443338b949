#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "app/commands.h"
#include "app/indexing.h"
#include "app/progress.h"
#include "app/report.h"
#include "app/signals.h"
#include "indexer/follower.h"
#include "indexer/ingest.h"

// Commands over the whole library: reindex and check.
namespace nhanrong::app {
namespace {

/// Originals that are missing or do not have the contents their name says.
std::vector<std::string> check_originals(Context& context, corpus::Catalogue& catalogue) {
  std::vector<std::string> faults;
  const auto hashes = catalogue.load_original_hashes();
  Progress progress("Bản gốc");
  std::uint64_t done = 0;
  for (const auto& hash : hashes) {
    std::ifstream in(context.library().original(hash), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open()) {
      faults.push_back(fmt::format("thiếu bản gốc {} / original missing", hash));
    } else if (corpus::sha256_hex(bytes) != hash) {
      faults.push_back(fmt::format("bản gốc {} đã bị thay đổi / original altered", hash));
    }
    progress.show(++done, hashes.size());
  }
  return faults;
}

}  // namespace

int reindex_command(Context& context, bool understand) {
  const SignalWatch signals;
  corpus::Catalogue catalogue(context.library().catalogue_url);
  if (understand) {
    Progress progress("Đọc lại bản gốc");
    const auto changed = indexer::redo_outdated(
        context.library(), catalogue, context.understanding(), context.extraction(),
        [&](std::int64_t done, std::int64_t total) {
          progress.show(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
        });
    progress.clear();
    fmt::print("{} văn bản đã được đọc lại / documents redone\n", changed);
  }
  // What cannot be read from its original again, and former revisions.
  indexer::find_missed_personal_data(catalogue, context.understanding(), signals.stop());
  rebuild_index(context);
  const auto generation = indexer::current_generation(context.library());
  fmt::print("Chỉ mục số {} đang dùng / generation {} is current\n", generation.value_or(0),
             generation.value_or(0));
  return kDone;
}

int check_command(Context& context, bool repair) {
  const SignalWatch signals;
  corpus::Catalogue catalogue(context.library().catalogue_url);
  {
    Indexing indexing(context);  // what is only late is no fault
    indexing.finish(catalogue.last_change(), signals.stop());
  }
  auto faults = catalogue.check();
  for (auto& fault : check_originals(context, catalogue)) faults.push_back(std::move(fault));
  auto index_faults = indexer::check_index(context.library(), catalogue);
  for (const auto& fault : faults) fmt::print("{}\n", fault);
  for (const auto& fault : index_faults) fmt::print("{}\n", fault);
  if (repair && !index_faults.empty()) {
    rebuild_index(context);
    index_faults = indexer::check_index(context.library(), catalogue);
    fmt::print("{}\n", index_faults.empty() ? "Đã dựng lại chỉ mục / index rebuilt"
                                            : "Chỉ mục vẫn sai / index still wrong");
  }
  if (faults.empty() && index_faults.empty()) {
    fmt::print("Không thấy sai sót / no faults\n");
    return kDone;
  }
  return kSomeRefused;
}

}  // namespace nhanrong::app
