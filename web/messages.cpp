#include "web/messages.h"

#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "text/embedded_file.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> web_messages();
}

namespace nhanrong::web {
namespace {

using Sentences = std::map<std::string, std::string, std::less<>>;

void add_sentences(Sentences& sentences, std::string_view json) {
  const auto parsed = nlohmann::json::parse(json);
  for (const auto& [name, sentence] : parsed.items()) {
    sentences.insert_or_assign(name, sentence.get<std::string>());
  }
}

/// "{n} văn bản" with its holders filled; a holder without argument is left out.
std::string fill(std::string_view pattern, const Messages::Arguments& arguments) {
  std::string out;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = pattern.find('}', open);
    if (close == std::string_view::npos) break;
    const auto argument = arguments.find(pattern.substr(open + 1, close - open - 1));
    if (argument != arguments.end()) out += argument->second;
    pattern.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace

Messages::Messages() {
  for (const auto& file : embedded::web_messages()) {
    if (file.name.ends_with(".vi.json")) add_sentences(vietnamese_, file.bytes);
    if (file.name.ends_with(".en.json")) add_sentences(english_, file.bytes);
  }
}

std::string Messages::get(std::string_view name, text::Language language,
                          const Arguments& arguments) const {
  const auto& sentences = language == text::Language::English ? english_ : vietnamese_;
  if (const auto n = arguments.find("n"); n != arguments.end()) {
    const auto counted = sentences.find(std::string(name) + (n->second == "1" ? ".one" : ".other"));
    if (counted != sentences.end()) return fill(counted->second, arguments);
  }
  const auto sentence = sentences.find(name);
  if (sentence == sentences.end()) return "[" + std::string(name) + "]";
  return fill(sentence->second, arguments);
}

std::string Messages::error(const text::Error& error, text::Language language) const {
  const std::string name = "error." + error.code;
  const Arguments arguments{{"place", error.place}, {"detail", error.detail}};
  if (has(name)) return get(name, language, arguments);
  return get("error.unknown", language,
             {{"code", error.code}, {"place", error.place}, {"detail", error.detail}});
}

bool Messages::has(std::string_view name) const {
  const auto in = [&](const Sentences& sentences) { return sentences.contains(name); };
  const auto plural = std::string(name) + ".other";
  return (in(vietnamese_) || vietnamese_.contains(plural)) &&
         (in(english_) || english_.contains(plural));
}

}  // namespace nhanrong::web
