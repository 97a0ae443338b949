#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/encoding_detection.h"
#include "text/legacy.h"
#include "text/normalise.h"
#include "text/telex.h"
#include "text/utf8.h"

/// Any bytes go through every decoder; what they give is UTF-8 once normalised, and no longer than
/// a letter of three bytes a byte allows.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace text = nhanrong::text;
  const std::string_view s(reinterpret_cast<const char*>(data), size);
  const std::string utf8 = text::normalise(s);
  for (const text::EncodingName& encoding : text::encodings()) {
    const std::string decoded = text::decode_as(encoding.encoding, s);
    if (decoded.size() > 3 * size) std::abort();
    const std::string characters = text::decode_characters_as(encoding.encoding, utf8);
    if (text::normalise(characters) != text::normalise(text::normalise(characters))) std::abort();
  }
  static_cast<void>(text::detect(s));
  static_cast<void>(text::detect_characters(utf8));
  static_cast<void>(text::encoding_of_font(s));
  for (const std::string& reading : text::typing_readings(s)) {
    for (std::size_t i = 0; i < reading.size();) {
      if (text::next_code_point(reading, i) == text::kInvalidCodePoint) std::abort();
    }
  }
  return 0;
}
