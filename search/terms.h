#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "search/index_reader.h"

namespace nhanrong::search {

/// Are there passages that are not packed?
bool has_unpacked(const Snapshot& snapshot);

/// Calls use(term, in how many passages) for the terms that begin with `prefix`, in order of their
/// bytes, until it says false.
void each_term(const Snapshot& snapshot, std::string_view prefix,
               const std::function<bool(const std::string& term, std::uint32_t frequency)>& use);

}  // namespace nhanrong::search
