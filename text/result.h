#pragma once
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace nhanrong::text {

/// Why bad input (file, record, request) was not taken, e.g. {"json_invalid", "line 7", "unexpected
/// end of input"}. `code` names a sentence pair in web/messages/errors.{vi,en}.json, where {place}
/// and {detail} are filled in: the sentence tells the user what to do. Machinery that fails (disk,
/// database) throws instead.
struct Error {
  std::string code;    // snake_case, stable: it stands in reports and in the API
  std::string place;   // where: file, line, field, parameter; may be empty
  std::string detail;  // what exactly, in the words of the library that found it; may be empty
  bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

/// `return failure("file_empty", path);` in a function that returns a Result.
inline tl::unexpected<Error> failure(std::string code, std::string place = {},
                                     std::string detail = {}) {
  return tl::unexpected<Error>(Error{std::move(code), std::move(place), std::move(detail)});
}

}  // namespace nhanrong::text
