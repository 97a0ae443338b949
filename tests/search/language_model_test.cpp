#include "search/language_model.h"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <random>

#include "index_fixture.h"
#include "indexer/generation.h"
#include "indexer/language_model_writer.h"
#include "text/syllable.h"

namespace nhanrong::search {
namespace {

class LanguageModelTest : public testing::Test {
 protected:
  void put(std::int64_t key, const std::string& text, bool internal = false) {
    auto document = make_document(key, "", {{{}, text}});
    if (internal) document.flags = corpus::index_schema::kFlagInternal;
    index_.put({document});
  }
  std::filesystem::path generation() const { return index_.path() / "0001"; }
  std::unique_ptr<const LanguageModel> open() const {
    return LanguageModel::open(generation(), uuid());
  }
  std::string uuid() const { return indexer::load_generation_state(generation()).value().uuid; }
  std::unique_ptr<const LanguageModel> make() {
    EXPECT_TRUE(indexer::write_language_model(generation()));
    return open();
  }
  static std::uint32_t pair(const LanguageModel& model, std::string_view a, std::string_view b) {
    const auto first = model.find(text::tone_key(a));
    const auto next = model.find(text::tone_key(b));
    return first && next ? model.count_pair(*first, *next) : 0;
  }

  text::Analyzer analyzer_;
  TestIndex index_{analyzer_};
};

TEST_F(LanguageModelTest, AnswersTheCountsThatWereWritten) {
  put(1, "Xây dựng nông thôn mới. Nông thôn mới nâng cao");
  put(2, "nông thôn 2021 mới");
  const auto model = make();
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(pair(*model, "nông", "thôn"), 3U);
  EXPECT_EQ(pair(*model, "thôn", "mới"), 2U);
  EXPECT_EQ(pair(*model, "mới", "xây"), 0U);
  const auto forms = model->forms_of("moi");
  ASSERT_EQ(forms.last - forms.first, 1U);
  EXPECT_EQ(model->exact(forms.first), "mơi1");
  EXPECT_EQ(model->folded(forms.first), "moi");
  EXPECT_EQ(model->count(forms.first), 3U);
  EXPECT_TRUE(model->forms_of("").empty());
  EXPECT_TRUE(model->forms_of("khong").empty());
  EXPECT_EQ(model->summary().read_passages, 2U);
}

TEST_F(LanguageModelTest, ProbabilitiesOfAllSyllablesAddUpToOne) {
  std::mt19937 random(9);
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    text += std::string(1, static_cast<char>('a' + random() % 20)) + "a ";
  }
  put(1, text);
  const auto model = make();
  for (const LanguageModel::Id id : {1U, 5U, 20U}) {
    double sum = 0;
    for (LanguageModel::Id next = 0; next < model->summary().syllables; ++next) {
      sum += std::exp(model->log_probability(id, next));
    }
    EXPECT_NEAR(sum, 1, 0.001) << id;
  }
}

TEST_F(LanguageModelTest, FindsPhrasesByTheirBeginningWithoutMarks) {
  for (std::int64_t key = 1; key <= 4; ++key) {
    put(key, "việc giảm nghèo bền vững và xây dựng nông thôn mới của xã");
  }
  const auto model = make();
  const auto [first, last] = model->phrases_from("giam ng");
  ASSERT_EQ(last - first, 1U);
  EXPECT_EQ(model->phrase(first).exact, "giam3 ngheo2 bên2 vưng4");
  EXPECT_EQ(model->phrase(first).count, 4U);
  const auto [none, end] = model->phrases_from("giam x");
  EXPECT_EQ(none, end);
}

TEST_F(LanguageModelTest, CountsNothingOfWhatIsInternal) {
  put(1, "công khai");
  put(2, "bí mật", true);
  const auto model = make();
  EXPECT_TRUE(model->find("công"));
  EXPECT_FALSE(model->find(text::tone_key("mật")));
}

TEST_F(LanguageModelTest, IsDueAfterATenthOrWhenAPublicTextHasGone) {
  EXPECT_FALSE(indexer::language_model_is_due(generation()));
  for (std::int64_t key = 1; key <= 30; ++key) put(key, "nông thôn mới");
  EXPECT_TRUE(indexer::language_model_is_due(generation()));
  make();
  EXPECT_FALSE(indexer::language_model_is_due(generation()));
  put(1, "nông thôn cũ");
  put(31, "nông thôn mới");
  put(32, "nội bộ", true);
  EXPECT_FALSE(indexer::language_model_is_due(generation()));
  put(33, "nông thôn mới");
  EXPECT_TRUE(indexer::language_model_is_due(generation()));
  make();
  put(2, "nay là nội bộ", true);
  EXPECT_TRUE(indexer::language_model_is_due(generation()));
  make();
  index_.writer().remove(3);
  index_.writer().commit(100);
  EXPECT_TRUE(indexer::language_model_is_due(generation()));
}

TEST_F(LanguageModelTest, GivesUpWhenInterrupted) {
  put(1, "nông thôn mới");
  EXPECT_FALSE(indexer::write_language_model(generation(), [] { return true; }));
  EXPECT_EQ(open(), nullptr);
}

TEST_F(LanguageModelTest, AForeignModelIsNone) {
  put(1, "nông thôn mới");
  make();
  EXPECT_EQ(LanguageModel::open(generation(), "another"), nullptr);
  EXPECT_EQ(LanguageModel::open(index_.path(), uuid()), nullptr);
}

TEST_F(LanguageModelTest, ADamagedFileAnswersNonsenseButNeverReadsOutside) {
  for (std::int64_t key = 1; key <= 4; ++key) put(key, "giảm nghèo bền vững và nông thôn mới");
  make();
  const auto path = generation() / "model";
  std::ifstream in(path, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = whole;
    if (round % 4 == 0) bytes.resize(random() % (bytes.size() + 1));
    const std::size_t from = round % 2 == 0 ? std::min<std::size_t>(64, bytes.size()) : 0;
    for (int i = 0; i < 8 && bytes.size() > from; ++i) {
      bytes[from + random() % (bytes.size() - from)] = static_cast<char>(random());
    }
    std::filesystem::remove(path);
    std::ofstream(path, std::ios::binary) << bytes;
    const auto model = open();
    if (!model) continue;
    for (const char* folded : {"nong", "thon", "moi", "x"}) {
      const auto forms = model->forms_of(folded);
      for (auto id = forms.first; id < forms.last; ++id) {
        EXPECT_LE(model->exact(id).size() + model->folded(id).size(), 2 * bytes.size());
        EXPECT_FALSE(std::isnan(model->log_probability(id, forms.first)));
      }
    }
    const auto [first, last] = model->phrases_from("giam");
    for (auto place = first; place < last; ++place) {
      EXPECT_LE(model->phrase(place).exact.size(), bytes.size());
    }
  }
}

}  // namespace
}  // namespace nhanrong::search
