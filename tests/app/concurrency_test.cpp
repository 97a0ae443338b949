#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "indexer/follower.h"
#include "search/search.h"
#include "tests/app/program.h"

// Eight readers, one writer of the catalogue, the follower and rebuilds in one process: what the
// thread sanitizer looks at.
namespace nhanrong::test {
namespace {

constexpr int kReaders = 8;
constexpr int kDocuments = 600;

corpus::NewDocument make_document(int i) {
  corpus::NewDocument document;
  document.source = {"/archive", "reports.jsonl", "id:d" + std::to_string(i)};
  document.given.id = "d" + std::to_string(i);
  document.given.values.title = "Báo cáo giải ngân số " + std::to_string(i);
  document.given.values.provinces = corpus::Strings{i % 2 ? "yen-bai" : "gia-lai"};
  document.given.values.provinces_about = document.given.values.provinces;
  auto& content = document.content;
  content.text = "Kết quả giải ngân vốn sự nghiệp của xã thứ " + std::to_string(i) + ".";
  content.passages = {{{"result"}, 0, static_cast<std::uint32_t>(content.text.size()), "p-1"}};
  const std::string bytes = content.text;
  document.file = {corpus::sha256_hex(bytes), bytes.size(), "application/json", "reports.jsonl"};
  document.versions = {1, 1, 1};
  return document;
}

/// Ends the threads also where the test leaves early, so that its reason is told.
struct StopAtEnd {
  explicit StopAtEnd(std::vector<std::atomic<bool>*> flags_) : flags(std::move(flags_)) {}
  StopAtEnd(const StopAtEnd&) = delete;
  StopAtEnd& operator=(const StopAtEnd&) = delete;
  ~StopAtEnd() {
    for (std::atomic<bool>* flag : flags) *flag = true;
  }
  std::vector<std::atomic<bool>*> flags;
};

TEST(Concurrency, EightReadersWhileIngestingAndSwapping) {
  const TemporaryFolder folder;
  const auto library = corpus::open_library(folder / "library", "");
  const corpus::Reference reference;
  const text::Analyzer analyzer;
  { const corpus::Catalogue makes_the_schema(library.catalogue_url); }
  auto follower = indexer::Follower::try_acquire(library, reference, analyzer);
  ASSERT_TRUE(follower);
  // Makes the first generation: while it did so beside the writer, a rebuild would be refused.
  follower->catch_up();

  std::atomic<bool> stop_following = false, stop_reading = false;
  std::atomic<int> faults = 0, asked = 0;
  std::jthread following([&] { follower->run(stop_following, [](const std::string&) {}); });
  std::vector<std::jthread> readers;
  const StopAtEnd stop_at_end({&stop_following, &stop_reading});
  for (int r = 0; r < kReaders; ++r) {
    readers.emplace_back([&, r] {
      search::Searcher searcher(library, reference, analyzer);
      std::uint64_t before = 0;
      while (!stop_reading) {
        search::Request request;
        request.query = r % 2 ? "giải ngân" : "giai ngan von su nghiep";
        const auto answer = searcher.search(request);
        // Documents only come: a reader must never see fewer than it has seen.
        if (answer.total < before) ++faults;
        before = answer.total;
        ++asked;
      }
    });
  }
  corpus::Catalogue catalogue(library.catalogue_url);
  for (int i = 0; i < kDocuments;) {
    corpus::Catalogue::Transaction transaction(catalogue);
    for (int n = 0; n < 50; ++n, ++i) transaction.put(make_document(i));
    transaction.commit();
    if (i % 200 == 0) indexer::rebuild(library, reference, analyzer, {});
  }
  stop_following = true;
  following.join();
  follower->catch_up();
  stop_reading = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(faults, 0) << "of " << asked;

  search::Searcher searcher(library, reference, analyzer);
  search::Request request;
  request.query = "giải ngân";
  const auto answer = searcher.search(request);
  EXPECT_EQ(answer.total, static_cast<std::uint64_t>(kDocuments));
  EXPECT_TRUE(indexer::check_index(library, catalogue).empty());
}

}  // namespace
}  // namespace nhanrong::test
