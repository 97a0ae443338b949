#pragma once
#include <cstddef>

#include "indexer/understand/page.h"
#include "indexer/understand/personal_labels.h"

namespace nhanrong::indexer {

/// Where the value of a label begins, and what stands between both.
struct ValuePlace {
  std::size_t first = 0, end = 0;  // tokens; equal: there is no value
  bool colon = false;              // a colon, the border of a cell or dots to write on
  bool marked = false;             // that, or "tại"
  bool of_office = false;          // "Điện thoại cơ quan:"
};

/// Finds the values of a form's labels. Page and labels must outlive it.
class ValuePlaces {
 public:
  ValuePlaces(const Page& page, const PersonalLabels& labels) : page_(page), labels_(labels) {}

  struct Manner {
    bool address = false;    // may begin with what is a filler elsewhere: "Thường trú: số 12"
    bool more_words = true;  // up to three before the colon: "Tài khoản nhận hỗ trợ: 8901"
  };
  /// Goes from the token behind a label over fillers, other labels of the same value ("CCCD/CMND
  /// số:") and hints in brackets. The value of a label that ends its line with a colon stands in
  /// the next.
  ValuePlace behind(std::size_t line, std::size_t token, Manner manner) const;

 private:
  std::size_t behind_colon(std::size_t at, ValuePlace& value) const;
  std::size_t behind_bracket(std::size_t at, std::size_t end) const;
  void look_below(std::size_t line, ValuePlace& value) const;
  std::string_view gap_before(std::size_t token) const;

  const Page& page_;
  const PersonalLabels& labels_;
};

}  // namespace nhanrong::indexer
