#pragma once
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "indexer/understand/page.h"

// Single words that the practice card decides by, as exact keys of tokens.
namespace nhanrong::indexer {

/// Words as exact keys, made once.
template <std::size_t kSize>
class Words {
 public:
  explicit Words(const std::array<std::string_view, kSize>& words) {
    std::ranges::transform(words, keys_.begin(), name_key);
    std::ranges::sort(keys_);
  }
  bool hold(const std::string& key) const { return std::ranges::binary_search(keys_, key); }

 private:
  std::array<std::string, kSize> keys_;
};
template <std::size_t kSize>
Words(const std::array<std::string_view, kSize>&) -> Words<kSize>;

/// Begin the name of a place.
bool is_place_word(const std::string& key);
/// End the name of a place within a clause.
bool ends_place(const std::string& key);
/// "từ các nguồn ngân sách": belong to the source of money behind them.
bool leads_to_source(const std::string& key);
/// Begin a clause that only completes the one before it.
bool completes(const std::string& key);
/// Before a count, these make it a change, a rest or a share.
bool changes_count(const std::string& key);
/// The same right before the count only: "trên 120 hộ", "từ 40 hộ", but "Đến nay 180 hộ".
bool shares_count(const std::string& key);
/// Written small, these begin what tells of a person: "ông", "sinh năm", "điện thoại". No card
/// repeats that. "Bà Rịa", "Đồng Nai" are places.
bool tells_person(const std::string& key);
/// The same in any case.
bool tells_number_of_person(const std::string& key);
/// The commonest surnames, for names behind a dash.
bool is_surname(const std::string& key);
/// "bỏ", "rút": those who took part no longer.
bool gives_up(const std::string& key);
/// "bỏ", "chưa", "vắng": those who do not take part.
bool stays_away(const std::string& key);
/// Numbers in words that mean nothing else: "bốn", "nửa", but not "năm", "một".
bool is_number_word(const std::string& key);
/// "Tổ trưởng", "Hội viên": a person's post, no office.
bool is_post(const std::string& key);

}  // namespace nhanrong::indexer
