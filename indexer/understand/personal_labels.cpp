#include "indexer/understand/personal_labels.h"

#include <algorithm>
#include <span>

#include "text/token_scanner.h"

namespace nhanrong::indexer {
namespace {

using enum PersonalCue;

struct Names {
  PersonalCue cue;
  bool strict;
  std::vector<std::string_view> names;
};

/// Words of the forms of Circular 18/2013/TT-BKHCN, of applications and lists in use. Kept in the
/// code, not in a reference table: each is bound to the rule that reads what follows it.
std::vector<Names> all_names() {
  return {
      {BirthDate,
       false,
       {"ngày tháng năm sinh", "ngày sinh", "năm sinh", "sinh ngày", "sinh năm", "ngày năm sinh",
        "sinh tháng"}},
      {BirthDate, true, {"SN", "sinh"}},
      {IdentityNumber,
       false,
       {"CCCD", "CMND", "CMTND", "CMT", "căn cước", "căn cước công dân", "thẻ căn cước",
        "chứng minh nhân dân", "chứng minh thư", "chứng minh thư nhân dân", "định danh cá nhân",
        "số định danh", "mã định danh cá nhân", "chứng minh quân nhân", "ĐDCN"}},
      {Passport, false, {"hộ chiếu"}},
      {Phone, true, {"ĐT", "SĐT", "ĐTDĐ", "ĐTCĐ", "tel", "phone", "mobile", "zalo", "telephone"}},
      {Phone, false, {"điện thoại", "di động", "số máy", "số ĐT", "số ĐTDĐ"}},
      {BankAccount, false, {"số tài khoản", "tài khoản số", "STK", "số TK", "TK số"}},
      {Account, false, {"tài khoản", "TK"}},
      {HomeAddress,
       false,
       {"nơi thường trú", "hộ khẩu thường trú", "đăng ký thường trú", "địa chỉ thường trú", "HKTT",
        "nơi tạm trú", "địa chỉ tạm trú", "nơi cư trú", "địa chỉ cư trú", "địa chỉ nhà riêng",
        "thường trú", "tạm trú", "trú quán", "nơi đăng ký HKTT", "địa chỉ gia đình", "nhà riêng"}},
      {HomeAddress, true, {"chỗ ở", "nơi ở", "địa chỉ nhà"}},
      {Residence, true, {"trú tại", "cư trú tại", "ngụ tại", "thường trú tại", "tạm trú tại"}},
      {Address, false, {"địa chỉ", "địa chỉ liên hệ"}},
      {BirthPlace,
       false,
       {"nơi sinh", "quê quán", "nguyên quán", "sinh quán", "nơi đăng ký khai sinh",
        "nơi khai sinh"}},
      {BirthPlace, true, {"quê ở", "quê tại", "quê gốc"}},
      {Email,
       false,
       {"email", "e mail", "thư điện tử", "địa chỉ email", "địa chỉ e mail", "địa chỉ thư điện tử",
        "hộp thư điện tử", "hòm thư điện tử"}},
      {Person,
       false,
       {"họ và tên", "họ tên", "họ chữ đệm và tên", "tên tác giả", "giới tính", "người nộp đơn",
        "người đăng ký", "người làm đơn", "chủ hộ", "tên tôi là", "tôi tên là", "đồng tác giả",
        "họ và tên khai sinh", "tác giả sáng kiến", "người được khen thưởng"}},
      {Office, true, {"UBND", "HĐND", "sở",   "phòng",  "ban",      "cục",     "chi cục", "trường",
                      "trạm", "bộ",   "fax",  "HTX",    "tổng cục", "vụ",      "viện",    "kho bạc",
                      "KBNN", "hội",  "đoàn", "UBMTTQ", "quỹ",      "tổ chức", "đơn vị"}},
      {Office, false, {"ủy ban",       "văn phòng",        "trung tâm",        "công ty",
                       "trụ sở",       "cơ quan",          "hợp tác xã",       "bệnh viện",
                       "doanh nghiệp", "mặt trận tổ quốc", "kho bạc nhà nước", "bộ phận một cửa",
                       "nơi công tác", "nơi làm việc",     "hội đồng",         "ban quản lý",
                       "ban chỉ đạo",  "liên đoàn",        "tên tài khoản",    "chủ đầu tư"}},
      {OfficeName,
       false,
       {"tên đơn vị", "tên cơ quan", "tên tổ chức", "tên doanh nghiệp", "tên hợp tác xã",
        "tên công ty", "cơ quan chủ trì", "đơn vị chủ trì", "đơn vị thụ hưởng", "tên trường"}},
      {PublicLine,
       false,
       {"đường dây nóng", "hotline", "tổng đài", "số điện thoại nóng", "điện thoại nóng",
        "số nóng"}},
      {OtherNumber,
       false,
       {"mã số thuế", "MST", "mã số doanh nghiệp", "mã hồ sơ", "mã vạch", "số đăng ký",
        "mã số hợp tác xã", "mã số thuế cá nhân", "mã QHNS", "mã ĐVQHNS", "mã dự án", "mã số",
        "mã hộ", "số sổ", "số hiệu", "số seri", "mã đơn hàng", "mã công trình"}},
      {Filler,
       false,
       {"số",       "hiện nay",       "hiện tại", "tại",      "liên hệ",       "liên lạc",
        "là",       "của tôi",        "cá nhân",  "nếu có",   "người nộp đơn", "tác giả",
        "chủ đơn",  "người đại diện", "và",       "hoặc",     "hay",           "thẻ",
        "công dân", "dd mm yyyy",     "ngày",     "tháng",    "năm",           "ngân hàng",
        "cho",      "theo",           "đăng ký",  "dự phòng", "khi cần",       "cố định",
        "máy bàn",  "chính"}},
      {Rest,
       false,
       {"nghề nghiệp", "chức vụ", "chức danh", "trình độ", "dân tộc", "quốc tịch", "tôn giáo",
        "đơn vị công tác", "ngày cấp", "nơi cấp", "cấp ngày", "chuyên môn", "ghi chú", "fax",
        "đơn vị", "nơi công tác"}},
  };
}

}  // namespace

PersonalLabels::PersonalLabels() {
  for (const Names& names : all_names()) {
    for (const std::string_view name : names.names) add(names.cue, names.strict, name);
  }
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    sieve_.set(sieve_of(labels_[i].folded.front()));
    by_first_[labels_[i].folded.front()].push_back(static_cast<std::uint16_t>(i));
  }
  for (auto& [first, places] : by_first_) {
    std::ranges::stable_sort(places, [this](std::uint16_t a, std::uint16_t b) {
      return labels_[a].folded.size() > labels_[b].folded.size();
    });
  }
}

void PersonalLabels::add(PersonalCue cue, bool strict, std::string_view name) {
  Label label{cue, strict, {}, {}};
  for (const text::Token& token : text::scan_tokens(name)) {
    label.folded.push_back(token.folded);
    label.exact.push_back(token.exact);
  }
  labels_.push_back(std::move(label));
}

bool PersonalLabels::fits(const Label& label, const Page& page, std::size_t token,
                          std::size_t end) const {
  if (token + label.folded.size() > end) return false;
  for (std::size_t i = 0; i < label.folded.size(); ++i) {
    const text::Token& word = page.tokens[token + i];
    if (word.folded != label.folded[i]) return false;
    if (word.exact == label.exact[i]) continue;
    const bool bare_of_many = !word.marked() && label.folded.size() > 1;
    if (label.strict && !bare_of_many) return false;
  }
  return true;
}

std::optional<FoundCue> PersonalLabels::match(const Page& page, std::size_t token, std::size_t end,
                                              bool fillers) const {
  const std::string& opening = page.tokens[token].folded;
  if (opening.empty() || !sieve_.test(sieve_of(opening))) return std::nullopt;
  const auto found = by_first_.find(opening);
  if (found == by_first_.end()) return std::nullopt;
  for (const std::uint16_t place : found->second) {
    const Label& label = labels_[place];
    if ((label.cue == PersonalCue::Filler) == fillers && fits(label, page, token, end)) {
      return FoundCue{label.cue, label.folded.size()};
    }
  }
  return std::nullopt;
}

}  // namespace nhanrong::indexer
