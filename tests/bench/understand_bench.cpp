#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/understand.h"

// Reading of texts on one thread: the development set of short reports, and a press item.
namespace nhanrong::indexer {
namespace {

std::filesystem::path data() {
  const char* shared = std::getenv("NHANRONG_SHARED");
  return std::filesystem::path(shared != nullptr ? shared : "../shared") / "data";
}

/// As an extractor gives a plain text: each line a block.
Extracted plain(std::string text) {
  Extracted document;
  document.text = std::move(text);
  for (std::size_t at = 0; at < document.text.size();) {
    const std::size_t end = std::min(document.text.find('\n', at), document.text.size());
    if (end > at) {
      document.blocks.push_back({corpus::BlockKind::Paragraph, 0, static_cast<std::uint32_t>(at),
                                 static_cast<std::uint32_t>(end)});
    }
    at = end + 1;
  }
  return document;
}

void understand_all(benchmark::State& state, const std::vector<Extracted>& documents) {
  if (documents.empty()) return state.SkipWithError("NHANRONG_SHARED has no such texts");
  const corpus::Reference reference;
  const Understanding understanding(reference);
  std::int64_t bytes = 0;
  for (const Extracted& each : documents) bytes += static_cast<std::int64_t>(each.text.size());
  for (auto _ : state) {
    for (const Extracted& each : documents) {
      benchmark::DoNotOptimize(understanding.understand(each));
    }
  }
  state.SetBytesProcessed(bytes * static_cast<std::int64_t>(state.iterations()));
}

void understand_40_short_reports(benchmark::State& state) {
  std::ifstream in(data() / "understanding-dev/gold.jsonl");
  std::vector<Extracted> documents;
  for (std::string line; std::getline(in, line);) {
    documents.push_back(plain(nlohmann::json::parse(line)["text"]));
  }
  understand_all(state, documents);
}
BENCHMARK(understand_40_short_reports);

void understand_press_item_of_4_kb(benchmark::State& state) {
  std::ifstream in(data() / "real/ke-hoach-kiem-tra-giam-sat-2023.txt", std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  std::vector<Extracted> documents;
  if (!text.empty()) documents.push_back(plain(std::move(text)));
  understand_all(state, documents);
}
BENCHMARK(understand_press_item_of_4_kb);

void make_understanding(benchmark::State& state) {
  for (auto _ : state) {
    const corpus::Reference reference;
    benchmark::DoNotOptimize(Understanding(reference));
  }
}
BENCHMARK(make_understanding)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nhanrong::indexer
