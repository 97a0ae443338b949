#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "indexer/understand/dates.h"
#include "indexer/understand/document_number.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// A piece of a line of the head: the two columns of Decree 30 often come flattened to one line.
struct HeadSegment {
  Span span;
  std::size_t line;
};

/// The columns of a line: cut at wide gaps, around the state's name and motto, between number and
/// place line.
std::vector<HeadSegment> head_segments(const Page& page, std::size_t line);

/// What stands above the title. Source: Decree 30/2020/NĐ-CP, annex I.
struct Letterhead {
  bool found = false;                 // state's name, own number, or an agency with place and date
  std::vector<Span> agencies;         // issuing body and those above it, top down
  std::optional<FoundNumber> number;  // own number
  std::string symbol;                 // "BC-UBND": also where the number itself is left blank
  std::optional<FoundDate> date;
  std::optional<std::size_t> place_line;  // line with place and date
  std::optional<Span> subject;            // after V/v, over several lines
  std::optional<std::size_t> addressee;   // line "Kính gửi"
  std::size_t end_line = 0;               // first line behind the head
};

/// Does a line of the head begin the name of a body ("VĂN PHÒNG …"), not go on with the one above
/// ("THÔN MỚI")?
bool begins_agency(const Page& page, Span span);

Letterhead read_letterhead(const Page& page, const std::vector<FoundDate>& dates);

/// "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM".
bool is_motto(std::string_view folded);

}  // namespace nhanrong::indexer
