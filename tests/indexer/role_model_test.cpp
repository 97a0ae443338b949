#include "indexer/understand/role_model.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "text/token_scanner.h"
#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

const RoleModel& sentences() {
  static const RoleModel model(tables(), "role_sentences", 60);
  return model;
}

std::string_view best_of(const RoleModel& model, std::string_view text) {
  const auto scores = model.read(text::scan_tokens(text));
  return kModelRoles[static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin())];
}

TEST(RoleModel, TellsSentencesItHasNotSeen) {
  struct Case {
    std::string_view in, want;
  };
  for (const auto& [in, want] :
       {Case{"Đề nghị tỉnh cấp thêm 20 tấn xi măng cho xã.", "proposal"},
        Case{"Căn cứ Nghị quyết số 40/NQ-HĐND của Hội đồng nhân dân tỉnh;", "basis"},
        Case{"Nguyên nhân chính là do xã thiếu người làm hồ sơ.", "cause"},
        Case{"Giao Sở Y tế kiểm tra, báo cáo trước ngày 20/8.", "task"},
        Case{"Việc thu gom rác còn chậm, chưa có nơi đổ.", "shortcoming"},
        Case{"Muốn dân theo thì cán bộ phải làm trước.", "lesson"}}) {
    EXPECT_EQ(best_of(sentences(), in), want) << in;
  }
}

TEST(RoleModel, GivesLogarithmsOfProbabilities) {
  for (std::string_view in : {"", "Zzz", "Xã có 12 thôn.", "Đề nghị tỉnh cấp thêm vốn."}) {
    float sum = 0;
    for (const float score : sentences().read(text::scan_tokens(in))) sum += std::exp(score);
    EXPECT_NEAR(sum, 1, 1e-4) << in;
  }
}

TEST(RoleModel, IsTheSameEachTimeItIsLearned) {
  const RoleModel again(tables(), "role_sentences", 60);
  const auto tokens = text::scan_tokens("Bà con mong có cây cầu qua suối.");
  EXPECT_EQ(again.read(tokens), sentences().read(tokens));
}

TEST(RoleExamples, HaveKnownRolesAndStandOnce) {
  for (std::string_view table : {"role_headings", "role_sentences"}) {
    std::set<std::string> seen;
    for (const corpus::Row& row : tables().table(table)) {
      EXPECT_LT(model_role(row["role_id"]), kModelRoles.size()) << row["text"];
      EXPECT_TRUE(seen.insert(std::string(row["text"])).second) << row["text"];
    }
  }
}

}  // namespace
}  // namespace nhanrong::indexer
