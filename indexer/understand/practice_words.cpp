#include "indexer/understand/practice_words.h"

namespace nhanrong::indexer {

bool is_place_word(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>(
      {"xã",  "phường", "huyện", "tỉnh", "thôn", "bản",   "xóm",  "ấp",  "buôn", "làng",
       "thị", "quận",   "khu",   "khóm", "bon",  "thành", "cụm",  "đặc", "vùng", "địa",
       "các", "một",    "hai",   "ba",   "bốn",  "năm",   "toàn", "tổ",  "chợ",  "trường"}));
  return kWords.hold(key);
}

bool ends_place(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>(
      {"từ",   "với",  "cho",  "nhằm", "để",  "đã",  "do",    "theo", "trong", "vào",  "có",
       "được", "bằng", "giúp", "là",   "gồm", "khi", "tháng", "ngày", "bước",  "mang", "góp"}));
  return kWords.hold(key);
}

bool leads_to_source(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>({"từ", "bằng", "do", "nguồn", "các"}));
  return kWords.hold(key);
}

bool completes(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>(
      {"tức", "bằng", "chiếm", "tương", "xuống", "còn", "lên", "so", "hay", "vượt"}));
  return kWords.hold(key);
}

bool changes_count(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>(
      {"giảm", "tăng", "còn", "chưa", "không", "thiếu", "mỗi", "xuống", "lên", "cứ", "bỏ"}));
  return kWords.hold(key);
}

bool shares_count(const std::string& key) {
  static const Words kWords(
      std::to_array<std::string_view>({"từ", "đến", "tới", "trong", "số", "tổ"}));
  return kWords.hold(key);
}

bool tells_person(const std::string& key) {
  static const Words kWords(
      std::to_array<std::string_view>({"ông", "bà", "anh", "chị", "đồng", "đ", "điện", "sinh", "số",
                                       "do", "gồm", "là", "email", "zalo", "di"}));
  return kWords.hold(key);
}

bool tells_number_of_person(const std::string& key) {
  static const Words kWords(
      std::to_array<std::string_view>({"đt", "sđt", "email", "cccd", "cmnd", "tel", "zalo"}));
  return kWords.hold(key);
}

bool is_surname(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>(
      {"nguyễn", "trần", "lê",    "phạm", "hoàng", "huỳnh", "phan",  "vũ",
       "võ",     "đặng", "bùi",   "đỗ",   "hồ",    "ngô",   "dương", "lý",
       "nông",   "lò",   "giàng", "sùng", "vàng",  "hà",    "đinh",  "triệu"}));
  return kWords.hold(key);
}

bool gives_up(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>({"bỏ", "rút", "trốn", "nghỉ"}));
  return kWords.hold(key);
}

bool stays_away(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>(
      {"bỏ", "chưa", "không", "vắng", "bị", "chết", "trốn", "nghỉ", "thiếu", "mất", "nợ", "rút",
       "còn", "trả", "sợ", "ngại", "phải", "nghèo", "khác"}));
  return kWords.hold(key);
}

bool is_number_word(const std::string& key) {
  static const Words kWords(
      std::to_array<std::string_view>({"hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười",
                                       "mươi", "chục", "trăm", "nửa", "rưỡi", "đôi"}));
  return kWords.hold(key);
}

bool is_post(const std::string& key) {
  static const Words kWords(std::to_array<std::string_view>({"trưởng", "phó", "viên"}));
  return kWords.hold(key);
}

}  // namespace nhanrong::indexer
