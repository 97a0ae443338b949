#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "text/normalise.h"

/// Any bytes decode or give a reason; normalised text is clean in one step.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace text = nhanrong::text;
  const auto decoded = text::decode(std::as_bytes(std::span(data, size)));
  const std::string once =
      text::normalise(decoded ? *decoded : std::string(reinterpret_cast<const char*>(data), size));
  if (text::normalise(once) != once) std::abort();
  return 0;
}
