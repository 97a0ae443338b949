#include "indexer/xapian_error.h"

#include <fmt/format.h>
#include <xapian.h>

#include <stdexcept>

#include "indexer/generation.h"

namespace nhanrong::indexer {

void rethrow_readable(const std::filesystem::path& place) {
  try {
    throw;
  } catch (const Xapian::DatabaseCorruptError& error) {
    throw IndexUnusable(fmt::format("{}: damaged: {}", place.string(), error.get_msg()));
  } catch (const Xapian::DatabaseVersionError& error) {
    throw IndexUnusable(fmt::format("{}: another format: {}", place.string(), error.get_msg()));
  } catch (const Xapian::DatabaseLockError&) {
    throw std::runtime_error(fmt::format("{}: another process writes this index", place.string()));
  } catch (const Xapian::Error& error) {
    const char* system = error.get_error_string();
    throw std::runtime_error(fmt::format("{}: {}: {}{}{}", place.string(), error.get_type(),
                                         error.get_msg(), system != nullptr ? ": " : "",
                                         system != nullptr ? system : ""));
  }
}

}  // namespace nhanrong::indexer
