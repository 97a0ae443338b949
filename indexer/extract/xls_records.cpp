#include "indexer/extract/xls_records.h"

#include <algorithm>

#include "indexer/extract/little_endian.h"
#include "text/code_page.h"

namespace nhanrong::indexer {
namespace {

constexpr std::uint16_t kContinue = 0x3C;
constexpr std::uint8_t kWide = 1, kExtended = 4, kRich = 8;  // flags of a string

}  // namespace

const XlsRecord* XlsRecords::next() {
  constexpr std::size_t kHead = 4;
  const auto take = [this] {
    const auto bytes = part_at(stream_, at_ + kHead, u16_at(stream_, at_ + 2));
    at_ += kHead + bytes.size();
    return bytes;
  };
  if (at_ >= stream_.size() || stream_.size() - at_ < kHead) return nullptr;
  record_.type = u16_at(stream_, at_);
  record_.bytes = take();
  record_.parts = {record_.bytes};
  while (at_ + kHead <= stream_.size() && u16_at(stream_, at_) == kContinue) {
    record_.parts.push_back(take());
  }
  return &record_;
}

std::string XlsText::part(std::size_t start, std::size_t end) const {
  std::string bytes;
  for (std::size_t i = start; i < std::min(end, characters.size()); ++i) {
    bytes += static_cast<char>(characters[i] & 0xFF);
    bytes += static_cast<char>(characters[i] >> 8);
  }
  return text::decode_utf16_le(bytes);
}

bool XlsStringReader::at_end() {
  while (part_ < parts_.size() && at_ >= parts_[part_].size()) {
    ++part_;
    at_ = 0;
  }
  return part_ == parts_.size();
}

std::uint8_t XlsStringReader::u8() {
  return at_end() ? std::uint8_t{0} : u8_at(parts_[part_], at_++);
}

std::uint16_t XlsStringReader::u16() {
  const unsigned low = u8();
  return static_cast<std::uint16_t>(low | static_cast<unsigned>(u8()) << 8);
}

std::uint32_t XlsStringReader::u32() {
  const std::uint32_t low = u16();
  return low | static_cast<std::uint32_t>(u16()) << 16;
}

void XlsStringReader::skip(std::size_t bytes) {
  while (bytes > 0 && !at_end()) {
    const auto here = std::min(bytes, parts_[part_].size() - at_);
    at_ += here;
    bytes -= here;
  }
}

void XlsStringReader::take_characters(std::size_t count, bool wide, std::u16string& out) {
  const std::string_view bytes = parts_[part_];
  const std::size_t width = wide ? 2 : 1;
  for (; count > 0 && at_ + width <= bytes.size(); --count, at_ += width) {
    out += wide ? char16_t{u16_at(bytes, at_)} : char16_t{u8_at(bytes, at_)};
  }
  if (count > 0) at_ = bytes.size();  // half a character
}

XlsText XlsStringReader::text() { return text(u16()); }
XlsText XlsStringReader::short_text() { return text(u8()); }

std::u16string XlsStringReader::characters(std::size_t count) {
  return characters(count, (u8() & kWide) != 0);
}

std::u16string XlsStringReader::characters(std::size_t count, bool wide) {
  std::u16string out;
  while (out.size() < count && !at_end()) {
    const std::size_t part = part_;
    take_characters(count - out.size(), wide, out);
    if (out.size() < count && !at_end() && part_ != part) wide = (u8() & kWide) != 0;
  }
  return out;
}

XlsText XlsStringReader::text(std::size_t count) {
  const std::uint8_t flags = u8();
  const std::size_t fonts = (flags & kRich) != 0 ? u16() : std::size_t{0};
  const std::size_t others = (flags & kExtended) != 0 ? u32() : std::size_t{0};
  XlsText out{characters(count, (flags & kWide) != 0), {}};
  for (std::size_t i = 0; i < fonts && !at_end(); ++i) {
    const std::size_t from = u16();
    out.fonts.push_back({from, u16()});
  }
  skip(others);
  return out;
}

}  // namespace nhanrong::indexer
