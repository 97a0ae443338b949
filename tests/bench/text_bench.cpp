#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "text/analyzer.h"
#include "text/encoding_detection.h"
#include "text/legacy.h"
#include "text/name_matcher.h"
#include "text/normalise.h"
#include "text/syllable.h"
#include "text/utf8.h"
#include "text/values.h"

namespace nhanrong::text {
namespace {

constexpr std::size_t kDocumentBytes = 5700;  // the mean of VIETNAMESE-TEXT.md, section 6

std::string collection() {
  const char* folder = std::getenv("NHANRONG_SHARED");
  const std::filesystem::path shared =
      folder ? folder : std::filesystem::path(NHANRONG_SOURCE_DIR) / ".." / "shared";
  std::ifstream file(shared / "data/retrieval-dev/corpus.jsonl");
  std::string text;
  for (std::string line; std::getline(file, line);) {
    const auto record = nlohmann::json::parse(line);
    text += record.value("title", "") + "\n" + record.value("text", "") + "\n";
  }
  if (text.empty()) {
    for (int i = 0; i < 20000; ++i) {
      text +=
          "Quyết định số 1719/QĐ-TTg ngày 14/10/2021 phê duyệt Chương trình mục tiêu quốc gia phát "
          "triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi giai đoạn 2021-2030; "
          "tỷ lệ hộ nghèo giảm 4,5%.\n";
    }
  }
  return text;
}

/// The collection, cut at line ends into documents of usual length.
const std::vector<std::string>& documents() {
  static const std::vector<std::string> made = [] {
    std::vector<std::string> out(1);
    const std::string text = normalise(collection());
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = std::min(text.find('\n', start), text.size() - 1) + 1;
      if (out.back().size() >= kDocumentBytes) out.emplace_back();
      out.back().append(text, start, end - start);
      start = end;
    }
    return out;
  }();
  return made;
}

template <class Work>
void over_documents(benchmark::State& state, const Work& work) {
  std::int64_t size = 0;
  for (const std::string& d : documents()) size += static_cast<std::int64_t>(d.size());
  for (auto _ : state) {
    for (const std::string& d : documents()) benchmark::DoNotOptimize(work(d));
  }
  state.SetBytesProcessed(size * state.iterations());
}

void normalise_documents_of_6_kB(benchmark::State& state) {
  over_documents(state, [](const std::string& d) { return normalise(d); });
}
BENCHMARK(normalise_documents_of_6_kB)->Unit(benchmark::kMillisecond);

/// The documents as a typist of the nineties left them: TCVN3, one byte a letter.
const std::vector<std::string>& tcvn3_documents() {
  static const std::vector<std::string> made = [] {
    std::map<char32_t, char> codes;
    for (int byte = 0xA1; byte <= 0xFE; ++byte) {
      const std::string letter =
          decode_as(Encoding::Tcvn3, std::string(1, static_cast<char>(byte)));
      std::size_t end = 0;
      codes.emplace(next_code_point(letter, end), static_cast<char>(byte));
    }
    std::vector<std::string> out;
    for (const std::string& d : documents()) {
      std::string& bytes = out.emplace_back();
      const std::string small = lower(d);
      for (std::size_t i = 0; i < small.size();) {
        const char32_t c = next_code_point(small, i);
        const auto code = codes.find(c);
        bytes += code != codes.end() ? code->second : c < 0x80 ? static_cast<char>(c) : '?';
      }
    }
    return out;
  }();
  return made;
}

/// Bytes are those of the text that comes out, as with the others.
template <class Work>
void over_tcvn3_documents(benchmark::State& state, const Work& work) {
  std::int64_t size = 0;
  for (const std::string& d : tcvn3_documents()) {
    size += static_cast<std::int64_t>(decode_as(Encoding::Tcvn3, d).size());
  }
  for (auto _ : state) {
    for (const std::string& d : tcvn3_documents()) benchmark::DoNotOptimize(work(d));
  }
  state.SetBytesProcessed(size * state.iterations());
}

void decode_and_normalise_documents_of_6_kB(benchmark::State& state) {
  over_tcvn3_documents(
      state, [](const std::string& d) { return normalise(decode_as(Encoding::Tcvn3, d)); });
}
BENCHMARK(decode_and_normalise_documents_of_6_kB)->Unit(benchmark::kMillisecond);

void detect_in_tcvn3_documents_of_6_kB(benchmark::State& state) {
  over_tcvn3_documents(state, [](const std::string& d) { return detect(d); });
}
BENCHMARK(detect_in_tcvn3_documents_of_6_kB)->Unit(benchmark::kMillisecond);

void detect_in_documents_of_6_kB(benchmark::State& state) {
  over_documents(state, [](const std::string& d) { return detect(d); });
}
BENCHMARK(detect_in_documents_of_6_kB)->Unit(benchmark::kMillisecond);

void fold_documents_of_6_kB(benchmark::State& state) {
  over_documents(state, [](const std::string& d) { return fold(d); });
}
BENCHMARK(fold_documents_of_6_kB)->Unit(benchmark::kMillisecond);

void analyse_documents_of_6_kB(benchmark::State& state) {
  const Analyzer analyzer;
  over_documents(state, [&](const std::string& d) { return analyzer.analyse(d); });
}
BENCHMARK(analyse_documents_of_6_kB)->Unit(benchmark::kMillisecond);

void find_values_of_documents_of_6_kB(benchmark::State& state) {
  const Analyzer analyzer;
  std::vector<Analysis> analyses;
  for (const std::string& d : documents()) analyses.push_back(analyzer.analyse(d));
  std::size_t next = 0;
  over_documents(state, [&](const std::string& d) {
    return find_values(d, analyses[next++ % analyses.size()]);
  });
}
BENCHMARK(find_values_of_documents_of_6_kB)->Unit(benchmark::kMillisecond);

void analyse_and_find_values_of_documents_of_6_kB(benchmark::State& state) {
  const Analyzer analyzer;
  over_documents(state, [&](const std::string& d) { return find_values(d, analyzer.analyse(d)); });
}
BENCHMARK(analyse_and_find_values_of_documents_of_6_kB)->Unit(benchmark::kMillisecond);

void analyse_a_query(benchmark::State& state) {
  const Analyzer analyzer;
  const std::string query = "bài học kinh nghiệm giải ngân vốn 1719/QĐ-TTg giai đoạn 2021-2025";
  for (auto _ : state) benchmark::DoNotOptimize(analyzer.analyse(query));
}
BENCHMARK(analyse_a_query);

void find_10000_names_in_documents_of_6_kB(benchmark::State& state) {
  NameMatcher names;
  const Analyzer analyzer;
  // Every third pair of neighbouring syllables of the first documents.
  std::uint32_t count = 0;
  for (const std::string& d : documents()) {
    const auto tokens = analyzer.analyse(d).tokens;
    for (std::size_t i = 0; i + 1 < tokens.size() && count < 10000; i += 3) {
      names.add(std::string_view(d).substr(tokens[i].start, tokens[i + 1].end - tokens[i].start),
                count++);
    }
  }
  names.build();
  over_documents(state, [&](const std::string& d) { return names.find(d); });
}
BENCHMARK(find_10000_names_in_documents_of_6_kB)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nhanrong::text
