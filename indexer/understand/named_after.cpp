#include "indexer/understand/named_after.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "indexer/understand/practice_words.h"

namespace nhanrong::indexer {
namespace {

/// Heads of the names of institutions.
const auto& institutions() {
  static const Words kHeads(std::to_array<std::string_view>(
      {"báo",       "đài",        "trường",    "viện",         "tạp chí",   "đại học",
       "học viện",  "cao đẳng",   "trung cấp", "nhà xuất bản", "xuất bản",  "bệnh viện",
       "công ty",   "tập đoàn",   "ngân hàng", "khách sạn",    "nhà máy",   "thư viện",
       "bảo tàng",  "nhà hát",    "nhà hàng",  "câu lạc bộ",   "xí nghiệp", "siêu thị",
       "thủy điện", "nhiệt điện", "thuỷ điện", "hãng",         "mầm non",   "mẫu giáo",
       "tiểu học",  "thcs",       "thpt",      "ptdtbt",       "ptdtnt",    "nxb",
       "đh",        "đhqg",       "đhsp",      "bv",           "bvđk",      "cty",
       "ctcp",      "tnhh"}));
  return kHeads;
}

/// Between a head and the province's name these tell that the name ended: where something is or
/// goes, an office of the province, its people.
const auto& barriers() {
  static const Words kBarriers(std::to_array<std::string_view>(
      {"tại", "ở",    "của",    "thuộc", "từ",    "đến",  "cho",   "với",  "về",    "tới",
       "qua", "trên", "cùng",   "trong", "ngoài", "sang", "vào",   "ra",   "lên",   "xuống",
       "là",  "hoặc", "hay",    "như",   "mua",   "bán",  "tặng",  "giúp", "trợ",   "đưa",
       "mời", "thăm", "gửi",    "nhánh", "người", "dân",  "sinh",  "tỉnh", "tp",    "huyện",
       "xã",  "phố",  "phường", "quận",  "thị",   "sở",   "ubnd",  "hđnd", "phòng", "ban",
       "hội", "cục",  "an",     "đoàn",  "sát",   "sách", "csxh",  "nhnn", "bào",   "vùng",
       "khu", "miền", "giữa",   "gồm",   "tâm",   "các",  "những", "liên", "đồng",  "khắp"}));
  return kBarriers;
}

const auto& plurals() {
  static const Words kMany(std::to_array<std::string_view>(
      {"các", "những", "nhiều", "hai", "ba", "bốn", "số", "mấy", "một số"}));
  return kMany;
}

const auto& routes() {
  static const Words kRoutes(std::to_array<std::string_view>(
      {"cao tốc", "đường sắt", "tuyến", "tàu", "tàu hỏa", "xe khách", "tuyến đường", "đường bay",
       "quốc lộ", "chuyến bay", "tuyến xe", "đường tàu", "đường dây"}));
  return kRoutes;
}

const auto& products() {
  static const Words kProducts(std::to_array<std::string_view>(
      {"nhãn",    "vải",      "bưởi",    "cam",      "quýt",    "xoài", "sầu riêng", "thanh long",
       "mận",     "nho",      "táo",     "dừa",      "chuối",   "mít",  "chôm chôm", "gạo",
       "nếp",     "lúa",      "ngô",     "khoai",    "sắn",     "mía",  "chè",       "trà",
       "cà phê",  "hồ tiêu",  "cao su",  "ca cao",   "quế",     "sâm",  "tỏi",       "gừng",
       "ớt",      "miến",     "bún",     "phở",      "hủ tiếu", "bánh", "nem",       "chả",
       "mắm",     "nước mắm", "mật ong", "muối",     "rượu",    "bia",  "gà",        "vịt",
       "lợn",     "bò",       "trâu",    "dê",       "cừu",     "cá",   "tôm",       "cua",
       "mực",     "yến sào",  "sữa",     "kẹo",      "thổ cẩm", "lụa",  "gốm",       "nón",
       "đặc sản", "hạt điều", "dâu tây", "măng cụt", "na",      "bơ"}));
  return kProducts;
}

/// Before a product these speak of those who grow or fetch it, and where.
const auto& growers() {
  static const Words kGrowers(std::to_array<std::string_view>(
      {"ngành", "trồng", "nuôi", "vùng",  "người", "nghề",   "làng",  "dân", "hộ",   "giống",
       "mua",   "nhập",  "lấy",  "con",   "hình",  "vườn",   "ruộng", "đồi", "trại", "bè",
       "đồng",  "rừng",  "cánh", "xưởng", "tàu",   "thuyền", "đánh",  "chợ", "nhân"}));
  return kGrowers;
}

std::string_view written(const Page& page, std::size_t token) {
  return page.text.substr(page.tokens[token].start,
                          page.tokens[token].end - page.tokens[token].start);
}

/// What stands between a token and the one before it.
std::string_view gap(const Page& page, std::size_t token) {
  const std::uint32_t end = page.tokens[token - 1].end;
  return page.text.substr(end, page.tokens[token].start - end);
}

/// Only a blank or the end of a broken line, not that of a heading in capitals.
bool is_joined(const Page& page, std::size_t token) {
  const std::string_view between = gap(page, token);
  if (between == " ") return true;
  return between == "\n" && (page.in_capitals || !is_in_capitals(written(page, token - 1)));
}

bool is_dashed(const Page& page, std::size_t token) {
  const std::string_view mark = trimmed(gap(page, token));
  return mark == "-" || mark == "\u2013";
}

bool has_capital(const Page& page, std::size_t token) { return starts_upper(written(page, token)); }

/// Of the words that begin at the token, how many are one of a set: two, one or none.
template <class Set>
std::size_t size_in(const Page& page, std::size_t token, std::size_t end, const Set& set) {
  if (token + 1 < end && set.hold(page.key(token, 2))) return 2;
  return set.hold(page.tokens[token].exact) ? 1 : 0;
}

/// "các trường đại học", "những công ty": several.
bool is_plural(const Page& page, std::size_t head) {
  static const auto kSchool = name_key("trường");
  if (head > 0 && page.tokens[head - 1].exact == kSchool) --head;
  return head > 0 && is_joined(page, head) &&
         (plurals().hold(page.tokens[head - 1].exact) ||
          page.tokens[head - 1].kind == text::TokenKind::Number);
}

/// "thông báo Hà Nội" names no newspaper.
bool is_in_word(const Page& page, std::size_t head) {
  static const Words kBefore(std::to_array<std::string_view>(
      {"thông", "dự", "cảnh", "cáo", "quảng", "bức", "đăng", "được", "tin", "khai", "nghe"}));
  return head > 0 && is_joined(page, head) && kBefore.hold(page.tokens[head - 1].exact);
}

/// "tuyến phố", "con đường"
bool is_street_word(const Page& page, std::size_t token) {
  static const Words kBefore(std::to_array<std::string_view>({"tuyến", "con"}));
  return kBefore.hold(page.tokens[token - 1].exact);
}

/// Does another name follow behind a comma or "và"?
bool goes_on(const Page& page, std::size_t end) {
  static const auto kAnd = name_key("và");
  if (end >= page.tokens.size()) return false;
  if (trimmed(gap(page, end)) == ",") return has_capital(page, end);
  return page.tokens[end].exact == kAnd && is_joined(page, end) && end + 1 < page.tokens.size() &&
         has_capital(page, end + 1);
}

/// Are the words from behind a head up to the province's name those of a proper name: "Cây ăn quả",
/// not "tuyển lao động"? Small words stand behind one with a capital or are such as names have.
bool is_name(const Page& page, std::size_t behind, std::size_t first, bool& capitals) {
  constexpr std::size_t kMostSmall = 2;
  static const Words kNameWords(std::to_array<std::string_view>(
      {"trách", "nhiệm", "hữu",    "hạn",  "cổ",   "phần", "một",  "thành", "viên",   "tnhh",
       "mtv",   "đại",   "học",    "cao",  "đẳng", "nghề", "phát", "thanh", "truyền", "hình",
       "và",    "đa",    "khoa",   "quốc", "gia",  "sư",   "phạm", "điện",  "lực",    "xi",
       "măng",  "nước",  "cấp",    "du",   "lịch", "xổ",   "số",   "kiến",  "thiết",  "chuyên",
       "xây",   "dựng",  "thương", "mại",  "tư",   "nhân", "nông", "lâm",   "bia",    "giấy",
       "trung", "chế",   "biến",   "y",    "dược"}));
  std::size_t small = kMostSmall;  // since the last capital
  for (std::size_t i = behind; i < first; ++i) {
    if (page.tokens[i].kind == text::TokenKind::Number) return false;
    if (has_capital(page, i)) {
      small = 0;
      capitals = true;
    } else if (!kNameWords.hold(page.tokens[i].exact) && ++small > kMostSmall) {
      return false;
    }
  }
  return true;
}

/// Does the head of an institution at a token open a proper name that ends with the province's?
/// "Công ty Bắc Ninh", "bệnh viện Hà Nội" in small letters are any of the place.
bool opens_name(const Page& page, std::size_t head, std::size_t behind, std::size_t first) {
  static const Words kPaper(std::to_array<std::string_view>({"báo"}));
  static const Words kAlways(
      std::to_array<std::string_view>({"xuất bản", "mầm non", "mẫu giáo", "tiểu học"}));
  static const auto kReport = name_key("báo cáo");
  if (page.key(head, 2) == kReport) return false;
  bool capitals = false;
  if (!is_name(page, behind, first, capitals)) return false;
  if (has_capital(page, head)) return true;
  if (behind - head == 2) return capitals || kAlways.hold(page.key(head, 2));
  // "báo Lào Cai" is the paper.
  return behind == first && kPaper.hold(page.tokens[head].exact) && !is_in_word(page, head);
}

}  // namespace

bool ends_institution(const Page& page, std::size_t first) {
  constexpr std::size_t kMostWords = 12;
  static const auto kAnd = name_key("và");
  static const auto kState = name_key("nhà nước");
  for (std::size_t back = 1; back <= std::min(kMostWords, first); ++back) {
    const std::size_t at = first - back;
    const bool dash = back > 1 && is_dashed(page, at + 1);
    if (!is_joined(page, at + 1) && !dash && trimmed(gap(page, at + 1)) != "&") return false;
    const std::size_t size = size_in(page, at, first, institutions());
    if (size > 0 && opens_name(page, at, at + size, first)) return !is_plural(page, at);
    const std::string& word = page.tokens[at].exact;
    if (barriers().hold(word) || (back == 1 && word == kAnd)) return false;
    // The State Bank's branch is the province's.
    if (at > 0 && page.key(at - 1, 2) == kState) return false;
  }
  return false;
}

bool names_bridge(const Page& page, std::size_t first) {
  static const auto kBridge = name_key("cầu");
  static const Words kWants(std::to_array<std::string_view>({"nhu", "yêu", "toàn", "thỉnh"}));
  return first > 0 && is_joined(page, first) && page.tokens[first - 1].exact == kBridge &&
         (first == 1 || !kWants.hold(page.tokens[first - 2].exact));
}

bool ends_route(const Page& page, std::size_t first, std::size_t end) {
  constexpr std::size_t kMostWords = 10;
  bool between = end < page.tokens.size() && is_dashed(page, end) && has_capital(page, end);
  for (std::size_t back = 1; back <= std::min(kMostWords, first); ++back) {
    const std::size_t at = first - back;
    const bool dash = is_dashed(page, at + 1);
    if (!dash && !is_joined(page, at + 1)) return false;
    between = between || dash;
    if (has_capital(page, at) && size_in(page, at, first, routes()) == 0) continue;
    // "quốc lộ 6 Hà Nội - Sơn La"
    if (page.tokens[at].kind == text::TokenKind::Number) continue;
    const bool one = routes().hold(page.tokens[at].exact);
    const bool two = at > 0 && routes().hold(page.key(at - 1, 2));
    static const auto kFast = name_key("cao tốc");
    return (one || two) && (between || (at > 0 && page.key(at - 1, 2) == kFast));
  }
  return false;
}

bool names_product(const Page& page, std::size_t first) {
  static const Words kOtherWords(
      std::to_array<std::string_view>({"cá nhân", "cá thể", "cá biệt", "cam kết", "cam đoan",
                                       "mít tinh", "mực nước", "chả lẽ", "bánh xe", "táo bạo"}));
  constexpr std::size_t kMostWords = 5;  // "xoài cát Hòa Lộc", "bưởi Năm Roi"
  std::size_t small = 0;
  for (std::size_t back = 1; back <= std::min(kMostWords, first); ++back) {
    const std::size_t at = first - back;
    if (!is_joined(page, at + 1)) return false;
    if (at + 1 < first && kOtherWords.hold(page.key(at, 2))) return false;
    if (size_in(page, at, first, products()) > 0) {
      const bool grown = at > 0 && is_joined(page, at) && growers().hold(page.tokens[at - 1].exact);
      return !grown;
    }
    const bool two = at > 0 && size_in(page, at - 1, first, products()) == 2;
    if (!two && barriers().hold(page.tokens[at].exact)) return false;
    small += has_capital(page, at) ? 0 : 1;
    if (small > 2) return false;
  }
  return false;
}

bool stands_in_list(const Page& page, std::size_t first, std::size_t end) {
  constexpr std::size_t kMostWords = 20;
  static const Words kListed(
      std::to_array<std::string_view>({"đường", "phố", "xã", "phường", "thôn", "bản", "ấp", "xóm",
                                       "khóm", "buôn", "làng", "tổ", "khối", "trấn"}));
  static const auto kAnd = name_key("và");
  // The last behind a comma holds the others: "các xã Nậm Có, Chế Tạo, Yên Bái".
  const bool listed = page.tokens[first == 0 ? 0 : first - 1].exact == kAnd || goes_on(page, end);
  bool behind_other = false;
  for (std::size_t back = 1; back <= std::min(kMostWords, first); ++back) {
    const std::size_t at = first - back;
    const std::string_view mark = trimmed(gap(page, at + 1));
    if (mark != "," && !is_joined(page, at + 1)) return false;
    const bool conjunction = page.tokens[at].exact == kAnd;
    behind_other = behind_other || mark == "," || conjunction;
    if (kListed.hold(page.tokens[at].exact)) {
      return listed && behind_other && at > 0 && is_joined(page, at) &&
             (plurals().hold(page.tokens[at - 1].exact) || is_street_word(page, at) ||
              page.tokens[at - 1].kind == text::TokenKind::Number);
    }
    const bool name = has_capital(page, at) || page.tokens[at].kind == text::TokenKind::Number;
    if (!name && !conjunction) return false;
  }
  return false;
}

bool opens_place_line(const Page& page, std::size_t first, std::size_t end) {
  static const Words kDates(std::to_array<std::string_view>({"ngày", "tháng"}));
  if (end + 1 >= page.tokens.size() || !kDates.hold(page.tokens[end].exact)) return false;
  if (trimmed(gap(page, end)) != "," || page.tokens[end + 1].kind != text::TokenKind::Number) {
    return false;
  }
  if (first == 0) return true;
  const std::string_view before = gap(page, first);
  return before.find_first_of("\n\t") != before.npos || before.find("  ") != before.npos;
}

bool stands_in_title_of_work(const Page& page, std::size_t first, std::size_t end) {
  static const Words kWorks(
      std::to_array<std::string_view>({"bài", "hát", "thơ", "phim", "khúc", "vở", "kịch", "cuốn",
                                       "sách", "phẩm", "bài ca", "chèo", "truyện"}));
  constexpr std::size_t kMostWords = 8;
  for (std::size_t back = 0; back <= std::min(kMostWords, first); ++back) {
    const std::size_t at = first - back;
    if (at == 0) return false;
    const std::string_view before = gap(page, at);
    if (before.find('"') != before.npos || before.find("\u201C") != before.npos) {
      // A name that fills the quotes may be quoted for any reason.
      const bool longer = back > 0 || (end < page.tokens.size() && is_joined(page, end));
      return longer && kWorks.hold(page.tokens[at - 1].exact);
    }
    if (trimmed(before) != "" && trimmed(before) != ",") return false;
  }
  return false;
}

}  // namespace nhanrong::indexer
