#include "search/current_model.h"

#include <xapian.h>

#include <system_error>

namespace nhanrong::search {

namespace schema = corpus::index_schema;

const LanguageModel* CurrentModel::refresh(const Snapshot& snapshot) {
  const auto generation = index_ / snapshot.generation;
  std::error_code missing;
  const auto written = std::filesystem::last_write_time(generation / schema::kModelFile, missing);
  if (missing) {
    model_.reset();
    opened_.clear();
    return nullptr;
  }
  if (generation != opened_ || written != written_) {
    const auto uuid = snapshot.database->get_metadata(std::string(schema::kMetaUuid));
    model_ = LanguageModel::open(generation, uuid);
    opened_ = generation;
    written_ = written;
  }
  return model_.get();
}

}  // namespace nhanrong::search
