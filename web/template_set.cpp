#include "web/template_set.h"

#include <kainjow/mustache.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <utility>

#include "search/snippet.h"
#include "text/embedded_file.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> web_templates();
}

namespace nhanrong::web {
namespace {

using Mustache = kainjow::mustache::mustache;
using Data = kainjow::mustache::data;
using Sources = std::map<std::string, std::string_view, std::less<>>;

/// Replaces every OPEN name CLOSE by what `value` says of the name.
template <class Value>
std::string replace_tags(std::string_view source, std::string_view open, std::string_view close,
                         const Value& value) {
  std::string out;
  while (true) {
    const auto start = source.find(open);
    const auto end = start == source.npos ? source.npos : source.find(close, start);
    out += source.substr(0, end == source.npos ? end : start);
    if (end == source.npos) return out;
    out += value(source.substr(start + open.size(), end - start - open.size()));
    source.remove_prefix(end + close.size());
  }
}

std::string include_parts(const Sources& sources, std::string_view name, int depth = 0) {
  const auto source = sources.find(name);
  if (source == sources.end() || depth > 8) {
    throw std::logic_error("template cannot be put in: " + std::string(name));
  }
  return replace_tags(source->second, "{{>", "}}", [&](std::string_view part) {
    return include_parts(sources, part, depth + 1);
  });
}

Data to_data(const nlohmann::json& json) {
  switch (json.type()) {
    case nlohmann::json::value_t::object: {
      kainjow::mustache::object object;
      for (const auto& [key, value] : json.items()) object.emplace(key, to_data(value));
      return Data(object);
    }
    case nlohmann::json::value_t::array: {
      kainjow::mustache::list list;
      list.reserve(json.size());
      for (const auto& value : json) list.push_back(to_data(value));
      return Data(list);
    }
    case nlohmann::json::value_t::string: {
      const auto& string = json.get_ref<const std::string&>();
      return string.empty() ? Data(false) : Data(string);
    }
    case nlohmann::json::value_t::boolean:
      return Data(json.get<bool>());
    case nlohmann::json::value_t::null:
      return Data(false);
    default:
      return Data(json.dump());
  }
}

}  // namespace

struct TemplateSet::Impl {
  // render() of this library is not const, but changes nothing of a template without partials and
  // lambdas.
  mutable std::map<std::pair<std::string, text::Language>, Mustache, std::less<>> templates;
};

TemplateSet::TemplateSet(const Messages& messages) : impl_(std::make_unique<Impl>()) {
  Sources sources;
  for (const auto& file : embedded::web_templates()) {
    sources.emplace(file.name.substr(0, file.name.find('.')), file.bytes);
  }
  for (const auto& [name, source] : sources) {
    const std::string whole = include_parts(sources, name);
    for (const auto language : {text::Language::Vietnamese, text::Language::English}) {
      Mustache page(replace_tags(whole, "[[", "]]", [&](std::string_view message) {
        return search::escape_html(messages.get(message, language));
      }));
      if (!page.is_valid()) throw std::logic_error(name + ": " + page.error_message());
      page.set_custom_escape([](const std::string& s) { return search::escape_html(s); });
      impl_->templates.emplace(std::pair(name, language), std::move(page));
    }
  }
}

TemplateSet::~TemplateSet() = default;

std::string TemplateSet::render(std::string_view name, text::Language language,
                                const nlohmann::json& view) const {
  Mustache& page = impl_->templates.at(std::pair(std::string(name), language));
  std::string out;
  page.render(to_data(view), [&out](const std::string& piece) { out += piece; });
  return out;
}

}  // namespace nhanrong::web
