#include <fmt/format.h>

#include "app/commands.h"
#include "app/indexing.h"
#include "app/report.h"
#include "app/signals.h"
#include "corpus/purge.h"

namespace nhanrong::app {
int remove_command(Context& context, const RemoveOptions& options) {
  const SignalWatch signals;
  corpus::Catalogue catalogue(context.library().catalogue_url);
  Indexing indexing(context);
  std::vector<std::string> unknown;
  if (options.purge) {
    unknown = corpus::purge_documents(context.library(), catalogue, options.ids);
  } else {
    corpus::Catalogue::Transaction transaction(catalogue);
    for (const auto& id : options.ids) {
      if (!transaction.remove(id)) unknown.push_back(id);
    }
    transaction.commit();
  }
  indexing.finish(catalogue.last_change(), signals.stop());
  if (options.purge && unknown.size() < options.ids.size()) rebuild_index(context);
  for (const auto& id : unknown) report_error(context, {"document_unknown", id, ""});
  fmt::print("{}\n",
             context.messages().get("removed", text::Language::Vietnamese,
                                    {{"n", std::to_string(options.ids.size() - unknown.size())}}));
  return unknown.empty() ? kDone : kSomeRefused;
}

}  // namespace nhanrong::app
