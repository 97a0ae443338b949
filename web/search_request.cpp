#include "web/search_request.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/utf8.h"

namespace nhanrong::web {
namespace {

using search::Request;

struct Shape {
  std::size_t characters = 0;
  bool valid = true, control = false;
};

Shape shape_of(std::string_view s) {
  Shape shape;
  for (std::size_t i = 0; i < s.size(); ++shape.characters) {
    const char32_t c = text::next_code_point(s, i);
    if (c == text::kInvalidCodePoint) shape.valid = false;
    const bool blank = c == '\t' || c == '\n' || c == '\r';
    if ((c < 0x20 && !blank) || c == 0x7F) shape.control = true;
  }
  return shape;
}

text::Error bad_value(const std::string& name, const std::string& value) {
  return {"parameter_value", name, value};
}

/// Values that a parameter may have, with what they mean.
template <class T, std::size_t N>
std::optional<T> choose(const std::array<std::pair<const char*, T>, N>& choices,
                        std::string_view value) {
  for (const auto& [name, meaning] : choices) {
    if (value == name) return meaning;
  }
  return std::nullopt;
}

/// Issuers are no table: any name may be asked for.
constexpr std::size_t kMostIssuerBytes = 1000;

bool knows(const corpus::Reference& reference, const std::string& facet, const std::string& value) {
  if (facet == "issuer") return value.size() <= kMostIssuerBytes;
  if (facet == "year") return value.size() == 4 && parse_number(value, 1900, 2100).has_value();
  return std::ranges::any_of(reference.values(facet),
                             [&](const corpus::Label& label) { return label.id == value; });
}

/// Sets a parameter that chooses among named values; an empty one leaves the default.
template <class T, std::size_t N>
std::optional<text::Error> set_choice(const Parameters& parameters, const std::string& name,
                                      T& target,
                                      const std::array<std::pair<const char*, T>, N>& choices) {
  const std::string value = first_value(parameters, name);
  if (value.empty()) return std::nullopt;
  const auto chosen = choose(choices, value);
  if (!chosen) return bad_value(name, value);
  target = *chosen;
  return std::nullopt;
}

std::optional<text::Error> set_choices(const Parameters& parameters, Request& request) {
  using search::Match;
  using search::Places;
  using search::Sort;
  constexpr std::array<std::pair<const char*, Sort>, 3> kSorts{
      {{"relevance", Sort::Relevance}, {"newest", Sort::Newest}, {"oldest", Sort::Oldest}}};
  constexpr std::array<std::pair<const char*, Match>, 2> kMatches{
      {{"auto", Match::Auto}, {"all", Match::All}}};
  constexpr std::array<std::pair<const char*, Places>, 2> kPlaces{
      {{"named", Places::Named}, {"present", Places::Present}}};
  constexpr std::array<std::pair<const char*, bool>, 1> kFacetChoices{{{"none", false}}};
  constexpr std::array<std::pair<const char*, bool>, 2> kLanguages{{{"vi", true}, {"en", true}}};
  constexpr std::array<std::pair<const char*, bool>, 1> kExact{{{"1", true}}};
  bool language = true;
  auto error = set_choice(parameters, "sort", request.sort, kSorts);
  if (!error) error = set_choice(parameters, "match", request.match, kMatches);
  if (!error) error = set_choice(parameters, "places", request.places, kPlaces);
  if (!error) error = set_choice(parameters, "facets", request.facets, kFacetChoices);
  if (!error) error = set_choice(parameters, "exact", request.exact, kExact);
  if (!error) error = set_choice(parameters, "lang", language, kLanguages);
  return error;
}

std::optional<text::Error> set_paging(const Parameters& parameters, Request& request) {
  if (const std::string size = first_value(parameters, "size"); !size.empty()) {
    const auto number = parse_number(size, 0, 100);
    if (!number) return bad_value("size", size);
    request.size = *number;
  }
  if (const std::string page = first_value(parameters, "page"); !page.empty()) {
    const auto number = parse_number(page, 1, 1'000'000'000);
    if (!number) return bad_value("page", page);
    if (std::int64_t{*number} * std::max(request.size, 1) > kMostHits) {
      return text::Error{"page_too_far", "page", page};
    }
    request.page = *number;
  }
  return std::nullopt;
}

std::optional<text::Error> set_filters(const Parameters& parameters,
                                       const corpus::Reference& reference, Request& request) {
  for (const std::string facet : search::kFacets) {
    const auto [begin, end] = parameters.equal_range(facet);
    for (auto it = begin; it != end; ++it) {
      if (it->second.empty()) continue;
      if (!knows(reference, facet, it->second)) return bad_value(facet, it->second);
      auto& values = request.filters[facet];
      if (std::ranges::find(values, it->second) == values.end()) values.push_back(it->second);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> parse_number(std::string_view digits, int least, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (number < least || number > most) return std::nullopt;
  return number;
}

std::optional<text::Error> check_parameters(const Parameters& parameters) {
  for (const auto& [name, value] : parameters) {
    for (const auto& bytes : {name, value}) {
      const Shape shape = shape_of(bytes);
      const std::string& place = shape_of(name).valid ? name : "?";
      if (!shape.valid) return text::Error{"parameter_not_utf8", place, ""};
      if (shape.control) return text::Error{"parameter_control", place, ""};
    }
  }
  return std::nullopt;
}

text::Result<Request> parse_search_request(const Parameters& parameters,
                                           const corpus::Reference& reference) {
  Request request;
  request.query = first_value(parameters, "q");
  if (shape_of(request.query).characters > kMostQueryCharacters) {
    return text::failure("query_too_long", "q");
  }
  request.collection = first_value(parameters, "collection");
  if (request.collection.size() > 128) return tl::unexpected(bad_value("collection", "…"));
  request.cites = first_value(parameters, "cites");
  if (request.cites.size() > 128) return tl::unexpected(bad_value("cites", "…"));
  auto error = set_choices(parameters, request);
  if (!error) error = set_paging(parameters, request);
  if (!error) error = set_filters(parameters, reference, request);
  if (error) return tl::unexpected(*error);
  return request;
}

}  // namespace nhanrong::web
