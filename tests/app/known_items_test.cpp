#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/app/program.h"

// Questions that want one certain record (tests/relevance/known_items.tsv), as officials type them.
// The records are invented (tests/fixtures/known_items.jsonl) and lie among the development set.
namespace nhanrong::test {
namespace {

struct KnownItem {
  std::string kind, query, record;
};

std::vector<KnownItem> load_items() {
  std::ifstream file(std::string(NHANRONG_SOURCE_DIR) + "/tests/relevance/known_items.tsv");
  std::vector<KnownItem> items;
  std::string line;
  std::getline(file, line);  // header
  while (std::getline(file, line)) {
    const auto first = line.find('\t'), last = line.rfind('\t');
    items.push_back(
        {line.substr(0, first), line.substr(first + 1, last - first - 1), line.substr(last + 1)});
  }
  return items;
}

TEST(KnownItems, AreFoundFirst) {
  const char* given = std::getenv("NHANRONG_SHARED");
  const std::filesystem::path shared =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(NHANRONG_SOURCE_DIR) / ".." / "shared";
  const auto corpus = shared / "data" / "retrieval-dev" / "corpus.jsonl";
  if (!std::filesystem::exists(corpus)) {
    GTEST_SKIP() << "SKIPPED: " << corpus << " is not there (NHANRONG_SHARED)";
  }
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  const auto taken = run({"--library", library, "ingest", "--json", corpus.string(),
                          std::string(NHANRONG_SOURCE_DIR) + "/tests/fixtures/known_items.jsonl"});
  ASSERT_EQ(taken.status, 0) << taken.out << taken.err;
  const RunningServer server(library);

  const auto items = load_items();
  ASSERT_GE(items.size(), 100u);
  std::map<std::string, std::pair<int, int>> by_kind;  // found first, all
  for (const KnownItem& item : items) {
    const auto answer =
        server.get("/api/v1/search?size=10&facets=none&q=" + url_encode(item.query));
    ASSERT_EQ(answer.status, 200) << item.query;
    const auto hits = nlohmann::json::parse(answer.body)["hits"];
    const std::string first = hits.empty() ? "nothing" : hits[0]["id"].get<std::string>();
    EXPECT_EQ(first, item.record) << item.kind << ": " << item.query;
    auto& [found, all] = by_kind[item.kind];
    if (first == item.record) ++found;
    ++all;
  }
  for (const auto& [kind, counts] : by_kind) {
    fmt::print("{:14}{:4} of {}\n", kind, counts.first, counts.second);
  }
}

}  // namespace
}  // namespace nhanrong::test
