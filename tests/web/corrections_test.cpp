#include <gmock/gmock.h>

#include "tests/web/served_library.h"
#include "web/links.h"

namespace nhanrong::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// As a browser sends "Lê Tâm" (no real person) with the token.
const httplib::Headers kAdmin{{"Authorization", "Basic TMOqIFTDom06bWF0LWtoYXUtdGh1"}};
const std::string kApi = "/api/v1/documents/giai-ngan/corrections";
const std::string kForm = "/van-ban/giai-ngan/sua";

class CorrectionsTest : public testing::ServedLibrary {
 protected:
  static httplib::Response patch(const std::string& body, const std::string& target = kApi,
                                 const httplib::Headers& headers = kAdmin) {
    return client().Patch(target, headers, body, "application/merge-patch+json").value();
  }
  static httplib::Response post(const httplib::Params& fields, const httplib::Headers& more = {}) {
    httplib::Headers headers = kAdmin;
    headers.insert(more.begin(), more.end());
    return client().Post(kForm, headers, fields).value();
  }
  static void follow() {
    indexer::Follower::try_acquire(world_->library, world_->reference, world_->analyzer)
        ->catch_up();
  }
  void TearDown() override {
    nlohmann::json withdrawn;
    for (const char* field : {"title", "issuer", "themes", "provinces_about", "number", "years"}) {
      withdrawn[field] = nullptr;
    }
    patch(withdrawn.dump());
    follow();
  }

  /// The form as it is shown, to be sent again.
  static httplib::Params shown() {
    return {{"revision", "1"},
            {"title", "Báo cáo kết quả giải ngân"},
            {"type", "bao-cao"},
            {"number", "215/BC-UBND"},
            {"issuer", "UBND tỉnh Yên Bái"},
            {"level", ""},
            {"date", "2023-07-11"},
            {"years", "2023"},
            {"provinces_about", "yen-bai"},
            {"provinces", "yen-bai"},
            {"regions", "trung-du-mien-nui-bac-bo"},
            {"programmes", "dttsmn"},
            {"source_url", ""}};
  }
  static void set(httplib::Params& fields, const std::string& name, const std::string& value) {
    fields.erase(name);
    fields.emplace(name, value);
  }
};

TEST_F(CorrectionsTest, AreForTheAdministrator) {
  EXPECT_EQ(get(kApi).status, 401);
  EXPECT_EQ(get(kForm).status, 401);
  EXPECT_EQ(patch("{}", kApi, {}).status, 401);
  EXPECT_EQ(client().Post(kForm, shown())->status, 401);
  EXPECT_THAT(get("/van-ban/giai-ngan").body, Not(HasSubstr(kForm)));
  EXPECT_THAT(get("/van-ban/giai-ngan", kAdmin).body, HasSubstr("href=\"" + kForm + "\""));
}

TEST_F(CorrectionsTest, MakeAnswersThatWereKeptUntrue) {
  const std::string search = "/api/v1/search?q=gi%E1%BA%A3i+ng%C3%A2n";
  const auto first = get(search);
  const auto tag = first.get_header_value("ETag");
  ASSERT_THAT(tag, ::testing::MatchesRegex("W/\"[0-9a-f]{20}\""));
  EXPECT_EQ(first.get_header_value("Cache-Control"), "no-cache");
  const auto again = get(search, {{"If-None-Match", "\"other\", " + tag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.get_header_value("ETag"), tag);
  EXPECT_NE(get(search + "&size=1").get_header_value("ETag"), tag);
  EXPECT_FALSE(get(search, kAdmin).has_header("ETag")) << "who sees more is not answered from it";
  ASSERT_EQ(patch(R"({"title": "Tên khác"})").status, 200);
  const auto corrected = get(search, {{"If-None-Match", tag}});
  EXPECT_EQ(corrected.status, 200) << "the catalogue knows, the index does not yet";
  follow();
  const auto followed = get(search, {{"If-None-Match", corrected.get_header_value("ETag")}});
  EXPECT_EQ(followed.status, 200);
  EXPECT_THAT(followed.body, HasSubstr("Tên khác"));
}

TEST_F(CorrectionsTest, HoldInRecordPageAndLists) {
  const auto reply = patch(R"({"themes": ["giai-ngan-von"], "provinces_about": ["Sơn La"],
                               "number": ""})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto corrections = nlohmann::json::parse(reply.body);
  EXPECT_EQ(corrections["corrections"]["provinces_about"], nlohmann::json({"son-la"}));
  EXPECT_EQ(corrections["authors"][0]["author"], "Lê Tâm");
  follow();
  const auto record = get_json("/api/v1/documents/giai-ngan");
  EXPECT_EQ(record["provinces"], nlohmann::json({"yen-bai", "son-la"}));
  EXPECT_FALSE(record.contains("number"));
  EXPECT_EQ(record["origins"]["themes"], "correction");
  EXPECT_EQ(record["origins"]["title"], "rule");
  EXPECT_EQ(get_json("/api/v1/search?q=gi%E1%BA%A3i%20ng%C3%A2n&province=son-la")["total"], 1);
  EXPECT_EQ(
      get_json("/api/v1/search?q=gi%E1%BA%A3i%20ng%C3%A2n&province=yen-bai&theme=giai-ngan-von")
          ["total"],
      0);
  EXPECT_THAT(get("/van-ban/giai-ngan").body, HasSubstr("Người quản trị đã sửa: Số, ký hiệu"));
  EXPECT_EQ(patch(R"({"provinces_about": null, "number": null, "themes": null})").status, 200);
  follow();
  EXPECT_EQ(get_json("/api/v1/documents/giai-ngan")["number"], "215/BC-UBND");
  EXPECT_EQ(get_json("/api/v1/search?q=gi%E1%BA%A3i%20ng%C3%A2n&province=son-la")["total"], 0);
  EXPECT_THAT(get("/van-ban/giai-ngan").body, Not(HasSubstr("Người quản trị đã sửa")));
}

TEST_F(CorrectionsTest, AreRefusedWhereTheyDoNotFit) {
  for (const char* bad :
       {"", "[]", "{", R"({"title": ""})", R"({"themes": ["không có"]})", R"({"text": "khác"})",
        R"({"date": "2023-13"})", "{\"title\": \"\xFF\"}"}) {
    EXPECT_EQ(patch(bad).status, 400) << bad;
  }
  EXPECT_EQ(patch("{}", "/api/v1/documents/khong-co/corrections").status, 404);
  EXPECT_EQ(patch("{}", "/api/v1/documents/bo-di/corrections").status, 410);
  EXPECT_EQ(patch("{}", "/api/v1/search").status, 405);
  EXPECT_TRUE(get_json("/api/v1/documents/giai-ngan")["origins"]["title"] == "rule");
}

TEST_F(CorrectionsTest, FormChangesOnlyWhatWasChanged) {
  const auto page = get(kForm, kAdmin).body;
  EXPECT_THAT(page, HasSubstr("value=\"UBND tỉnh Yên Bái\""));
  EXPECT_THAT(page, HasSubstr("name=\"provinces_about\" value=\"yen-bai\" checked"));
  EXPECT_THAT(page, Not(HasSubstr("[[")));
  auto fields = shown();
  set(fields, "title", "Giải ngân <b>sớm</b>");
  fields.emplace("themes", "sinh-ke");
  const auto sent = post(fields);
  ASSERT_EQ(sent.status, 303) << sent.body;
  EXPECT_EQ(sent.get_header_value("Location"), kForm + "?saved=1");
  const auto stored = nlohmann::json::parse(client().Get(kApi, kAdmin)->body)["corrections"];
  EXPECT_EQ(stored, nlohmann::json({{"title", "Giải ngân <b>sớm</b>"}, {"themes", {"sinh-ke"}}}));
  const auto saved = get(kForm + "?saved=1", kAdmin).body;
  EXPECT_THAT(saved, HasSubstr("Đã lưu"));
  EXPECT_THAT(saved, HasSubstr("Lê Tâm"));
  EXPECT_THAT(saved, Not(HasSubstr("<b>sớm")));
  set(fields, "withdraw", "title");
  EXPECT_EQ(post(fields).status, 303);
  EXPECT_EQ(get_json("/api/v1/documents/giai-ngan")["title"], "Báo cáo kết quả giải ngân");
}

TEST_F(CorrectionsTest, FormSaysWhatDoesNotFitAndKeepsWhatWasTyped) {
  auto fields = shown();
  set(fields, "years", "2022, năm ngoái");
  set(fields, "issuer", "Cơ quan vừa gõ");
  const auto refused = post(fields);
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("role=\"alert\""));
  EXPECT_THAT(refused.body, HasSubstr("Cơ quan vừa gõ"));
  auto late = shown();
  set(late, "revision", "7");
  EXPECT_EQ(post(late).status, 409);
  EXPECT_EQ(nlohmann::json::parse(client().Get(kApi, kAdmin)->body)["corrections"].size(), 0U);
}

TEST_F(CorrectionsTest, FormOfAnotherSiteIsRefused) {
  auto fields = shown();
  set(fields, "title", "Đổi từ nơi khác");
  EXPECT_EQ(post(fields, {{"Origin", "http://ke-xau.vn"}}).status, 403);
  EXPECT_EQ(post(fields, {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
  EXPECT_EQ(get_json("/api/v1/documents/giai-ngan")["origins"]["title"], "rule");
}

}  // namespace
}  // namespace nhanrong::web
