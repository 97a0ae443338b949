#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::indexer {

/// A record of a workbook stream. Source: [MS-XLS] 2.1.4.
struct XlsRecord {
  std::uint16_t type;
  std::string_view bytes;
  /// Those and the records that go on with them (Continue).
  std::vector<std::string_view> parts;
};

/// Goes from record to record; a record that is cut short is the last.
class XlsRecords {
 public:
  explicit XlsRecords(std::string_view stream, std::size_t at = 0) : stream_(stream), at_(at) {}
  /// Good until the next call; nullptr: there are no more.
  const XlsRecord* next();

 private:
  std::string_view stream_;
  std::size_t at_;
  XlsRecord record_{};
};

/// A text with other fonts from some characters on.
struct XlsText {
  struct Font {
    std::size_t from;  // UTF-16 unit
    std::uint16_t font;
  };
  std::u16string characters;
  std::vector<Font> fonts;

  /// UTF-8 of the units from `start` to `end`.
  std::string part(std::size_t start, std::size_t end) const;
};

/// Reads strings out of the parts of a record: characters may go on in the next part, which then
/// says anew how wide they are. What is behind the end reads as 0.
class XlsStringReader {
 public:
  explicit XlsStringReader(std::vector<std::string_view> parts) : parts_(std::move(parts)) {}

  bool at_end();
  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  void skip(std::size_t bytes);
  /// XLUnicodeRichExtendedString, [MS-XLS] 2.5.293; also the plain one where it has no fonts.
  XlsText text();
  /// The same with its length before it in one byte: names of sheets and fonts.
  XlsText short_text();
  /// So many characters behind a byte that says how wide they are.
  std::u16string characters(std::size_t count);

 private:
  XlsText text(std::size_t count);
  std::u16string characters(std::size_t count, bool wide);
  void take_characters(std::size_t count, bool wide, std::u16string& out);

  std::vector<std::string_view> parts_;
  std::size_t part_ = 0, at_ = 0;
};

}  // namespace nhanrong::indexer
