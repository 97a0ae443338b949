#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "tests/app/program.h"

// Nothing acknowledged is lost and nothing is there twice, whenever the process dies.
namespace nhanrong::test {
namespace {

using nlohmann::json;

constexpr int kRounds = 50;
constexpr int kDocuments = 400;  // a round; enough for several commits

/// A round's documents: each holds a word of its own, by which the index is asked.
std::string make_documents(int round) {
  std::string out;
  for (int i = 0; i < kDocuments; ++i) {
    const std::string name = "r" + std::to_string(round) + "d" + std::to_string(i);
    out += json{{"id", name},
                {"title", "Báo cáo số " + std::to_string(i)},
                {"text", "Kết quả giải ngân vốn sự nghiệp tại thôn " + name + " sau sáu tháng."}}
               .dump() +
           "\n";
  }
  return out;
}

/// How often each id stands in the catalogue.
std::map<std::string, int> exported_ids(const std::string& library) {
  std::map<std::string, int> out;
  const auto exported = run({"--library", library, "export"}).out;
  for (std::size_t from = 0, end; (end = exported.find('\n', from)) != std::string::npos;
       from = end + 1) {
    ++out[json::parse(exported.substr(from, end - from))["id"].get<std::string>()];
  }
  return out;
}

void expect_clean(const std::string& library, int round) {
  const auto checked = run({"--library", library, "check"});
  ASSERT_EQ(checked.status, 0) << "round " << round << ": " << checked.out << checked.err;
}

TEST(Killed, IngestLosesNothingItAcknowledged) {
  std::mt19937 random(20250701);
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  std::set<std::string> acknowledged;
  int between = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto file = folder / ("round" + std::to_string(round) + ".jsonl");
    write_file(file, make_documents(round));
    int seen = 0;
    {
      Running ingest({"--library", library, "ingest", "--json-lines", file.string()});
      // Most rounds die after a random acknowledgement; some before the first.
      const int until =
          round % 10 == 0 ? 0 : std::uniform_int_distribution(1, kDocuments - 150)(random);
      const auto take = [&](const std::string& line) {
        acknowledged.insert(json::parse(line)["id"].get<std::string>());
        ++seen;
      };
      while (seen < until) {
        const auto line = ingest.read_line();
        ASSERT_TRUE(line) << "ended by itself in round " << round;
        take(*line);
      }
      std::this_thread::sleep_for(
          std::chrono::microseconds(std::uniform_int_distribution(0, 30000)(random)));
      ingest.kill_now();
      while (const auto line = ingest.read_line()) take(*line);
    }
    if (seen > 0 && seen < kDocuments) ++between;
    if (round % 5 != 4) continue;  // looked at after one to five deaths in a row
    const auto ids = exported_ids(library);
    for (const auto& id : acknowledged) {
      const auto found = ids.find(id);
      ASSERT_TRUE(found != ids.end()) << id << " was acknowledged and is lost, round " << round;
    }
    for (const auto& [id, count] : ids) ASSERT_EQ(count, 1) << id;
    expect_clean(library, round);
    for (int i = 0; i < 10; ++i) {
      const auto id = std::next(acknowledged.begin(),
                                std::uniform_int_distribution<long>(
                                    0, static_cast<long>(acknowledged.size()) - 1)(random));
      const auto found = json::parse(run({"--library", library, "search", *id, "--json"}).out);
      ASSERT_EQ(found["total"], 1) << *id;
    }
  }
  EXPECT_GE(between, 40) << "too few deaths between the first and the last acknowledgement";
  // What was not acknowledged is taken by doing it again.
  ASSERT_EQ(run({"--library", library, "ingest", folder.path().string(), "--json"}).status, 0);
  EXPECT_EQ(exported_ids(library).size(), static_cast<std::size_t>(kRounds * kDocuments));
  expect_clean(library, kRounds);
}

TEST(Killed, FollowerInsideServeCatchesUp) {
  std::mt19937 random(42);
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  std::size_t expected = 0;
  for (int round = 0; round < 12; ++round) {
    const auto file = folder / ("round" + std::to_string(round) + ".jsonl");
    write_file(file, make_documents(round));
    RunningServer server(library);
    // The server's follower holds the index; the command waits for it and takes over when it dies.
    Running ingest({"--library", library, "ingest", "--json-lines", file.string()});
    const int until = std::uniform_int_distribution(1, kDocuments)(random);
    for (int seen = 0; seen < until; ++seen) ASSERT_TRUE(ingest.read_line());
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution(0, 200000)(random)));
    server.process().kill_now();
    while (ingest.read_line()) {
    }
    expected += kDocuments;
    ASSERT_EQ(exported_ids(library).size(), expected);
    expect_clean(library, round);
  }
  const RunningServer server(library);
  const auto answer = json::parse(server.get("/api/v1/search?q=" + url_encode("giải ngân")).body);
  EXPECT_EQ(answer["total"], expected);
}

}  // namespace
}  // namespace nhanrong::test
