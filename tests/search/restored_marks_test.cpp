#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "index_fixture.h"
#include "indexer/generation.h"
#include "indexer/language_model_writer.h"
#include "search/suggestion.h"
#include "tests/text/shared_table.h"
#include "text/normalise.h"

namespace nhanrong::search {
namespace {

/// Passages of the development set; a tenth is held back.
struct Passages {
  std::vector<std::string> counted, held_back;
};

Passages read_passages(const std::filesystem::path& path) {
  Passages passages;
  std::ifstream file(path);
  std::size_t n = 0;
  for (std::string line; std::getline(file, line); ++n) {
    const auto text = nlohmann::json::parse(line)["text"].get<std::string>();
    (n % 10 == 9 ? passages.held_back : passages.counted).push_back(text::normalise(text));
  }
  return passages;
}

struct Score {
  std::size_t right = 0, all = 0;
  double share() const { return static_cast<double>(right) / static_cast<double>(all); }
};

/// Takes the marks off a text and restores them.
void restore(const std::string& text, const text::Analyzer& analyzer, const LanguageModel& model,
             Score& score) {
  const auto tokens = analyzer.analyse(text).tokens;
  std::vector<std::string> folded;
  for (const auto& token : tokens) {
    const bool syllable = token.kind == text::TokenKind::Syllable;
    folded.push_back(syllable ? token.folded : "");
  }
  const auto restored = restore_marks(folded, model);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (folded[i].empty()) continue;
    ++score.all;
    if (restored[i] == tokens[i].exact) ++score.right;
  }
}

TEST(RestoredMarks, AreRightForNineOfTenSyllablesHeldBack) {
  const auto path = text::shared_file("data/retrieval-dev/corpus.jsonl");
  NHANRONG_NEED(path);
  const auto passages = read_passages(path);
  const text::Analyzer analyzer;
  TestIndex index(analyzer);
  std::vector<indexer::IndexDocument> documents;
  for (const auto& text : passages.counted) {
    documents.push_back(make_document(std::ssize(documents) + 1, "", {{{}, text}}));
  }
  index.put(documents);
  const auto generation = index.path() / "0001";
  indexer::write_language_model(generation);
  const auto model =
      LanguageModel::open(generation, indexer::load_generation_state(generation).value().uuid);
  ASSERT_NE(model, nullptr);
  Score score;
  for (const auto& text : passages.held_back) restore(text, analyzer, *model, score);
  fmt::print("{:.2f} % of {} syllables right, model of {} tokens\n", 100 * score.share(), score.all,
             model->summary().tokens);
  EXPECT_GT(score.share(), 0.95);
}

}  // namespace
}  // namespace nhanrong::search
