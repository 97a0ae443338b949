#include "indexer/understand/surnames.h"

#include <algorithm>
#include <array>

namespace nhanrong::indexer {
namespace {

constexpr std::array kSurnames{
    "Nguyễn", "Trần",  "Lê",     "Phạm",  "Hoàng", "Huỳnh", "Phan",   "Vũ",    "Võ",    "Đặng",
    "Bùi",    "Đỗ",    "Ngô",    "Lò",    "Lường", "Cầm",   "Quàng",  "Giàng", "Vàng",  "Sùng",
    "Thào",   "Tòng",  "Nông",   "Triệu", "Bàn",   "Đinh",  "Ksor",   "Siu",   "Thạch", "Danh",
    "Lương",  "Trịnh", "Đoàn",   "Hồ",    "Dương", "Lý",    "Lâm",    "Mai",   "Tô",    "Tạ",
    "Chu",    "Phùng", "Hứa",    "Vừ",    "Lầu",   "Hạng",  "Cà",     "Lù",    "Tẩn",   "Chảo",
    "Phàn",   "Quách", "Điểu",   "Vi",    "Kiều",  "Mã",    "Trương", "Đào",   "Đàm",   "Lưu",
    "Tống",   "Vương", "Nghiêm", "Thân",  "Giáp",  "Lô",    "Hảng",   "Lừu",   "Bế",    "Đèo",
    "Lèo",    "Xồng",  "Kpă",    "Rah",   "Chíu",  "Tằng",  "Lã",     "Doãn",  "Mạc",   "Khổng"};

}  // namespace

bool is_surname(std::string_view word) {
  return std::ranges::find(kSurnames, word) != kSurnames.end();
}

}  // namespace nhanrong::indexer
