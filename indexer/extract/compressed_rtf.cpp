#include "indexer/extract/compressed_rtf.h"

#include <algorithm>
#include <array>

#include "indexer/extract/little_endian.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kHead = 16;
constexpr std::uint32_t kPacked = 0x75465A4C;  // "LZFu"
constexpr std::uint32_t kPlain = 0x414C454D;   // "MELA"
constexpr std::size_t kWindow = 4096;

/// What the window holds before anything was read; [MS-OXRTFCP] 2.1.2.1.
constexpr std::string_view kFirst =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// The last 4,096 bytes that were written, as a ring.
class Window {
 public:
  Window() { std::copy(kFirst.begin(), kFirst.end(), ring_.begin()); }
  void put(char c) {
    ring_[end_] = c;
    end_ = (end_ + 1) % kWindow;
  }
  char at(std::size_t place) const { return ring_[place % kWindow]; }
  std::size_t end() const { return end_; }

 private:
  std::array<char, kWindow> ring_{};
  std::size_t end_ = kFirst.size();
};

}  // namespace

std::optional<std::string> unpack_rtf(std::string_view packed) {
  if (packed.size() < kHead) return std::nullopt;
  const std::size_t size = u32_at(packed, 4);
  if (u32_at(packed, 8) == kPlain) return std::string(part_at(packed, kHead, size));
  if (u32_at(packed, 8) != kPacked) return std::nullopt;
  std::string out;
  Window window;
  const auto put = [&](char c) {
    window.put(c);
    if (out.size() < size) out += c;
  };
  for (std::size_t at = kHead; at < packed.size();) {
    const unsigned kinds = u8_at(packed, at++);
    for (unsigned i = 0; i < 8 && at < packed.size(); ++i) {
      if ((kinds >> i & 1) == 0) {
        put(packed[at++]);
        continue;
      }
      // Where in the window, how many more than two; high byte first.
      const unsigned high = u8_at(packed, at);
      const unsigned reference = high << 8 | u8_at(packed, at + 1);
      at += 2;
      const std::size_t from = reference >> 4;
      if (from == window.end()) return out;
      for (std::size_t k = 0; k < (reference & 0xF) + 2; ++k) put(window.at(from + k));
    }
  }
  return out;
}

}  // namespace nhanrong::indexer
