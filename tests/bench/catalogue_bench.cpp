#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "tests/corpus/temp_folder.h"

namespace nhanrong::corpus {
namespace {

/// A small report: 700 bytes, three passages, five pieces of evidence.
NewDocument small_document(std::int64_t n) {
  NewDocument document;
  document.source = {"/du-lieu", fmt::format("2023/bao-cao-{}.txt", n), ""};
  Content& content = document.content;
  content.text = fmt::format("Báo cáo số {} về kết quả thực hiện chương trình năm 2023\n", n);
  for (int i = 0; i < 6; ++i) {
    content.text += "Các xã đã giao vốn sớm, giám sát từ thôn bản và giải ngân đúng kế hoạch.\n";
  }
  const auto size = static_cast<std::uint32_t>(content.text.size());
  document.file = {sha256_hex(content.text), size, "text/plain", "bao-cao.txt"};
  for (std::uint32_t i = 0; i < 3; ++i) {
    content.blocks.push_back({BlockKind::Paragraph, 0, size / 3 * i, size / 3 * (i + 1)});
    content.passages.push_back(
        {{"result"}, size / 3 * i, size / 3 * (i + 1), fmt::format("p-{:04x}", i)});
  }
  for (const char* province : {"yen-bai", "lao-cai", "ha-giang", "son-la", "lai-chau"}) {
    content.evidence.push_back({"provinces", province, "rule", 10, 20});
  }
  content.references = {"263/QĐ-TTg"};
  content.derived.type = "bao-cao";
  content.derived.provinces = Strings{"yen-bai", "lao-cai", "ha-giang", "son-la", "lai-chau"};
  content.derived.years = std::vector<int>{2023};
  document.given.values.title = fmt::format("Báo cáo số {}", n);
  return document;
}

void put_200(Catalogue& catalogue, std::int64_t first) {
  Catalogue::Transaction transaction(catalogue);
  for (std::int64_t n = first; n < first + 200; ++n) transaction.put(small_document(n));
  transaction.commit();
}

std::string url_in(const tests::TempFolder& folder) {
  return "sqlite://" + (folder.path() / "library.sqlite").string();
}

void put_small_documents_200_a_transaction(benchmark::State& state) {
  const tests::TempFolder folder;
  Catalogue catalogue(url_in(folder));
  std::int64_t first = 0;
  for (auto _ : state) put_200(catalogue, std::exchange(first, first + 200));
  state.SetItemsProcessed(first);
}
BENCHMARK(put_small_documents_200_a_transaction)->UseRealTime()->Unit(benchmark::kMillisecond);

void put_unchanged_documents_200_a_transaction(benchmark::State& state) {
  const tests::TempFolder folder;
  Catalogue catalogue(url_in(folder));
  put_200(catalogue, 0);
  for (auto _ : state) put_200(catalogue, 0);
  state.SetItemsProcessed(state.iterations() * 200);
}
BENCHMARK(put_unchanged_documents_200_a_transaction)->UseRealTime()->Unit(benchmark::kMillisecond);

void load_10_small_revisions_of_20000(benchmark::State& state) {
  const tests::TempFolder folder;
  Catalogue catalogue(url_in(folder));
  for (std::int64_t first = 0; first < 20'000; first += 200) put_200(catalogue, first);
  std::vector<std::int64_t> keys(10);
  std::int64_t next = 1;
  for (auto _ : state) {
    for (std::int64_t& key : keys) key = next = next * 7919 % 19'997 + 1;
    benchmark::DoNotOptimize(catalogue.load_revisions(keys));
  }
  state.SetItemsProcessed(state.iterations() * 10);
}
BENCHMARK(load_10_small_revisions_of_20000)->Unit(benchmark::kMicrosecond);

void find_source_of_20000(benchmark::State& state) {
  const tests::TempFolder folder;
  Catalogue catalogue(url_in(folder));
  for (std::int64_t first = 0; first < 20'000; first += 200) put_200(catalogue, first);
  std::int64_t next = 1;
  for (auto _ : state) {
    next = next * 7919 % 19'997 + 1;
    benchmark::DoNotOptimize(
        catalogue.find_source({"/du-lieu", fmt::format("2023/bao-cao-{}.txt", next), ""}));
  }
}
BENCHMARK(find_source_of_20000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace nhanrong::corpus
