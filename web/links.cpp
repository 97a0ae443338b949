#include "web/links.h"

#include <string>

namespace nhanrong::web {
namespace {

void add(std::string& parameters, std::string_view name, std::string_view value) {
  parameters += parameters.empty() ? '?' : '&';
  parameters += name;
  parameters += '=';
  parameters += encode(value);
}

}  // namespace

std::string encode(std::string_view bytes) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

std::string search_parameters(const search::Request& request) {
  std::string out;
  if (!request.query.empty()) add(out, "q", request.query);
  for (const std::string facet : search::kFacets) {
    const auto values = request.filters.find(facet);
    if (values == request.filters.end()) continue;
    for (const auto& value : values->second) add(out, facet, value);
  }
  if (!request.cites.empty()) add(out, "cites", request.cites);
  if (request.match == search::Match::All) add(out, "match", "all");
  if (request.places == search::Places::Present) add(out, "places", "present");
  if (request.sort == search::Sort::Newest) add(out, "sort", "newest");
  if (request.sort == search::Sort::Oldest) add(out, "sort", "oldest");
  if (request.exact) add(out, "exact", "1");
  if (!request.collection.empty()) add(out, "collection", request.collection);
  if (request.size != 10) add(out, "size", std::to_string(request.size));
  if (request.page != 1) add(out, "page", std::to_string(request.page));
  return out;
}

std::string search_url(const search::Request& request, std::string_view path) {
  return std::string(path) + search_parameters(request);
}

std::string facet_url(const std::string& facet, const std::string& value, search::Places places) {
  search::Request request;
  request.filters[facet] = {value};
  request.places = places;
  return search_url(request);
}

std::string document_url(std::string_view id, std::string_view query, std::string_view anchor) {
  std::string url = "/van-ban/" + encode(id);
  if (!query.empty()) url += "?q=" + encode(query);
  if (!anchor.empty()) url += "#" + encode(anchor);
  return url;
}

}  // namespace nhanrong::web
