#pragma once
#include <map>
#include <string>
#include <string_view>

#include "corpus/reference.h"
#include "text/formats.h"
#include "text/result.h"

namespace nhanrong::web {

/// Every visible sentence, from web/messages/*.{vi,en}.json (built in): names, not numbers;
/// {place}-holders.
class Messages {
 public:
  Messages();
  using Arguments = std::map<std::string, std::string, std::less<>>;
  /// ICU MessageFormat is not needed for Vietnamese; English plurals by "name.one" beside
  /// "name.other" chosen by argument "n". An unknown name comes back as "[name]"; a test finds
  /// those.
  std::string get(std::string_view name, text::Language language,
                  const Arguments& arguments = {}) const;
  /// The sentence for an error, saying what to do (names "error.CODE").
  std::string error(const text::Error& error, text::Language language) const;
  bool has(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> vietnamese_, english_;
};

}  // namespace nhanrong::web
