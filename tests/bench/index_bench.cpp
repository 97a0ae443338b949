#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "indexer/generation_builder.h"
#include "indexer/index_writer.h"

namespace nhanrong::indexer {
namespace {

constexpr int kSyllables = 250;

/// Vietnamese text of ../shared, cut into documents of 250 syllables of one passage a 125.
std::vector<IndexDocument> load_documents(std::size_t wanted) {
  const char* shared = std::getenv("NHANRONG_SHARED");
  const std::filesystem::path folder = shared != nullptr ? shared : "../shared";
  std::ifstream file(folder / "data/retrieval-dev/corpus.jsonl");
  std::vector<IndexDocument> documents;
  std::string text;
  int syllables = 0;
  std::uint32_t middle = 0;
  for (std::string line; documents.size() < wanted && std::getline(file, line);) {
    const auto record = nlohmann::json::parse(line);
    for (const char c : record.value("text", "")) {
      text += c;
      if (c != ' ') continue;
      ++syllables;
      if (syllables == kSyllables / 2) middle = static_cast<std::uint32_t>(text.size());
      if (syllables < kSyllables) continue;
      IndexDocument document;
      document.document = document.revision = static_cast<std::int64_t>(documents.size()) + 1;
      document.title = record.value("title", "");
      document.facets = {{"type", "bao-cao"},
                         {"province", "tinh-" + std::to_string(documents.size() % 63)},
                         {"year", std::to_string(2019 + documents.size() % 7)},
                         {"collection", "chung"}};
      const auto size = static_cast<std::uint32_t>(text.size());
      document.passages = {{{}, 0, middle, "p-1"}, {{}, middle, size, "p-2"}};
      document.text = std::move(text);
      documents.push_back(std::move(document));
      text.clear();
      syllables = 0;
    }
  }
  return documents;
}

std::uintmax_t folder_bytes(const std::filesystem::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

/// How 3,000 documents of 250 syllables get into an index.
template <class Index>
void index_documents(benchmark::State& state, const Index& index) {
  const auto documents = load_documents(static_cast<std::size_t>(state.range(0)));
  if (documents.empty()) {
    state.SkipWithError("no text: set NHANRONG_SHARED");
    return;
  }
  double text_bytes = 0;
  for (const IndexDocument& document : documents) {
    text_bytes += static_cast<double>(document.text.size());
  }
  const text::Analyzer analyzer;
  std::string pattern = (std::filesystem::temp_directory_path() / "nhanrong-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  for (auto _ : state) {
    std::filesystem::remove_all(folder);
    index(folder / "0001", analyzer, documents);
  }
  const auto per_run = static_cast<double>(documents.size());
  state.counters["documents/s"] =
      benchmark::Counter(per_run, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["index/text"] = static_cast<double>(folder_bytes(folder)) / text_bytes;
  std::filesystem::remove_all(folder);
}

void IndexDocumentsOneByOne(benchmark::State& state) {
  index_documents(state, [](const std::filesystem::path& generation, const text::Analyzer& analyzer,
                            const std::vector<IndexDocument>& documents) {
    IndexWriter writer(generation, analyzer);
    std::int64_t change = 0;
    for (const IndexDocument& document : documents) {
      writer.put(document);
      if (++change % 1000 == 0) writer.commit(change);
    }
    writer.commit(change);
  });
}
BENCHMARK(IndexDocumentsOneByOne)->Arg(3000)->UseRealTime()->Unit(benchmark::kSecond);

void IndexDocumentsTogether(benchmark::State& state) {
  index_documents(state, [](const std::filesystem::path& generation, const text::Analyzer& analyzer,
                            const std::vector<IndexDocument>& documents) {
    GenerationBuilder builder(generation, analyzer);
    builder.put(documents);
    builder.finish(1);
  });
}
BENCHMARK(IndexDocumentsTogether)->Arg(3000)->UseRealTime()->Unit(benchmark::kSecond);

}  // namespace
}  // namespace nhanrong::indexer
