#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "corpus/reference.h"
#include "indexer/extract/process.h"
#include "indexer/ingest.h"
#include "indexer/understand/understand.h"
#include "tests/corpus/temp_folder.h"

// The whole way of a document into the catalogue: child process, normalise, understand, original,
// commit. The index follows apart and is measured in index_bench.cpp.
namespace nhanrong::indexer {
namespace {

constexpr int kRecords = 400;

struct Intake {
  corpus::Reference reference;
  Understanding understanding{reference};
  ExtractionProcess extraction{NHANRONG_PROGRAM};

  /// Takes `path` into an empty library; documents that came in.
  std::uint64_t take(const std::filesystem::path& path) const {
    const tests::TempFolder folder;
    const auto library = corpus::open_library(folder.path() / "library", "");
    corpus::Catalogue catalogue(library.catalogue_url);
    const std::vector<std::filesystem::path> paths{path};
    const std::atomic<bool> stop = false;
    return ingest(library, catalogue, understanding, reference, extraction, paths, {}, stop).added;
  }
};

void ingest_records_of_real_text(benchmark::State& state) {
  const char* shared = std::getenv("NHANRONG_SHARED");
  const auto corpus =
      std::filesystem::path(shared != nullptr ? shared : "../shared") / "data/retrieval-dev";
  std::ifstream in(corpus / "corpus.jsonl");
  if (!in) return state.SkipWithError("NHANRONG_SHARED has no data/retrieval-dev");
  const tests::TempFolder folder;
  const auto records = folder.path() / "records.jsonl";
  std::int64_t bytes = 0;
  {
    std::ofstream out(records);
    std::string line;
    for (int n = 0; n < kRecords && std::getline(in, line); ++n) {
      out << line << '\n';
      bytes += static_cast<std::int64_t>(line.size());
    }
  }
  const Intake intake;
  std::uint64_t taken = 0;
  for (auto _ : state) taken += intake.take(records);
  state.SetItemsProcessed(static_cast<std::int64_t>(taken));
  state.SetBytesProcessed(bytes * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(ingest_records_of_real_text)->UseRealTime()->Unit(benchmark::kMillisecond);

void ingest_one_file(benchmark::State& state, const std::string& extension) {
  const std::filesystem::path samples = NHANRONG_SOURCE_DIR "/corpus/samples";
  std::filesystem::path file;
  for (const auto& entry : std::filesystem::directory_iterator(samples)) {
    if (entry.path().extension() == extension && (file.empty() || entry.path() < file)) {
      file = entry.path();
    }
  }
  const Intake intake;
  for (auto _ : state) benchmark::DoNotOptimize(intake.take(file));
}
BENCHMARK_CAPTURE(ingest_one_file, txt, ".txt")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ingest_one_file, html, ".html")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ingest_one_file, docx, ".docx")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ingest_one_file, pdf, ".pdf")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nhanrong::indexer
