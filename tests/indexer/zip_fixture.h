#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::indexer {

struct ZipEntry {
  std::string name, bytes;
  std::uint16_t flags = 0x0800;  // names are UTF-8; 1: encrypted
};

/// CRC-32 of zip (APPNOTE.TXT 4.4.7), bit by bit.
inline std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

/// A zip file (APPNOTE.TXT 4.3) whose entries are stored as they are.
inline std::string make_zip(const std::vector<ZipEntry>& entries) {
  std::string out, directory;
  const auto put = [](std::string& to, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 0xFFU);
  };
  for (const auto& entry : entries) {
    std::string common;  // of the local and the central header
    put(common, 20, 2);
    put(common, entry.flags, 2);
    put(common, 0, 2);  // stored
    put(common, 0x58210000, 4);
    put(common, crc32_of(entry.bytes), 4);
    put(common, entry.bytes.size(), 4);
    put(common, entry.bytes.size(), 4);
    put(common, entry.name.size(), 2);
    put(common, 0, 2);
    directory += "PK\x01\x02";
    put(directory, 20, 2);
    directory += common + std::string(10, '\0');
    put(directory, out.size(), 4);
    directory += entry.name;
    out += "PK\x03\x04" + common + entry.name + entry.bytes;
  }
  const auto start = out.size();
  out += directory + "PK\x05\x06" + std::string(4, '\0');
  put(out, entries.size(), 2);
  put(out, entries.size(), 2);
  put(out, directory.size(), 4);
  put(out, start, 4);
  put(out, 0, 2);
  return out;
}

}  // namespace nhanrong::indexer
