#pragma once
#include <ctime>
#include <string>
#include <string_view>

#include "corpus/catalogue.h"
#include "corpus/database.h"

namespace nhanrong::corpus {

struct Catalogue::Impl {
  explicit Impl(const std::string& url) : database(url) {}
  Database database;
};

/// The present instant, UTC: "2026-11-23T01:15:00Z".
std::string utc_now();

/// Text from outside (a path, a message) as both databases take it: bytes that are no UTF-8 and NUL
/// become "\xE3".
std::string storable(std::string_view bytes);

/// Values by field, as JSON: {"years", "[2023]"}.
std::vector<std::pair<std::string, std::string>> fields_of(const Values& values);

}  // namespace nhanrong::corpus
