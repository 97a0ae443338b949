#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "tests/app/program.h"

// From a file to an answer, through the real program.
namespace nhanrong::test {
namespace {

using nlohmann::json;

std::filesystem::path shared_folder() {
  const char* given = std::getenv("NHANRONG_SHARED");
  return given ? std::filesystem::path(given)
               : std::filesystem::path(NHANRONG_SOURCE_DIR) / ".." / "shared";
}

std::set<std::string> strings(const json& list) { return list.get<std::set<std::string>>(); }

#define SKIP_WITHOUT_SHARED(path)                                             \
  if (!std::filesystem::exists(path)) {                                       \
    if (std::getenv("CI")) FAIL() << "missing " << path;                      \
    GTEST_SKIP() << "SKIPPED: " << path << " is not there (NHANRONG_SHARED)"; \
  }

TEST(MainJob, RealPressItemIsFoundAndUnderstood) {
  const auto real = shared_folder() / "data" / "real";
  SKIP_WITHOUT_SHARED(real);
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  const auto taken = run({"--library", library, "ingest", "--json", real.string()});
  ASSERT_EQ(taken.status, 0) << taken.err;
  ASSERT_EQ(json::parse(taken.out)["added"], 1);

  for (const std::string query :
       {"sáng kiến cách làm hay", "sang kien cach lam hay", "5140/VPCP-QHĐP"}) {
    const auto found = run({"--library", library, "search", query, "--json"});
    ASSERT_EQ(found.status, 0) << found.err;
    EXPECT_EQ(json::parse(found.out)["total"], 1) << query;
  }

  const auto id = json::parse(
      run({"--library", library, "search", "giải ngân", "--json"}).out)["hits"][0]["id"];
  const RunningServer server(library);
  const auto answer = server.get("/api/v1/documents/" + id.get<std::string>());
  ASSERT_EQ(answer.status, 200);
  const auto document = json::parse(answer.body);
  const auto provinces = strings(document["provinces"]);
  for (const char* province : {"yen-bai", "binh-dinh", "bac-lieu"})
    EXPECT_TRUE(provinces.contains(province)) << province;
  const auto present = strings(document["provinces_present"]);
  for (const char* province : {"lao-cai", "gia-lai", "ca-mau"})
    EXPECT_TRUE(present.contains(province)) << province;
  EXPECT_EQ(strings(document["regions"]),
            (std::set<std::string>{"trung-du-mien-nui-bac-bo", "bac-trung-bo-duyen-hai-mien-trung",
                                   "tay-nguyen", "dong-bang-song-cuu-long"}));
  EXPECT_TRUE(strings(document["references"]).contains("5140/VPCP-QHĐP"));
  EXPECT_FALSE(document.contains("number") && document["number"] == "5140/VPCP-QHĐP");
  EXPECT_EQ(document["type"], "bai-bao");
}

TEST(MainJob, SamplesAreTakenWholeAndSayThatTheyAreInvented) {
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  const auto samples = std::filesystem::path(NHANRONG_SOURCE_DIR) / "corpus" / "samples";
  const auto taken = run({"--library", library, "ingest", "--json", samples.string()});
  ASSERT_EQ(taken.status, 0) << taken.out << taken.err;
  const auto summary = json::parse(taken.out);
  EXPECT_GE(summary["added"], 40);

  const auto again =
      json::parse(run({"--library", library, "ingest", "--json", samples.string()}).out);
  EXPECT_EQ(again["added"], 0);
  EXPECT_EQ(again["changed"], 0);
  EXPECT_EQ(again["unchanged"], summary["added"]);

  const auto exported = run({"--library", library, "export"});
  int records = 0;
  for (std::size_t from = 0, end; (end = exported.out.find('\n', from)) != std::string::npos;
       from = end + 1) {
    const auto record = json::parse(exported.out.substr(from, end - from));
    EXPECT_EQ(record["illustration"], true) << record["id"];
    ++records;
  }
  EXPECT_EQ(records, summary["added"].get<int>());

  for (const std::string query :
       {"bài học kinh nghiệm giải ngân", "bai hoc kinh nghiem giai ngan"}) {
    const auto found = json::parse(run({"--library", library, "search", query, "--json"}).out);
    EXPECT_GE(found["total"], 3) << query;
    EXPECT_NE(found["hits"][0]["snippet"].get<std::string>().find("<mark>"), std::string::npos)
        << query;
  }
}

TEST(MainJob, ExportIsTakenBackAsItWas) {
  const TemporaryFolder folder;
  const auto first = (folder / "first").string();
  const auto second = (folder / "second").string();
  const auto samples = std::filesystem::path(NHANRONG_SOURCE_DIR) / "corpus" / "samples";
  ASSERT_EQ(run({"--library", first, "ingest", samples.string()}).status, 0);
  const auto exported = run({"--library", first, "export"});
  write_file(folder / "export.jsonl", exported.out);
  const auto taken = run({"--library", second, "ingest", (folder / "export.jsonl").string()});
  ASSERT_EQ(taken.status, 0) << taken.err;
  EXPECT_EQ(run({"--library", second, "export"}).out, exported.out);
}

TEST(MainJob, OwnFilesAreFoundWithinTwoSecondsWithoutRestart) {
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  ASSERT_EQ(
      run({"--library", library, "ingest", std::string(NHANRONG_SOURCE_DIR) + "/corpus/samples"})
          .status,
      0);
  const RunningServer server(library);
  write_file(folder / "own/bao-cao.txt",
             "Báo cáo nuôi ong rừng ngập mặn\n\nTổ hợp tác giữ được 120 đàn ong qua mùa mưa nhờ "
             "dựng giàn cao hơn triều.\n");
  const auto target = "/api/v1/search?q=" + url_encode("\"ong rừng ngập mặn\"");
  ASSERT_EQ(json::parse(server.get(target).body)["total"], 0);
  ASSERT_EQ(run({"--library", library, "ingest", (folder / "own").string()}).status, 0);
  const auto started = std::chrono::steady_clock::now();
  int total = 0;
  while (total == 0 && std::chrono::steady_clock::now() - started < std::chrono::seconds(2)) {
    total = json::parse(server.get(target).body)["total"];
  }
  EXPECT_EQ(total, 1);
}

TEST(MainJob, RemovedDocumentsAreGoneAndPurgedOnesLeaveNoTrace) {
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  write_file(folder / "two.jsonl",
             "{\"id\": \"a\", \"text\": \"Mô hình nuôi cá lồng trên hồ thủy điện\"}\n"
             "{\"id\": \"b\", \"text\": \"Kinh nghiệm xuyenvietbimat trồng rừng gỗ lớn\"}\n");
  ASSERT_EQ(run({"--library", library, "ingest", (folder / "two.jsonl").string()}).status, 0);
  const RunningServer server(library);
  ASSERT_EQ(run({"--library", library, "remove", "a"}).status, 0);
  EXPECT_EQ(server.get("/api/v1/documents/a").status, 410);
  EXPECT_EQ(server.get("/van-ban/a").status, 410);
  EXPECT_EQ(json::parse(server.get("/api/v1/search?q=" + url_encode("cá lồng")).body)["total"], 0);
  ASSERT_EQ(run({"--library", library, "remove", "--purge", "b"}).status, 0);
  EXPECT_EQ(run({"--library", library, "remove", "khong-co"}).status, 1);
  EXPECT_EQ(json::parse(server.get("/api/v1/search?q=xuyenvietbimat").body)["total"], 0);
  const auto checked = run({"--library", library, "check"});
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  // The generation that the server held goes when it has moved on; catalogue and originals hold
  // nothing now.
  for (const auto& entry : std::filesystem::recursive_directory_iterator(library)) {
    if (!entry.is_regular_file() || entry.path().string().find("/index/") != std::string::npos)
      continue;
    EXPECT_EQ(read_file(entry.path()).find("xuyenvietbimat"), std::string::npos) << entry.path();
  }
}

TEST(MainJob, ReindexSwapsWhileSearchesGoOn) {
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  ASSERT_EQ(
      run({"--library", library, "ingest", std::string(NHANRONG_SOURCE_DIR) + "/corpus/samples"})
          .status,
      0);
  const RunningServer server(library);
  const auto target = "/api/v1/search?q=" + url_encode("nông thôn mới");
  const auto before = json::parse(server.get(target).body);
  std::atomic<bool> done = false;
  std::atomic<int> asked = 0, wrong = 0;
  std::thread reader([&] {
    while (!done) {
      const auto answer = server.get(target);
      ++asked;
      if (answer.status != 200 || json::parse(answer.body)["total"] != before["total"]) ++wrong;
    }
  });
  for (int i = 0; i < 3; ++i) EXPECT_EQ(run({"--library", library, "reindex"}).status, 0);
  done = true;
  reader.join();
  EXPECT_GT(asked, 0);
  EXPECT_EQ(wrong, 0) << "of " << asked;
}

TEST(MainJob, AnalyzeInspectAndExtractNeedNoLibrary) {
  const TemporaryFolder folder;
  write_file(folder / "a.txt", "Hoà Bình, ngày 5 tháng 3 năm 2024\nXây dựng nông thôn mới\n");
  EXPECT_EQ(run({"extract", (folder / "a.txt").string()}).status, 0);
  const auto inspected = run({"inspect", (folder / "a.txt").string()});
  EXPECT_EQ(inspected.status, 0);
  EXPECT_TRUE(json::accept(inspected.out)) << inspected.out;
  EXPECT_EQ(run({"analyze", "nông thôn"}).out, "nông XFnong thôn XFthon XBnong_thon\n");
  EXPECT_EQ(run({"analyze", "năm 02/2023"}).out,
            "năm XFnam 2 XF2 XBnam_2 2023 XF2023 XB2_2023 XD202302 XD2023q1 XD2023\n");
  EXPECT_EQ(run({"analyze", "--segment",
                 "hộ cận nghèo miền núi, giảm nghèo bền vững, giai đoạn 2021 – 2025"})
                .out,
            "hộ_cận_nghèo miền_núi, giảm_nghèo_bền_vững, giai_đoạn 2021_–_2025\n");
  EXPECT_EQ(run({"analyze", "--segment", "xây dựng nông thôn mới"}).out.find("nông_thôn_mới") !=
                std::string::npos,
            true);
  EXPECT_FALSE(std::filesystem::exists("var/library"));
}

}  // namespace
}  // namespace nhanrong::test
