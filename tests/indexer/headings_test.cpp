#include "indexer/understand/headings.h"

#include <algorithm>

#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

const HeadingRule& heading_rule() {
  static const HeadingRule rule(tables());
  return rule;
}

std::optional<corpus::Strings> roles_in(std::string_view line) {
  const Page page = make_page(line, {});
  const auto heading = heading_rule().read(page, page.lines.front(), true);
  return heading ? std::optional(heading->roles) : std::nullopt;
}

TEST(Headings, GiveTheirRolesLongestCueFirst) {
  struct Case {
    std::string_view in;
    corpus::Strings want;
  };
  for (const auto& [in, want] :
       {Case{"II. Kết quả đạt được", {"result"}}, Case{"3. Tồn tại, hạn chế", {"shortcoming"}},
        Case{"1. Tồn tại, hạn chế và nguyên nhân", {"shortcoming", "cause"}},
        Case{"IV. KHÓ KHĂN, VƯỚNG MẮC", {"difficulty"}}, Case{"4. Kết quả giải ngân", {"funding"}},
        Case{"Bài học rút ra", {"lesson"}}, Case{"3. NHIỆM VỤ, GlẢI PHÁP", {"solution", "task"}},
        Case{"2. KẾT QUÀ NỔI BẬT", {"result"}}, Case{"3. Xã kiến nghị với cấp trên", {"proposal"}},
        Case{"II. Tồn tại, khó khăn", {"shortcoming", "difficulty"}},
        Case{"3. Kết quả và bài học kinh nghiệm", {"result", "lesson"}},
        Case{"Vướng mắc: hồ sơ chưa tách được phần chi phí của doanh nghiệp.", {"difficulty"}},
        Case{"1. Về giao thông", {}}}) {
    EXPECT_EQ(roles_in(in), want) << in;
  }
}

TEST(Headings, OfTheWritersOwnAreLeftToTheModel) {
  struct Case {
    std::string_view in, want;
  };
  for (const auto& [in, want] :
       {Case{"2. Những nơi chưa đạt", "shortcoming"}, Case{"Cái khó của thôn", "difficulty"},
        Case{"IV. Vì đâu chậm thế", "cause"}, Case{"Xin huyện giúp", "proposal"},
        Case{"Sang năm xã làm gì", "task"}, Case{"3. Thủy lợi", ""}}) {
    const Page page = make_page(in, {});
    const auto heading = heading_rule().read(page, page.lines.front(), true);
    ASSERT_TRUE(heading) << in;
    EXPECT_TRUE(heading->roles.empty()) << in;
    const auto best = std::ranges::max_element(heading->scores) - heading->scores.begin();
    EXPECT_EQ(kModelRoles[static_cast<std::size_t>(best)], want) << in;
  }
}

TEST(Headings, OfTheWritersOwnStandAsHeadingsDo) {
  const Page page = make_page("Cái khó của thôn", {});
  EXPECT_FALSE(heading_rule().read(page, page.lines.front(), false));
}

TEST(Headings, AreNoSentences) {
  for (std::string_view in :
       {"Kết quả cho thấy đường về bản đã thông suốt từ đầu mùa khô.", "- Đường bê tông",
        "Chủ tịch UBND tỉnh yêu cầu: các xã báo cáo.", "Nhà nào cũng có bể nước."}) {
    EXPECT_EQ(roles_in(in), std::nullopt) << in;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
