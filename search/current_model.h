#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "search/index_reader.h"
#include "search/language_model.h"

namespace nhanrong::search {

/// The language model of whatever generation is current, opened anew when its file is replaced. One
/// object a thread; the mapped pages are shared.
class CurrentModel {
 public:
  /// `index`: the folder of the generations.
  explicit CurrentModel(std::filesystem::path index) : index_(std::move(index)) {}

  /// nullptr: there is none that can be used. Valid until the next call.
  const LanguageModel* refresh(const Snapshot& snapshot);

 private:
  std::filesystem::path index_;
  std::filesystem::path opened_;
  std::filesystem::file_time_type written_{};
  std::unique_ptr<const LanguageModel> model_;
};

}  // namespace nhanrong::search
