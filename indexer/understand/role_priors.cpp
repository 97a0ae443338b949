#include "indexer/understand/role_priors.h"

#include <algorithm>
#include <initializer_list>

namespace nhanrong::indexer {
namespace {

struct Change {
  std::string_view role;
  float by;
};

using Changes = std::initializer_list<Change>;

RoleScores scores_of(Changes changes) {
  RoleScores scores{};
  for (const Change& change : changes) scores[model_role(change.role)] = change.by;
  return scores;
}

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
  return std::ranges::find(types, type) != types.end();
}

}  // namespace

bool is_plan(std::string_view type) {
  return is_one_of(type, {"ke-hoach", "de-an", "chuong-trinh", "phuong-an", "nghi-quyet", "chi-thi",
                          "quyet-dinh", "cong-dien", "huong-dan"});
}

bool is_initiative(std::string_view type) { return is_one_of(type, {"sang-kien", "mo-hinh"}); }

bool tells_of_practice(std::string_view type) {
  return is_initiative(type) || is_one_of(type, {"bai-bao", "tham-luan", "bai-hoc-kinh-nghiem"});
}

RoleScores role_prior(std::string_view type) {
  if (is_plan(type)) {
    return scores_of({{"practice", -2.5F},
                      {"lesson", -2},
                      {"result", -0.7F},
                      {"task", 0.3F},
                      {"organisation", 0.3F}});
  }
  if (type == "giay-moi") return scores_of({{"", 1}, {"practice", -3}});
  if (is_one_of(type, {"thong-bao", "ket-luan"})) {
    return scores_of({{"practice", -2}, {"lesson", -1.5F}, {"solution", -1}, {"task", 0.5F}});
  }
  if (is_initiative(type)) {
    return scores_of({{"solution", -2.5F}, {"practice", 1}, {"task", -1}, {"organisation", -1}});
  }
  if (tells_of_practice(type)) {
    return scores_of({{"solution", -1}, {"practice", 0.7F}, {"task", -0.7F}, {"basis", -1}});
  }
  if (is_one_of(type, {"cong-van", "hoi-dap"})) {
    return scores_of({{"practice", -2}, {"lesson", -2}, {"solution", 0.3F}, {"result", -0.5F}});
  }
  if (is_one_of(type, {"to-trinh"})) return scores_of({{"proposal", 0.7F}, {"task", -0.7F}});
  return {};
}

}  // namespace nhanrong::indexer
