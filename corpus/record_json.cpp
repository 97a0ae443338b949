#include "corpus/record_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "corpus/value_fields.h"
#include "text/formats.h"
#include "text/normalise.h"

namespace nhanrong::corpus {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxRecordBytes = 256U << 20;
constexpr int kMaxDepth = 8;
constexpr std::size_t kMaxIdBytes = 128;
constexpr std::size_t kMaxFieldBytes = 8 << 10;  // of all strings but the text
constexpr std::size_t kMaxListItems = 1000;
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;

constexpr std::array<std::string_view, 15> kDerivedKeys = {"provinces_present",
                                                           "provinces_about_present",
                                                           "regions_present",
                                                           "places",
                                                           "period",
                                                           "beneficiaries",
                                                           "cited_by",
                                                           "references",
                                                           "passages",
                                                           "practice",
                                                           "evidence",
                                                           "revision",
                                                           "refused",
                                                           "encoding",
                                                           "recognised"};

/// Thrown within this file only: the way out of nested reading.
struct BadRecord {
  text::Error error;
};

[[noreturn]] void refuse(std::string code, std::string_view field, std::string detail = {}) {
  throw BadRecord{{std::move(code), std::string(field), std::move(detail)}};
}

std::string shortened(std::string s) {
  constexpr std::size_t kMax = 80;
  if (s.size() <= kMax) return s;
  std::size_t end = kMax;
  while (end > 0 && (static_cast<unsigned char>(s[end]) & 0xC0) == 0x80) --end;
  return s.substr(0, end) + "…";
}

/// What stood there, short enough for a message.
std::string shown(const Json& value) {
  return shortened(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string read_string(std::string_view field, const Json& value) {
  if (!value.is_string()) refuse("record_value_invalid", field, shown(value));
  const auto& written = value.get_ref<const std::string&>();
  if (written.size() > kMaxFieldBytes) refuse("record_value_invalid", field, shown(value));
  std::string clean = text::normalise(written);
  const std::size_t start = clean.find_first_not_of(" \t\n");
  if (start == std::string::npos) refuse("record_value_invalid", field, shown(value));
  return clean.substr(start, clean.find_last_not_of(" \t\n") + 1 - start);
}

std::string read_date(std::string_view field, const Json& value) {
  std::string date = read_string(field, value);
  if (!text::is_iso_date(date)) refuse("record_value_invalid", field, shown(value));
  return date;
}

std::string read_url(std::string_view field, const Json& value) {
  std::string url = read_string(field, value);
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    refuse("record_value_invalid", field, shown(value));
  }
  return url;
}

std::string read_language(std::string_view field, const Json& value) {
  std::string language = read_string(field, value);
  const bool is_tag =
      language.size() >= 2 && language.size() <= 35 && std::ranges::all_of(language, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-';
      });
  if (!is_tag) refuse("record_value_invalid", field, shown(value));
  return language;
}

std::string read_coded(std::string_view field, std::string_view facet, const Json& value,
                       const Reference& reference) {
  const std::string written = read_string(field, value);
  std::optional<std::string> id = reference.find_id(facet, written);
  if (!id) refuse("record_value_unknown", field, shown(value));
  return *std::move(id);
}

/// A list, or one value in place of a list of one.
template <class Read>
auto read_list(std::string_view field, const Json& value, const Read& read) {
  std::vector<decltype(read(value))> items;
  const auto add = [&items, &read](const Json& item) {
    auto read_item = read(item);
    if (std::ranges::find(items, read_item) == items.end()) items.push_back(std::move(read_item));
  };
  if (!value.is_array()) {
    add(value);
    return items;
  }
  if (value.size() > kMaxListItems) refuse("record_value_invalid", field, shown(value));
  for (const Json& item : value) add(item);
  return items;
}

int read_year(std::string_view field, const Json& value) {
  if (!value.is_number_integer() || value < kFirstYear || value > kLastYear) {
    refuse("record_value_invalid", field, shown(value));
  }
  return value.get<int>();
}

bool read_flag(std::string_view field, const Json& value) {
  if (!value.is_boolean()) refuse("record_value_invalid", field, shown(value));
  return value.get<bool>();
}

bool is_id(std::string_view s) {
  return !s.empty() && s.size() <= kMaxIdBytes && std::ranges::all_of(s, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '~' || c == '-';
  });
}

std::string read_id(std::string_view field, const Json& value, std::string code) {
  if (!value.is_string() || !is_id(value.get_ref<const std::string&>())) {
    refuse(std::move(code), field, shown(value));
  }
  return value.get<std::string>();
}

bool read_visibility(std::string_view field, const Json& value) {
  if (value == "internal") return true;
  if (value == "public") return false;
  refuse("record_value_unknown", field, shown(value));
}

/// Reads the fields of Values.
struct ValueReader {
  const Reference& reference;

  void operator()(std::string_view field, const Json& value, std::optional<std::string>& to) const {
    const std::string_view facet = facet_of(field);
    if (!facet.empty()) {
      to = read_coded(field, facet, value, reference);
    } else if (field == "date") {
      to = read_date(field, value);
    } else if (field == "source_url") {
      to = read_url(field, value);
    } else if (field == "language") {
      to = read_language(field, value);
    } else {
      to = read_string(field, value);
    }
  }
  void operator()(std::string_view field, const Json& value, std::optional<Strings>& to) const {
    to = read_list(field, value, [this, field](const Json& item) {
      return read_coded(field, facet_of(field), item, reference);
    });
  }
  void operator()(std::string_view field, const Json& value,
                  std::optional<std::vector<int>>& to) const {
    to = read_list(field, value, [field](const Json& item) { return read_year(field, item); });
    std::ranges::sort(*to);
  }
};

bool read_value(const std::string& key, const Json& value, const Reference& reference,
                Values& values) {
  const std::string_view field = key == "year" ? std::string_view("years") : key;
  bool found = false;
  for_each_value(values, [&](std::string_view name, auto& to) {
    if (name != field) return;
    found = true;
    // `years` says more than `year`, wherever it stands.
    if (key == "year" && to) return;
    ValueReader{reference}(key == "year" ? "year" : name, value, to);
  });
  return found;
}

bool is_value(std::string_view key) {
  Values none;
  bool found = false;
  for_each_value(none, [&](std::string_view field, auto&) { found = found || field == key; });
  return found;
}

/// Says that the document has no such text; false for a list and for the title.
bool set_blank(std::string_view key, Values& values) {
  bool set = false;
  for_each_value(values, [&]<class Value>(std::string_view field, std::optional<Value>& to) {
    if constexpr (std::is_same_v<Value, std::string>) {
      if (field != key || key == "title") return;
      to = "";
      set = true;
    }
  });
  return set;
}

void read_field(const std::string& key, const Json& value, const Reference& reference,
                ParsedRecord& parsed) {
  Record& record = parsed.record;
  if (std::ranges::find(kDerivedKeys, key) != kDerivedKeys.end()) {
    parsed.ignored.push_back(key);
  } else if (value.is_null()) {
    refuse("record_value_invalid", key, "null");
  } else if (key == "id") {
    record.id = read_id(key, value, "record_id_invalid");
  } else if (key == "text") {
    if (!value.is_string()) refuse("record_value_invalid", key, shown(value));
    record.text = value.get<std::string>();
  } else if (key == "collection") {
    record.collection = read_id(key, value, "record_value_invalid");
  } else if (key == "visibility") {
    record.internal = read_visibility(key, value);
  } else if (key == "illustration") {
    record.illustration = read_flag(key, value);
  } else if (!read_value(key, value, reference, record.values)) {
    refuse("record_field_unknown", shortened(text::normalise(key)));
  }
}

/// Parses with a limit on depth: hostile nesting must not become deep recursion later. A key that
/// stands twice is refused, since nobody can say which one was meant.
Json parse(std::string_view json) {
  std::vector<std::string> keys;
  std::string twice;
  bool deep = false;
  const auto callback = [&](int depth, Json::parse_event_t event, Json& parsed) {
    deep = deep || depth > kMaxDepth;
    if (event == Json::parse_event_t::key && depth == 1) {
      auto key = parsed.get<std::string>();
      if (std::ranges::find(keys, key) != keys.end()) twice = key;
      if (keys.size() < kMaxListItems) keys.push_back(std::move(key));
    }
    return depth <= kMaxDepth;
  };
  if (json.size() > kMaxRecordBytes) refuse("json_invalid", {}, "longer than 256 MB");
  try {
    Json parsed = Json::parse(json, callback);
    if (deep) refuse("json_invalid", {}, "nested too deeply");
    if (!twice.empty()) refuse("json_invalid", twice, "the key stands twice");
    if (!parsed.is_object()) refuse("json_invalid", {}, "not an object: " + shown(parsed));
    return parsed;
  } catch (const Json::exception& error) {
    refuse("json_invalid", {}, error.what());
  }
}

}  // namespace

std::string_view facet_of(std::string_view field) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kFacets = {{
      {"type", "type"},
      {"level", "level"},
      {"provinces", "province"},
      {"provinces_about", "province"},
      {"regions", "region"},
      {"programmes", "programme"},
      {"components", "component"},
      {"themes", "theme"},
      {"ethnic_groups", "ethnic_group"},
  }};
  const auto* const found =
      std::ranges::find(kFacets, field, [](const auto& p) { return p.first; });
  return found == kFacets.end() ? std::string_view() : found->second;
}

text::Result<ParsedRecord> parse_record(std::string_view json, const Reference& reference) {
  try {
    const Json object = parse(json);
    ParsedRecord parsed;
    for (const auto& [key, value] : object.items()) read_field(key, value, reference, parsed);
    Values& values = parsed.record.values;
    if (values.provinces && !values.provinces_about) values.provinces_about = values.provinces;
    return parsed;
  } catch (BadRecord& bad) {
    return tl::unexpected<text::Error>(std::move(bad.error));
  }
}

text::Result<Correction> parse_correction(std::string_view json, const Reference& reference) {
  try {
    const Json object = parse(json);
    Correction correction;
    for (const auto& [key, value] : object.items()) {
      if (!is_value(key)) refuse("record_field_unknown", shortened(text::normalise(key)));
      if (value.is_null()) {
        correction.withdrawn.push_back(key);
      } else if (value != "" || !set_blank(key, correction.values)) {
        read_value(key, value, reference, correction.values);
      }
    }
    return correction;
  } catch (BadRecord& bad) {
    return tl::unexpected<text::Error>(std::move(bad.error));
  }
}

std::string values_to_json(const Values& values) {
  auto object = nlohmann::ordered_json::object();
  for_each_value(values, [&object](const char* field, const auto& value) {
    if (value) object[field] = *value;
  });
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Values values_from_json(std::string_view json) {
  const Json object = Json::parse(json);
  Values values;
  for_each_value(values, [&object](const char* field, auto& value) {
    using Value = typename std::remove_reference_t<decltype(value)>::value_type;
    if (const auto found = object.find(field); found != object.end()) {
      value = found->template get<Value>();
    }
  });
  return values;
}

}  // namespace nhanrong::corpus
