#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/text_flow.h"

namespace nhanrong::indexer {

/// A record of a presentation; source: [MS-PPT] 2.3.1 and [MS-ODRAW] 2.2.1.
struct PptRecord {
  unsigned instance;
  std::uint16_t type;
  std::string_view bytes;  // without the head
  bool is_container;
};

/// The records one behind the other in `bytes`; one that is cut short is the last.
std::vector<PptRecord> read_ppt_records(std::string_view bytes);

/// A record of a presentation at an offset; its bytes are empty where there is none.
PptRecord ppt_record_at(std::string_view stream, std::size_t offset);

/// The text of one shape as its atoms say it: first what for, then characters, then formats.
class PptText {
 public:
  /// Takes an atom that belongs to a text; false: it does not.
  bool take(const PptRecord& record);

  bool is_empty() const { return characters_.empty(); }
  bool is_title() const { return kind_ == 0 || kind_ == 6; }
  bool is_body() const { return kind_ == 1 || kind_ == 5 || kind_ == 7 || kind_ == 8; }
  void set_kind(std::uint32_t kind) { kind_ = kind; }

  /// Its paragraphs; `fonts`: by their number. A title is one paragraph.
  std::vector<FlowParagraph> paragraphs(const std::vector<std::string>& fonts) const;

 private:
  struct Run {
    std::size_t end;  // UTF-16 unit behind it
    int value;        // number of a font; level
  };

  void read_formats(std::string_view bytes);
  static int value_at(const std::vector<Run>& runs, std::size_t at, int otherwise);

  std::uint32_t kind_ = 4;  // "other", [MS-PPT] 2.13.33 (TextTypeEnum)
  std::u16string characters_;
  std::vector<Run> fonts_, levels_;
};

}  // namespace nhanrong::indexer
