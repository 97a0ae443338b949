#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/app/program.h"

// Personal data from a form to every way out, through the real program. Persons are invented.
namespace nhanrong::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kForm =
    "PHÒNG GD&ĐT HUYỆN MÙ CANG CHẢI\nTRƯỜNG PTDTBT THCS MỒ DỀ\n\nĐƠN ĐỀ NGHỊ CÔNG NHẬN SÁNG "
    "KIẾN\n\nHọ và tên: Lò Thị Mai\nNgày sinh: 12/5/1985\nSố CCCD: 015185001234\nNơi thường trú: "
    "tổ 5, thị trấn Mù Cang Chải\nĐiện thoại: 0912 345 678\nSố tài khoản: 8901205012345 tại "
    "Agribank\n\nTên sáng kiến: Bếp tập thể cho học sinh bán trú\nCách làm: phụ huynh góp củi, "
    "trường góp bếp, 245 học sinh được ăn nóng mỗi bữa.\n";

auto has_nothing_personal() {
  return AllOf(Not(HasSubstr("12/5/1985")), Not(HasSubstr("015185001234")),
               Not(HasSubstr("tổ 5, thị trấn")), Not(HasSubstr("0912 345 678")),
               Not(HasSubstr("8901205012345")));
}

class PersonalData : public ::testing::Test {
 protected:
  void SetUp() override {
    write_file(folder_ / "don.txt", kForm);
    const auto taken =
        run({"--library", library_, "ingest", "--json-lines", (folder_ / "don.txt").string()});
    ASSERT_EQ(taken.status, 0) << taken.err;
    id_ = json::parse(taken.out.substr(0, taken.out.find('\n')))["id"];
  }
  int total(const std::string& query) const {
    return json::parse(run({"--library", library_, "search", query, "--json"}).out)["total"];
  }

  const TemporaryFolder folder_;
  const std::string library_ = (folder_ / "library").string();
  std::string id_;
};

TEST_F(PersonalData, IsFoundAndShownByNobody) {
  for (const char* query : {"015185001234", "\"0912 345 678\"", "8901205012345"}) {
    EXPECT_EQ(total(query), 0) << query;
  }
  EXPECT_EQ(total("bếp tập thể bán trú"), 1);
  EXPECT_THAT(run({"--library", library_, "search", "sáng kiến", "--json"}).out,
              has_nothing_personal());
  const auto exported = run({"--library", library_, "export"});
  EXPECT_THAT(exported.out, AllOf(has_nothing_personal(), HasSubstr("Bếp tập thể")));
  const auto inspected = run({"inspect", (folder_ / "don.txt").string()});
  EXPECT_THAT(inspected.out, has_nothing_personal());
  const auto list = json::parse(inspected.out)["personal_data"];
  ASSERT_EQ(list.size(), 5U);
  EXPECT_EQ(list[1]["kind"], "identity_number");
  EXPECT_EQ(kForm.substr(list[1]["start"], 12), "015185001234");
  EXPECT_EQ(run({"extract", (folder_ / "don.txt").string()}).out, kForm) << "one's own file";
}

TEST_F(PersonalData, ExportIsTakenInElsewhere) {
  const auto exported = run({"--library", library_, "export"});
  write_file(folder_ / "export.jsonl", exported.out);
  const auto second = (folder_ / "second").string();
  ASSERT_EQ(run({"--library", second, "ingest", (folder_ / "export.jsonl").string()}).status, 0);
  EXPECT_EQ(run({"--library", second, "export"}).out, exported.out);
  const auto back =
      run({"--library", library_, "ingest", "--json", (folder_ / "export.jsonl").string()});
  EXPECT_EQ(json::parse(back.out)["unchanged"], 1) << "the text is not lost to its mask";
}

TEST_F(PersonalData, MaskIsLiftedWhileTheServerRuns) {
  const RunningServer server(library_, {{"NHANRONG_ADMIN_TOKEN", "mat-khau-thu"}});
  const auto page = server.get("/van-ban/" + id_);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(has_nothing_personal(), HasSubstr("************")));
  EXPECT_EQ(server.get("/van-ban/" + id_ + "/goc/1").status, 401);
  EXPECT_THAT(server.get("/api/v1/documents/" + id_).body, has_nothing_personal());

  httplib::Client client("127.0.0.1", server.port());
  const auto lifted = client.Patch("/api/v1/documents/" + id_ + "/personal-data",
                                   {{"Authorization", "Bearer mat-khau-thu"}},
                                   R"({"masked": false})", "application/json");
  ASSERT_TRUE(lifted);
  ASSERT_EQ(lifted->status, 200) << lifted->body;
  EXPECT_THAT(server.get("/van-ban/" + id_).body, HasSubstr("015185001234"));
  EXPECT_EQ(server.get("/van-ban/" + id_ + "/goc/1").body, kForm);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  const auto found = [&] {
    return json::parse(server.get("/api/v1/search?q=015185001234").body)["total"] == 1;
  };
  while (!found() && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_TRUE(found()) << "the index follows";
}

TEST_F(PersonalData, ReindexKeepsTheMask) {
  ASSERT_EQ(run({"--library", library_, "reindex", "--understand"}).status, 0);
  EXPECT_EQ(total("015185001234"), 0);
  EXPECT_THAT(run({"--library", library_, "export"}).out, has_nothing_personal());
}

}  // namespace
}  // namespace nhanrong::test
