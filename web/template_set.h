#pragma once
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "text/formats.h"
#include "web/messages.h"

namespace nhanrong::web {

/// The pages' mustache templates, web/templates/*.mustache (built in). Beside mustache's own tags a
/// template knows {{>name}}, put in when it is loaded, and [[name]], the sentence of that name in
/// the language of the page. Const and safe to share between threads.
class TemplateSet {
 public:
  explicit TemplateSet(const Messages& messages);
  ~TemplateSet();
  TemplateSet(const TemplateSet&) = delete;

  /// The page. An empty string, list or null is false to a section. Throws std::out_of_range for an
  /// unknown template.
  std::string render(std::string_view name, text::Language language,
                     const nlohmann::json& view) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nhanrong::web
