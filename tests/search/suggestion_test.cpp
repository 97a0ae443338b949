#include "search/suggestion.h"

#include <gmock/gmock.h>

#include "index_fixture.h"
#include "indexer/generation.h"
#include "indexer/language_model_writer.h"
#include "search/spelling_distance.h"
#include "text/syllable.h"

namespace nhanrong::search {
namespace {

constexpr const char* kTexts[] = {
    "Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021-2025",
    "Chương trình mục tiêu quốc gia giảm nghèo bền vững",
    "Phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi",
    "Bài học kinh nghiệm trong giải ngân vốn sự nghiệp của chương trình mục tiêu quốc gia",
    "Tỉnh Đắk Lắk có 15 xã đạt chuẩn nông thôn mới, hộ nghèo dân tộc thiểu số giảm",
    "Người dân tham gia xây dựng nông thôn mới; kinh nghiệm giảm nghèo bền vững ở xã",
    "Hộ nghèo và hộ cận nghèo được hỗ trợ nước sạch, nhà ở, đất ở",
    "Khó khăn, vướng mắc trong giải ngân vốn đầu tư công",
    "Mỗi xã một sản phẩm (OCOP) gắn với nông thôn mới",
    "Nâng cao chất lượng đào tạo nghề cho lao động nông thôn, hòa bình, thiêu hủy"};

class SuggestionTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    index_ = std::make_unique<TestIndex>(*analyzer_);
    std::int64_t key = 0;
    for (int copy = 0; copy < 3; ++copy) {
      for (const char* text : kTexts) index_->put({make_document(++key, "", {{{}, text}})});
    }
    const auto generation = index_->path() / "0001";
    indexer::write_language_model(generation);
    model_ =
        LanguageModel::open(generation, indexer::load_generation_state(generation).value().uuid);
  }
  static void TearDownTestSuite() {
    model_.reset();
    index_.reset();
  }
  static std::string suggested(std::string_view typed) {
    return suggest(typed, *analyzer_, *model_).value_or("");
  }

  static inline const std::unique_ptr<text::Analyzer> analyzer_ =
      std::make_unique<text::Analyzer>();
  static inline std::unique_ptr<TestIndex> index_;
  static inline std::unique_ptr<const LanguageModel> model_;
};

struct Case {
  const char* typed;
  const char* meant;
};

TEST_F(SuggestionTest, RestoresMarks) {
  for (const auto& [typed, meant] : {
           Case{"nong thon moi", "nông thôn mới"},
           Case{"giam ngheo ben vung", "giảm nghèo bền vững"},
           Case{"chuong trinh muc tieu quoc gia", "chương trình mục tiêu quốc gia"},
           Case{"dan toc thieu so va mien nui", "dân tộc thiểu số và miền núi"},
           Case{"Nong Thon moi", "Nông Thôn mới"},
           Case{"NONG THON MOI", "Nông Thôn Mới"},
           Case{"Dak Lak", "Đắk Lắk"},
           Case{"ngheo", "nghèo"},
       }) {
    EXPECT_EQ(suggested(typed), meant) << typed;
  }
}

TEST_F(SuggestionTest, MendsSpelling) {
  for (const auto& [typed, meant] : {
           Case{"chương trình mục tiêu quốc ga", "chương trình mục tiêu quốc gia"},
           Case{"dân tộc thiêu số", "dân tộc thiểu số"},
           Case{"nông thôn mơi", "nông thôn mới"},
           Case{"nông thôn moi", "nông thôn mới"},
           Case{"chuong trinh muc tieu quoc ga", "chương trình mục tiêu quốc gia"},
           Case{"giảm nghoè bền vững", "giảm nghèo bền vững"},
           Case{"giảm ngheof bền vững", "giảm nghèo bền vững"},
           Case{"kinh nghiệm giải gân vốn", "kinh nghiệm giải ngân vốn"},
       }) {
    EXPECT_EQ(suggested(typed), meant) << typed;
  }
}

TEST_F(SuggestionTest, LeavesWhatIsRightOrUnknown) {
  for (const char* typed :
       {"", "nông thôn mới", "Chương trình mục tiêu quốc gia", "giảm nghèo bền vững", "hoà bình",
        "hòa bình", "thiêu hủy", "hộ nghèo hộ cận nghèo", "OCOP", "ocop", "ubnd", "1719/QĐ-TTg",
        "2021", "report", "blockchain", "nước mới", "xã nghèo miền núi"}) {
    EXPECT_EQ(suggested(typed), "") << typed;
  }
}

TEST_F(SuggestionTest, KeepsWhatIsNoPlainWord) {
  for (const auto& [typed, meant] : {
           Case{"\"nong thon moi\"", ""},
           Case{"“nong thon moi” giam ngheo", "“nong thon moi” giảm nghèo"},
           Case{"giam ngheo -nong", "giảm nghèo -nong"},
           Case{"tỉnh:nong giam ngheo", "tỉnh:nong giảm nghèo"},
           Case{"tinh:nong giam ngheo", "tinh:nong giảm nghèo"},
           Case{"nong thon moi 2021-2025", "nông thôn mới 2021-2025"},
           Case{"1719/QD-TTg giam ngheo", "1719/QD-TTg giảm nghèo"},
           Case{"OCOP nong thon moi", "OCOP nông thôn mới"},
           Case{"nong thon moi, giam ngheo", "nông thôn mới, giảm nghèo"},
       }) {
    EXPECT_EQ(suggested(typed), meant) << typed;
  }
}

TEST_F(SuggestionTest, AnyStringIsReadWithoutHarm) {
  for (const std::string& typed :
       {std::string("\"“-:"), std::string("\xFF\xC3"), std::string(5000, 'a'),
        std::string("- \" -"), std::string("\u0301\u0302")}) {
    suggested(typed);
  }
}

TEST(SpellingDistance, ChangedMarksCostLessThanChangedLetters) {
  struct Row {
    const char *typed, *meant;
    double distance;
  };
  for (const auto& [typed, meant, distance] :
       {Row{"mới", "mới", 0}, Row{"mơi", "mới", 0.3}, Row{"moi", "mới", 0.8},
        Row{"dan", "đan", 0.3}, Row{"kĩ", "kỹ", 0.2}, Row{"ga", "gia", 1}, Row{"nghoe", "ngheo", 1},
        Row{"quoc", "quốc", 0.8}, Row{"", "ba", 2}}) {
    EXPECT_NEAR(spelling_distance(text::tone_key(typed), text::tone_key(meant), Marks::Count),
                distance, 1e-9)
        << typed << " " << meant;
  }
  EXPECT_EQ(spelling_distance("moi", "mơi1", Marks::Free), 0);
  EXPECT_NEAR(spelling_distance("mơi1", "mơi2", Marks::Free), 0.3, 1e-9);
}

}  // namespace
}  // namespace nhanrong::search
