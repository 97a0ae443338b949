#include <gmock/gmock.h>

#include "tests/web/served_library.h"

namespace nhanrong::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// As a browser sends "Lê Tâm" (no real person) with the token.
const httplib::Headers kAdmin{{"Authorization", "Basic TMOqIFTDom06bWF0LWtoYXUtdGh1"}};
const std::string kList = "/du-lieu-ca-nhan";
const std::string kApi = "/api/v1/documents/don/personal-data";
const std::string kOriginal = "/van-ban/don/goc/1";
const std::string kText = "Đơn công nhận sáng kiến\nLiên hệ tác giả nuôi dúi qua số 0912345678.";

class PersonalDataTest : public testing::ServedLibrary {
 protected:
  static void SetUpTestSuite() {
    ServedLibrary::SetUpTestSuite();
    corpus::Catalogue catalogue(world_->library.catalogue_url);
    corpus::Catalogue::Transaction transaction(catalogue);
    const auto start = static_cast<std::uint32_t>(kText.find("0912345678"));
    const auto end = start + 10;
    world_->put(transaction,
                {.id = "don",
                 .title = "Nuôi dúi, liên hệ 0912345678",
                 .text = kText,
                 .evidence = {{"title", "Nuôi dúi, liên hệ 0912345678", "rule", start, end},
                              {"practice_contact", "số 0912345678", "rule", start - 5, end}},
                 .personal = {{corpus::PersonalKind::Phone, start, end}}});
    transaction.commit();
    follow();
  }
  static void follow() {
    indexer::Follower::try_acquire(world_->library, world_->reference, world_->analyzer)
        ->catch_up();
  }
  static httplib::Response patch(const std::string& body, const httplib::Headers& headers = kAdmin,
                                 const std::string& target = kApi) {
    return client().Patch(target, headers, body, "application/json").value();
  }
  static httplib::Response post(const httplib::Params& fields,
                                const httplib::Headers& headers = kAdmin) {
    return client().Post(kList, headers, fields).value();
  }
  void TearDown() override {
    patch(R"({"masked": true})");
    follow();
  }
};

TEST_F(PersonalDataTest, IsShownNowhere) {
  for (const std::string address :
       {"/van-ban/don", "/van-ban/don?revision=1", "/api/v1/documents/don", "/tim?q=don",
        "/tim.csv?q=nuoi+dui", "/api/v1/search?q=nuoi+dui", "/api/v1/suggest?q=nuoi+dui",
        "/api/v1/documents/giai-ngan/similar"}) {
    const auto reply = get(address);
    EXPECT_EQ(reply.status, 200) << address;
    EXPECT_THAT(reply.body, Not(HasSubstr("0912345678"))) << address;
  }
  EXPECT_THAT(get("/van-ban/don", kAdmin).body, Not(HasSubstr("0912345678")))
      << "also for the administrator, until it is lifted";
  EXPECT_THAT(get("/van-ban/don").body, HasSubstr("che bằng dấu *"));
  EXPECT_EQ(get_json("/api/v1/search?q=0912345678")["total"], 0);
  const auto record = get_json("/api/v1/documents/don");
  EXPECT_EQ(record["title"], "Nuôi dúi, liên hệ **********");
  EXPECT_EQ(record["masked"], true);
  EXPECT_EQ(record["personal_data"][0]["kind"], "phone");
  EXPECT_EQ(record["practice"]["contact"], "số **********");
}

TEST_F(PersonalDataTest, OriginalIsBehindTheToken) {
  const auto refused = get(kOriginal);
  EXPECT_EQ(refused.status, 401);
  EXPECT_THAT(refused.get_header_value("WWW-Authenticate"), HasSubstr("Basic"));
  EXPECT_THAT(refused.body, HasSubstr("dữ liệu cá nhân"));
  EXPECT_THAT(refused.body, Not(HasSubstr("0912345678")));
  EXPECT_THAT(get(kOriginal + "?lang=en").body, HasSubstr("personal data"));
  EXPECT_EQ(get(kOriginal + "?revision=1").status, 401);
  EXPECT_EQ(get(kOriginal, kAdmin).body, kText);
  EXPECT_EQ(get("/van-ban/giai-ngan/goc/1").status, 200) << "without personal data";
  EXPECT_THAT(get("/van-ban/don").body, HasSubstr("chỉ dành cho người quản trị"));
}

TEST_F(PersonalDataTest, IsListedForTheAdministrator) {
  EXPECT_EQ(get(kList).status, 401);
  EXPECT_EQ(get(kList + ".csv").status, 401);
  EXPECT_EQ(get(kApi).status, 401);
  const auto page = get(kList, kAdmin).body;
  EXPECT_THAT(page, HasSubstr("href=\"/van-ban/don\""));
  EXPECT_THAT(page, HasSubstr("Số điện thoại: 1"));
  EXPECT_THAT(page, HasSubstr("Bỏ che"));
  EXPECT_THAT(page, Not(HasSubstr("giai-ngan")));
  EXPECT_THAT(page, Not(HasSubstr("0912345678")));
  EXPECT_THAT(page, Not(HasSubstr("[[")));
  EXPECT_THAT(get(kList + ".csv", kAdmin).body, HasSubstr("don"));
  EXPECT_THAT(get(kList + "?page=2", kAdmin).body, Not(HasSubstr("href=\"/van-ban/don\"")));
  EXPECT_EQ(get(kList + "?page=0", kAdmin).status, 400);
  const auto json = nlohmann::json::parse(get(kApi, kAdmin).body);
  EXPECT_EQ(json["masked"], true);
  const auto& range = json["personal_data"].at(0);
  EXPECT_EQ(kText.substr(range["start"], range["end"].get<int>() - range["start"].get<int>()),
            "0912345678");
}

TEST_F(PersonalDataTest, FormLiftsTheMaskAndLaysItAgain) {
  const auto sent = post({{"id", "don"}, {"mask", "lift"}, {"page", "1"}});
  ASSERT_EQ(sent.status, 303) << sent.body;
  EXPECT_EQ(sent.get_header_value("Location"), kList + "?saved=1");
  follow();
  EXPECT_THAT(get("/van-ban/don").body, HasSubstr("0912345678"));
  EXPECT_EQ(get_json("/api/v1/search?q=0912345678")["total"], 1);
  EXPECT_EQ(get(kOriginal).body, kText);
  const auto page = get(kList + "?saved=1", kAdmin).body;
  EXPECT_THAT(page, HasSubstr("Đã bỏ che: Lê Tâm"));
  EXPECT_THAT(page, HasSubstr("Che lại"));
  EXPECT_THAT(page, HasSubstr("Đã lưu"));
  EXPECT_EQ(post({{"id", "don"}, {"mask", "lay"}, {"page", "7"}}).get_header_value("Location"),
            kList + "?page=7&saved=1");
  follow();
  EXPECT_EQ(get_json("/api/v1/search?q=0912345678")["total"], 0);
  EXPECT_EQ(get(kOriginal).status, 401);
}

TEST_F(PersonalDataTest, ApiLiftsTheMask) {
  const auto lifted = patch(R"({"masked": false})");
  ASSERT_EQ(lifted.status, 200) << lifted.body;
  const auto json = nlohmann::json::parse(lifted.body);
  EXPECT_EQ(json["masked"], false);
  EXPECT_EQ(json["lifted_by"], "Lê Tâm");
  EXPECT_EQ(get_json("/api/v1/documents/don")["text"], kText);
}

TEST_F(PersonalDataTest, RefusesOthersAndWhatDoesNotFit) {
  EXPECT_EQ(patch(R"({"masked": false})", {}).status, 401);
  for (const char* bad : {"", "[]", "{}", R"({"masked": 0})", R"({"masked": false, "x": 1})"}) {
    EXPECT_EQ(patch(bad).status, 400) << bad;
  }
  EXPECT_EQ(patch("{}", kAdmin, "/api/v1/documents/khong-co/personal-data").status, 404);
  EXPECT_EQ(post({{"id", "don"}, {"mask", "lift"}}, {}).status, 401);
  EXPECT_EQ(post({{"id", "don"}, {"mask", "?"}}).status, 400);
  EXPECT_EQ(post({{"id", "khong-co"}, {"mask", "lift"}}).status, 404);
  for (const httplib::Headers& foreign : {httplib::Headers{{"Origin", "http://ke-xau.vn"}},
                                          httplib::Headers{{"Sec-Fetch-Site", "cross-site"}}}) {
    httplib::Headers headers = kAdmin;
    headers.insert(foreign.begin(), foreign.end());
    EXPECT_EQ(post({{"id", "don"}, {"mask", "lift"}}, headers).status, 403);
  }
  EXPECT_EQ(get_json("/api/v1/documents/don")["masked"], true);
}

}  // namespace
}  // namespace nhanrong::web
