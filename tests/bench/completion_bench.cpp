#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "corpus/reference.h"
#include "indexer/generation.h"
#include "indexer/index_writer.h"
#include "indexer/language_model_writer.h"
#include "search/completion.h"
#include "search/index_reader.h"
#include "search/suggestion.h"
#include "search/title_completion.h"

namespace nhanrong::search {
namespace {

constexpr int kDocuments = 100'000;

/// Short documents with titles as offices write them: half begin "Báo cáo kết quả".
class TitleIndex {
 public:
  TitleIndex() : folder_(std::filesystem::temp_directory_path() / "nhanrong-completion-bench") {
    std::filesystem::remove_all(folder_);
    const auto generation = folder_ / "0001";
    {
      indexer::IndexWriter writer(generation, analyzer_);
      for (int key = 1; key <= kDocuments; ++key) {
        writer.put(document(key));
        if (key % 5000 == 0) writer.commit(key);
      }
    }
    indexer::write_language_model(generation);
    std::ofstream(folder_ / "current") << "0001\n";
    reader_ = std::make_unique<IndexReader>(folder_);
    snapshot_ = reader_->refresh();
    model_ =
        LanguageModel::open(generation, indexer::load_generation_state(generation).value().uuid);
  }
  ~TitleIndex() { std::filesystem::remove_all(folder_); }

  const text::Analyzer& analyzer() const { return analyzer_; }
  const Snapshot& snapshot() const { return *snapshot_; }
  const LanguageModel& model() const { return *model_; }
  const ValueNames& names() const { return names_; }

 private:
  std::string one_of(const std::vector<std::string>& all) { return all[random_() % all.size()]; }

  indexer::IndexDocument document(int key) {
    static const std::vector<std::string> kTypes = {"Báo cáo kết quả", "Báo cáo kết quả",
                                                    "Kế hoạch", "Nghị quyết về"};
    static const std::vector<std::string> kSubjects = {
        "thực hiện chương trình mục tiêu quốc gia", "xây dựng nông thôn mới", "giảm nghèo bền vững",
        "giải ngân vốn sự nghiệp", "phát triển vùng đồng bào dân tộc"};
    static const std::vector<std::string> kRare = {"bưởi", "sâm", "mắc ca", "thổ cẩm", "cà phê"};
    indexer::IndexDocument made;
    made.document = made.revision = key;
    made.date = 20200101 + static_cast<int>(random_() % 5) * 10000;
    made.title = one_of(kTypes) + " " + one_of(kSubjects) + " xã " + std::to_string(key % 900);
    if (random_() % 500 == 0) made.title += " " + one_of(kRare);
    made.text = made.title + ". " + one_of(kSubjects) + ", " + one_of(kSubjects);
    made.passages = {{{}, 0, static_cast<std::uint32_t>(made.text.size()), "p"}};
    return made;
  }

  std::filesystem::path folder_;
  text::Analyzer analyzer_;
  corpus::Reference reference_;
  ValueNames names_{reference_, analyzer_};
  std::mt19937 random_{7};
  std::unique_ptr<IndexReader> reader_;
  const Snapshot* snapshot_ = nullptr;
  std::unique_ptr<const LanguageModel> model_;
};

const TitleIndex& title_index() {
  static const TitleIndex index;
  return index;
}

void complete_100k_documents(benchmark::State& state, const char* typed) {
  const TitleIndex& index = title_index();
  for (auto _ : state) {
    const auto prefix = read_prefix(typed, index.analyzer());
    benchmark::DoNotOptimize(index.names().find(prefix, {}, text::Language::Vietnamese, 4));
    benchmark::DoNotOptimize(find_phrases(prefix, index.model(), 4));
    benchmark::DoNotOptimize(find_titles(index.snapshot(), prefix, 6, false));
  }
}

void suggest_query(benchmark::State& state, const char* typed) {
  const TitleIndex& index = title_index();
  for (auto _ : state) benchmark::DoNotOptimize(suggest(typed, index.analyzer(), index.model()));
}

BENCHMARK_CAPTURE(complete_100k_documents, one_letter, "b")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete_100k_documents, usual, "báo cáo kết q")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete_100k_documents, bare, "bao cao ket qua xay dung nong th")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete_100k_documents, rare_at_the_end, "bao cao ket qua giam ngheo sa")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(complete_100k_documents, in_no_title, "nghi quyet ket qua xay dung nong t")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(suggest_query, bare, "chuong trinh muc tieu quoc gia giam ngheo ben vung")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(suggest_query, misspelt, "chuong trnh muc tieu quoc ga giam ngeo ben vugn")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nhanrong::search
