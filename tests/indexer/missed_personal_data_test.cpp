#include <algorithm>

#include "indexer/ingest.h"
#include "tests/indexer/library_fixture.h"
#include "tests/indexer/understand_fixture.h"

namespace nhanrong::indexer {
namespace {

class MissedPersonalDataTest : public testing::LibraryTest {
 protected:
  std::int64_t find_missed() { return find_missed_personal_data(catalogue_, rules(), stop_); }
  std::string text_of(const std::string& id, int revision) {
    return catalogue_.find_document(id, revision)->content.text;
  }
  bool index_holds(const std::string& number) {
    const auto terms = read_index().terms_of(key_of("don"), 1);
    return std::ranges::any_of(
        terms, [&](const auto& term) { return term.first.find(number) != std::string::npos; });
  }
  const std::atomic<bool> stop_ = false;
};

TEST_F(MissedPersonalDataTest, IsMaskedInTextsThatOlderRulesTookIn) {
  put("don", "Liên hệ: 0912 345 678 gặp tác giả");
  put("don", "Liên hệ: 0987 654 321 gặp tác giả");
  put("bao-cao", "Tổng vốn 123.456.789 đồng");
  auto follower = follow();
  follower.catch_up();
  EXPECT_TRUE(index_holds("987"));
  EXPECT_EQ(find_missed(), 2) << "the former revision as well";
  EXPECT_EQ(text_of("don", 1), "Liên hệ: **** *** *** gặp tác giả");
  EXPECT_EQ(text_of("don", 2), "Liên hệ: **** *** *** gặp tác giả");
  EXPECT_EQ(text_of("bao-cao", 1), "Tổng vốn 123.456.789 đồng");
  EXPECT_EQ(catalogue_.last_change(), 4) << "only what changed is indexed again";
  follower.catch_up();
  EXPECT_FALSE(index_holds("987"));
  EXPECT_EQ(find_missed(), 0);
  EXPECT_TRUE(check().empty());
}

}  // namespace
}  // namespace nhanrong::indexer
