#include <gmock/gmock.h>

#include "tests/web/served_library.h"
#include "web/metrics.h"

namespace nhanrong::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ServerTest = testing::ServedLibrary;

TEST_F(ServerTest, EveryPageAnswersInBothLanguagesWithNothingUnnamed) {
  for (const std::string page :
       {"/", "/tim", "/tim?q=giai+ngan", "/tim?q=khongcotunay", "/van-ban/giai-ngan",
        "/van-ban/doc-hai?q=giai+ngan", "/vung", "/vung?places=named",
        "/vung/trung-du-mien-nui-bac-bo", "/vung/dong-bang-song-hong", "/tinh/yen-bai",
        "/tinh/lao-cai", "/tinh/lao-cai?places=named", "/chuong-trinh", "/chuong-trinh/dttsmn",
        "/chuong-trinh/ct135", "/gioi-thieu", "/tro-giup"}) {
    for (const std::string language : {"vi", "en"}) {
      const auto response = get(page, {{"Cookie", "a=b; lang=" + language}});
      EXPECT_EQ(response.status, 200) << page;
      EXPECT_THAT(response.body, HasSubstr("<html lang=\"" + language + "\">")) << page;
      EXPECT_THAT(response.body, HasSubstr("</html>")) << page;
      for (const char* mistake :
           {"{{", "}}", "[[", "[facet", "[role", "[error", "[matrix", "[hit"}) {
        EXPECT_EQ(response.body.find(mistake), std::string::npos) << page << " has " << mistake;
      }
    }
  }
}

TEST_F(ServerTest, EnglishPagesHaveNoVietnameseWordsOfTheInterface) {
  for (const std::string page : {"/", "/tim?q=giai+ngan&province=yen-bai", "/van-ban/giai-ngan",
                                 "/vung", "/tinh/lao-cai", "/chuong-trinh/dttsmn", "/tro-giup"}) {
    const auto body = get(page, {{"Cookie", "lang=en"}}).body;
    for (const char* word : {"văn bản", "Trợ giúp", "Tỉnh, thành phố", "Đọc đoạn này", "Xếp theo",
                             "Tải về", "Áp dụng", "nay thuộc", "Cả nước", "Kho hiện có"}) {
      EXPECT_EQ(body.find(word), std::string::npos) << page << " has " << word;
    }
  }
}

TEST_F(ServerTest, LanguageIsRememberedByACookie) {
  const auto response = get("/?lang=en");
  EXPECT_THAT(response.get_header_value("Set-Cookie"), HasSubstr("lang=en; Path=/"));
  EXPECT_THAT(response.body, HasSubstr("Good practices"));
}

TEST_F(ServerTest, RunsAreForTheAdministrator) {
  corpus::Catalogue catalogue(world_->library.catalogue_url);
  const auto run = catalogue.begin_run();
  catalogue.add_refusal(run, {"/du-lieu/=cmd.docx", 0, "docx_password", "", ""});
  catalogue.finish_run(run, {0, "", "", 3, 0, 1, 1, 2});
  const std::string address = "/lan-nap/" + std::to_string(run);
  for (const std::string& page :
       {std::string("/lan-nap"), std::string("/lan-nap.csv"), address, address + ".csv"}) {
    EXPECT_EQ(get(page).status, 401) << page;
    EXPECT_THAT(get(page).get_header_value("WWW-Authenticate"), HasSubstr("Basic"));
  }
  const httplib::Headers basic{{"Authorization", "Basic eDptYXQta2hhdS10aHU="}};
  EXPECT_THAT(get("/lan-nap", basic).body, HasSubstr("href=\"" + address + "\""));
  EXPECT_THAT(get(address, basic).body, HasSubstr("/du-lieu/=cmd.docx"));
  EXPECT_THAT(get("/lan-nap.csv", basic).body, HasSubstr(R"("3","0","1","2","1")"));
  EXPECT_THAT(get(address + ".csv", basic).body, HasSubstr("docx_password"));
  EXPECT_EQ(get("/lan-nap/999", basic).status, 404);
  EXPECT_EQ(get("/lan-nap", {{"Authorization", "Basic eDp5"}}).status, 401);
}

struct Refusal {
  std::string target;
  int status;
  std::string code;
};

TEST_F(ServerTest, BadRequestsGetAClearRefusal) {
  const std::string long_query(3000, 'a');
  for (const auto& [target, status, code] : std::initializer_list<Refusal>{
           {"/api/v1/search?q=%00", 400, "parameter_control"},
           {"/api/v1/search?q=gi%FF", 400, "parameter_not_utf8"},
           {"/api/v1/search?x%C0=1", 400, "parameter_not_utf8"},
           {"/api/v1/search?q=" + long_query, 400, "query_too_long"},
           {"/api/v1/search?page=0", 400, "parameter_value"},
           {"/api/v1/search?page=abc", 400, "parameter_value"},
           {"/api/v1/search?page=99999999999999999999", 400, "parameter_value"},
           {"/api/v1/search?page=1001&size=10", 400, "page_too_far"},
           {"/api/v1/search?page=101&size=100", 400, "page_too_far"},
           {"/api/v1/search?size=101", 400, "parameter_value"},
           {"/api/v1/search?size=-1", 400, "parameter_value"},
           {"/api/v1/search?sort=best", 400, "parameter_value"},
           {"/api/v1/search?match=some", 400, "parameter_value"},
           {"/api/v1/search?places=63", 400, "parameter_value"},
           {"/api/v1/search?facets=all", 400, "parameter_value"},
           {"/api/v1/search?lang=fr", 400, "parameter_value"},
           {"/api/v1/search?province=khong-co", 400, "parameter_value"},
           {"/api/v1/search?year=20x3", 400, "parameter_value"},
           {"/api/v1/search?level=khong-co", 400, "parameter_value"},
           {"/api/v1/search?ethnic_group=99", 400, "parameter_value"},
           {"/api/v1/documents/khong-co", 404, "document_unknown"},
           {"/api/v1/documents/giai-ngan?revision=9", 404, "revision_unknown"},
           {"/api/v1/documents/giai-ngan?revision=x", 400, "parameter_value"},
           {"/api/v1/documents/bo-di", 410, "document_removed"},
           {"/api/v1/documents/noi-bo", 404, "document_unknown"},
           {"/api/v1/documents/..%2F..%2Fetc", 404, "page_unknown"},
           {"/api/v1/suggests?q=a", 404, "page_unknown"},
           {"/api/v1/similar", 405, "method_unknown"},
           {"/tim.csv?province=khong-co", 400, "parameter_value"},
           {"/vung/khong-co.json", 404, "region_unknown"}}) {
    const auto response = get(target);
    EXPECT_EQ(response.status, status) << target;
    EXPECT_EQ(response.get_header_value("Content-Type"), "application/problem+json") << target;
    const auto problem = nlohmann::json::parse(response.body);
    EXPECT_EQ(problem["type"], "urn:nhanrong:problem:" + code) << target;
    EXPECT_EQ(problem["status"], status) << target;
    for (const char* key : {"title", "detail", "title_en", "detail_en"}) {
      EXPECT_THAT(problem[key].get<std::string>(), Not(HasSubstr("["))) << target << " " << key;
    }
  }
}

TEST_F(ServerTest, BadPagesSayWhatHappenedAndThreeWaysOn) {
  for (const auto& [target, status, code] :
       std::initializer_list<Refusal>{{"/tim?q=%00", 400, ""},
                                      {"/tim?q=a&province=khong-co", 400, ""},
                                      {"/van-ban/khong-co", 404, ""},
                                      {"/van-ban/bo-di", 410, ""},
                                      {"/van-ban/noi-bo", 404, ""},
                                      {"/van-ban/%00", 400, ""},
                                      {"/van-ban/giai-ngan/goc/9", 404, ""},
                                      {"/tinh/khong-co", 404, ""},
                                      {"/vung/khong-co", 404, ""},
                                      {"/chuong-trinh/khong-co", 404, ""},
                                      {"/khong-co", 404, ""},
                                      {"/static/khong-co.css", 404, ""},
                                      {"/tim?q=" + std::string(9000, 'a'), 414, ""}}) {
    const auto response = get(target);
    EXPECT_EQ(response.status, status) << target.substr(0, 60);
    EXPECT_THAT(response.body, HasSubstr("Có thể làm tiếp")) << target.substr(0, 60);
    const auto ways = response.body.find("id=\"lr-h\"");
    std::size_t links = 0;
    for (auto at = response.body.find("<li><a ", ways); at < response.body.find("</ul>", ways);
         at = response.body.find("<li><a ", at + 1)) {
      ++links;
    }
    EXPECT_GE(links, 3U) << target.substr(0, 60);
  }
}

TEST_F(ServerTest, TextOfDocumentsAndQueriesIsNeverMarkup) {
  for (const std::string page :
       {"/tim?q=gi%E1%BA%A3i+ng%C3%A2n", "/van-ban/doc-hai", "/van-ban/doc-hai?q=gi%E1%BA%A3i",
        "/tim?q=%22%3E%3Cscript%3Ealert(3)%3C%2Fscript%3E", "/van-ban/giai-ngan",
        "/van-ban/x?q=%3Cscript%3Ealert(4)", "/%3Cscript%3Ealert(5)", "/tinh/yen-bai"}) {
    const auto body = get(page).body;
    for (const char* markup : {"<script>alert", "<img src=x", "\"><b>đậm", "onerror=alert(2)>"}) {
      EXPECT_EQ(body.find(markup), std::string::npos) << page << " has " << markup;
    }
  }
}

TEST_F(ServerTest, PageAndApiSayTheSame) {
  const auto json = get_json("/tim.json?q=giai+ngan");
  auto api = get_json("/api/v1/search?q=giai+ngan");
  EXPECT_EQ(json["total"], 2);
  for (const char* key : {"total", "hits", "facets"}) EXPECT_EQ(json[key], api[key]) << key;
  EXPECT_THAT(get("/tim?q=giai+ngan").body, HasSubstr("2 văn bản"));
}

TEST_F(ServerTest, AnswerHasTheKeysOfTheContract) {
  const auto answer = get_json("/api/v1/search?q=b%C3%A0i+h%E1%BB%8Dc+kinh+nghi%E1%BB%87m");
  for (const char* key : {"query", "total", "all_words_total", "relaxed", "page", "size", "took_ms",
                          "suggestion", "understood", "hits", "facets"}) {
    EXPECT_TRUE(answer.contains(key)) << key;
  }
  ASSERT_FALSE(answer["hits"].empty());
  const auto& hit = answer["hits"][0];
  for (const char* key : {"id", "title", "url", "score", "snippet", "passage", "role", "type",
                          "issuer", "date", "number", "provinces", "programmes", "illustration"}) {
    EXPECT_TRUE(hit.contains(key)) << key;
  }
  EXPECT_EQ(hit["id"], "giai-ngan");
  EXPECT_EQ(hit["url"], "/van-ban/giai-ngan#p-2");
  EXPECT_EQ(hit["role"], "lesson");
  EXPECT_THAT(hit["snippet"].get<std::string>(), HasSubstr("<mark>"));
  EXPECT_EQ(answer["facets"]["province"][0],
            nlohmann::json(
                {{"value", "yen-bai"}, {"label", "Yên Bái"}, {"count", 1}, {"selected", false}}));
}

TEST_F(ServerTest, FacetCountIsTheTotalOfTheListItLinksTo) {
  EXPECT_EQ(get_json("/api/v1/search?province=lao-cai&places=present")["total"], 2);
  EXPECT_EQ(get_json("/api/v1/search?province=lao-cai")["total"], 0);
  const auto facets = get_json("/api/v1/facets?places=present")["facets"]["province"];
  const auto lao_cai = std::find_if(facets.begin(), facets.end(),
                                    [](const auto& value) { return value["value"] == "lao-cai"; });
  ASSERT_NE(lao_cai, facets.end());
  EXPECT_EQ((*lao_cai)["count"], 2);
}

TEST_F(ServerTest, InternalDocumentsAreForTheAdministrator) {
  const std::string search = "/api/v1/search?q=b%C3%AD+quy%E1%BA%BFt";
  EXPECT_EQ(get_json(search)["total"], 0);
  const httplib::Headers right{{"Authorization", std::string("Bearer ") + testing::kToken}};
  const httplib::Headers wrong{{"Authorization", "Bearer mat-khau-sai"}};
  EXPECT_EQ(nlohmann::json::parse(get(search, right).body)["total"], 1);
  EXPECT_EQ(nlohmann::json::parse(get(search, wrong).body)["total"], 0);
  EXPECT_EQ(get("/van-ban/noi-bo", right).status, 200);
  EXPECT_EQ(get("/van-ban/noi-bo", wrong).status, 404);
  EXPECT_EQ(get("/van-ban/noi-bo/goc/1").status, 404);
}

TEST_F(ServerTest, DocumentHasItsRecordAndItsPassages) {
  const auto document = get_json("/api/v1/documents/giai-ngan");
  EXPECT_EQ(document["provinces_present"], nlohmann::json({"lao-cai"}));
  EXPECT_EQ(document["number"], "215/BC-UBND");
  EXPECT_EQ(document["passages"][1]["anchor"], "p-2");
  EXPECT_EQ(document["illustration"], true);
  EXPECT_EQ(document["beneficiaries"], nlohmann::json({"phu-nu"}));
  EXPECT_EQ(document["period"], nlohmann::json({{"from", "2023-01"}, {"to", "2023-06"}}));
  const auto page = get("/van-ban/giai-ngan?q=kinh+nghiem").body;
  EXPECT_THAT(page, HasSubstr("id=\"p-2\""));
  EXPECT_THAT(page, HasSubstr("<mark>kinh"));
  EXPECT_THAT(page, HasSubstr("Tài liệu minh họa."));
  EXPECT_THAT(page, HasSubstr("Đối tượng"));
}

/// All documents of the library cite 1719/QĐ-TTg, which "doc-hai" bears, and 215/BC-UBND, which the
/// others bear; "noi-bo" is internal and of another province.
TEST_F(ServerTest, DocumentTellsWhoCitesIt) {
  using Ids = std::vector<std::string>;
  const auto cited_by = [](const std::string& id, const httplib::Headers& headers) {
    Ids ids;
    const auto body = nlohmann::json::parse(get("/api/v1/documents/" + id, headers).body);
    for (const auto& one : body["cited_by"]) ids.push_back(one["id"]);
    std::ranges::sort(ids);
    return ids;
  };
  const httplib::Headers admin = {{"Authorization", std::string("Bearer ") + testing::kToken}};
  EXPECT_EQ(cited_by("doc-hai", {}), Ids{"giai-ngan"});
  EXPECT_EQ(cited_by("doc-hai", admin), (Ids{"giai-ngan", "noi-bo"}));
  // "215/BC-UBND" of Sơn La is another paper.
  EXPECT_EQ(cited_by("giai-ngan", admin), Ids{"doc-hai"});
  EXPECT_EQ(cited_by("noi-bo", admin), Ids{});
  EXPECT_THAT(get("/van-ban/doc-hai").body, HasSubstr("Được viện dẫn bởi"));
  EXPECT_THAT(get("/van-ban/noi-bo", admin).body, Not(HasSubstr("Được viện dẫn bởi")));
}

TEST_F(ServerTest, DocumentShowsItsPracticeCard) {
  const auto practice = get_json("/api/v1/documents/giai-ngan")["practice"];
  EXPECT_EQ(practice["solution"], "họp dân trước khi giao vốn cho xã");
  EXPECT_EQ(practice["results"], nlohmann::json({"giảm 5%", "lãi 3 triệu"}));
  EXPECT_FALSE(practice.contains("cost"));
  const auto page = get("/van-ban/giai-ngan").body;
  EXPECT_THAT(page, HasSubstr("Thông tin chính của mô hình, sáng kiến"));
  EXPECT_THAT(page, HasSubstr("href=\"#p-2\">Xem đoạn"));
  EXPECT_THAT(get("/van-ban/giai-ngan?lang=en").body, HasSubstr("Key facts of the practice"));
}

TEST_F(ServerTest, DocumentWithoutPracticeHasNoCard) {
  const httplib::Headers admin = {{"Authorization", std::string("Bearer ") + testing::kToken}};
  EXPECT_FALSE(
      nlohmann::json::parse(get("/api/v1/documents/noi-bo", admin).body).contains("practice"));
  EXPECT_THAT(get("/van-ban/noi-bo", admin).body, Not(HasSubstr("Thông tin chính")));
}

TEST_F(ServerTest, DocumentTellsWhoHoldsItsPlacesToday) {
  const auto places = get_json("/api/v1/documents/giai-ngan")["places"];
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[1]["name"], "Mù Căng Chải");
  EXPECT_EQ(places[1]["written"], "Kết quả");
  EXPECT_EQ(places[1]["present"][0]["id"], "lao-cai");
  const auto page = get("/van-ban/giai-ngan").body;
  EXPECT_THAT(page, HasSubstr("<dt>Huyện, xã</dt>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"/tinh/lao-cai?places=present\">tỉnh Lào Cai</a>"));
  EXPECT_EQ(get_json("/api/v1/documents/doc-hai")["places"], nlohmann::json::array());
}

TEST_F(ServerTest, DocumentSaysHowItWasRead) {
  EXPECT_EQ(get_json("/api/v1/documents/giai-ngan")["encoding"], "tcvn3");
  EXPECT_EQ(get_json("/api/v1/documents/doc-hai")["encoding"], "utf-8");
  EXPECT_THAT(get("/van-ban/giai-ngan").body, HasSubstr("đọc theo TCVN3 (ABC)"));
  EXPECT_THAT(get("/van-ban/giai-ngan?lang=en").body, HasSubstr("read as TCVN3 (ABC)"));
  EXPECT_THAT(get("/van-ban/doc-hai").body, Not(HasSubstr("đọc theo")));
}

TEST_F(ServerTest, OriginalIsADownloadUnderItsName) {
  const auto original = get("/van-ban/giai-ngan/goc/1");
  EXPECT_EQ(original.status, 200);
  EXPECT_THAT(original.body, HasSubstr("Bài học kinh nghiệm"));
  EXPECT_THAT(original.get_header_value("Content-Disposition"),
              // The client has decoded the name.
              HasSubstr("attachment; filename=\"van-ban-1\"; filename*=UTF-8''báo cáo"));
  EXPECT_EQ(original.get_header_value("X-Content-Type-Options"), "nosniff");
}

TEST_F(ServerTest, CsvIsSafeForSpreadsheets) {
  const auto csv = get("/tim.csv?q=gi%E1%BA%A3i");
  EXPECT_TRUE(csv.body.starts_with("\xEF\xBB\xBF\"Mã\",\"Tên văn bản\""));
  EXPECT_THAT(csv.body, HasSubstr("\"'=cmd|' /C calc'!A0 <script>alert(1)</script>\""));
  for (const std::string list :
       {"/vung.csv", "/vung/trung-du-mien-nui-bac-bo.csv", "/tinh/yen-bai.csv", "/chuong-trinh.csv",
        "/chuong-trinh/dttsmn.csv"}) {
    EXPECT_EQ(get(list).status, 200) << list;
    EXPECT_TRUE(get(list).body.starts_with("\xEF\xBB\xBF\"id\"")) << list;
  }
}

TEST_F(ServerTest, HeadAnswersWithoutABody) {
  const auto head = client().Head("/tim?q=giai+ngan");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_TRUE(head->body.empty());
  EXPECT_NE(head->get_header_value("Content-Length"), "0");
}

TEST_F(ServerTest, SimilarTextIsPosted) {
  const auto good = client().Post("/api/v1/similar", R"({"text": "họp dân trước khi giao vốn"})",
                                  "application/json");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->status, 200) << good->body;
  EXPECT_TRUE(nlohmann::json::parse(good->body)["hits"].is_array());
  for (const char* bad : {"", "{", "[]", "{}", R"({"text": 5})", R"({"text": "a", "size": 0})",
                          R"({"text": "a", "size": 1e9})", "\xFF"}) {
    const auto response = client().Post("/api/v1/similar", bad, "application/json");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 400) << bad;
  }
  const auto large =
      client().Post("/api/v1/similar", std::string((1 << 20) + 1, 'a'), "application/json");
  EXPECT_TRUE(!large || large->status == 413);
}

TEST_F(ServerTest, OtherMethodsAreRefused) {
  EXPECT_EQ(client().Delete("/van-ban/giai-ngan")->status, 405);
  EXPECT_EQ(client().Put("/van-ban/giai-ngan", "x", "text/plain")->status, 405);
  EXPECT_EQ(client().Post("/tim", "q=a", "application/x-www-form-urlencoded")->status, 405);
}

TEST_F(ServerTest, StaticFilesMayBeKeptForEver) {
  const auto home = get("/").body;
  const auto start = home.find("/static/style.css?v=");
  const auto url = home.substr(start, home.find('"', start) - start);
  EXPECT_THAT(get(url).get_header_value("Cache-Control"), HasSubstr("immutable"));
  EXPECT_THAT(get("/static/style.css?v=old").get_header_value("Cache-Control"),
              Not(HasSubstr("immutable")));
  EXPECT_LT(get(url).body.size(), 20'000U);
}

TEST_F(ServerTest, EveryAnswerHasItsSecurityHeaders) {
  for (const std::string page : {"/", "/api/v1/search", "/khong-co", "/static/style.css"}) {
    const auto response = get(page);
    EXPECT_THAT(response.get_header_value("Content-Security-Policy"), HasSubstr("'self'")) << page;
    EXPECT_EQ(response.get_header_value_count("Content-Security-Policy"), 1U) << page;
    EXPECT_EQ(response.get_header_value("X-Content-Type-Options"), "nosniff") << page;
  }
  EXPECT_THAT(get("/tim?q=giai").body, Not(HasSubstr(" style=")));
}

TEST_F(ServerTest, HealthAndMetricsTellTheState) {
  const auto health = get_json("/healthz");
  EXPECT_EQ(health["status"], "ok");
  EXPECT_EQ(health["documents"], 3);
  get("/tim?q=giai");
  const auto metrics = get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("nhanrong_requests_total{route=\"tim\",status=\"200\"}"));
  EXPECT_THAT(metrics, HasSubstr("nhanrong_search_seconds_count{kind=\"one\"} "));
  EXPECT_THAT(metrics, HasSubstr("nhanrong_search_seconds_bucket{kind=\"one\",le=\"+Inf\"} "));
}

TEST(Metrics, TellKindsOfSearchesApart) {
  const auto kind = [](const std::string& query, bool filtered = false) {
    search::Request request;
    request.query = query;
    if (filtered) request.filters["province"] = {"yen-bai"};
    return search_kind(request);
  };
  EXPECT_EQ(kind(""), "browse");
  EXPECT_EQ(kind("  ", true), "browse");
  EXPECT_EQ(kind("nghèo"), "one");
  EXPECT_EQ(kind(" giảm nghèo bền\tvững "), "few");
  EXPECT_EQ(kind("giải ngân vốn đầu tư"), "many");
  EXPECT_EQ(kind("giải ngân", true), "filtered");
  EXPECT_EQ(kind("\"giải ngân\" vốn", true), "phrase");
}

TEST_F(ServerTest, OffersALikelierReading) {
  const std::string bare = "?q=bai+hoc+kinh+nghiem";
  EXPECT_EQ(get_json("/api/v1/search" + bare)["suggestion"], "bài học kinh nghiệm");
  EXPECT_EQ(get_json("/api/v1/search" + bare)["replaced"], false);
  const auto body = get("/tim" + bare).body;
  EXPECT_THAT(body, HasSubstr("Ý bạn là: <a href=\"/tim?q=b%C3%A0i%20h%E1%BB%8Dc%20kinh%20"));
  EXPECT_THAT(get("/tim" + bare + "&lang=en").body, HasSubstr("Did you mean:"));
  EXPECT_THAT(get("/tim?q=b%C3%A0i+h%E1%BB%8Dc").body, Not(HasSubstr("Ý bạn là")));
}

TEST_F(ServerTest, SaysThatItAnswersAnotherQuery) {
  const std::string wrong = "?q=g%E1%BA%A3i+ng%C3%A2m";
  const auto answer = get_json("/api/v1/search" + wrong);
  EXPECT_EQ(answer["replaced"], true);
  EXPECT_EQ(answer["suggestion"], "giải ngân");
  EXPECT_EQ(answer["query"], "gải ngâm");
  EXPECT_GT(answer["total"], 0);
  const auto body = get("/tim" + wrong).body;
  EXPECT_THAT(body, HasSubstr("Không có kết quả cho “gải ngâm”. Đang hiện kết quả cho “<a"));
  EXPECT_THAT(body, HasSubstr("href=\"/tim?q=g%E1%BA%A3i%20ng%C3%A2m&amp;exact=1\""));
  const auto exact = get_json("/api/v1/search" + wrong + "&exact=1");
  EXPECT_EQ(exact["replaced"], false);
  EXPECT_EQ(exact["total"], 0);
  EXPECT_EQ(get("/tim" + wrong + "&exact=2").status, 400);
}

/// "kind text url count" of each line.
std::vector<std::string> lines_of(const nlohmann::json& answer) {
  std::vector<std::string> lines;
  for (const auto& line : answer["suggestions"]) {
    lines.push_back(line["kind"].get<std::string>() + " " + line["text"].get<std::string>() + " " +
                    line["url"].get<std::string>() + " " +
                    std::to_string(line["count"].get<int>()));
  }
  return lines;
}

TEST_F(ServerTest, SuggestsWhatIsBeingTyped) {
  EXPECT_THAT(lines_of(get_json("/api/v1/suggest?q=yen+b")),
              ::testing::ElementsAre("province Yên Bái /tinh/yen-bai?places=named 2"));
  EXPECT_THAT(lines_of(get_json("/api/v1/suggest?q=bao+cao+k")),
              ::testing::Contains("title Báo cáo kết quả giải ngân /van-ban/giai-ngan 1"));
  EXPECT_THAT(lines_of(get_json("/api/v1/suggest?q=b%C3%A1o+c%C3%A1")),
              ::testing::Contains("type Báo cáo /tim?type=bao-cao 2"));
  EXPECT_THAT(lines_of(get_json("/api/v1/suggest?q=dttsmn")), ::testing::IsEmpty());
  EXPECT_THAT(lines_of(get_json("/api/v1/suggest?q=ket+qu%E1%BB%B9")), ::testing::IsEmpty());
  EXPECT_EQ(get_json("/api/v1/suggest?q=")["suggestions"].size(), 0U);
  EXPECT_EQ(get("/api/v1/suggest?q=%FF").status, 400);
}

TEST_F(ServerTest, SuggestsNothingInternalAndNothingRemoved) {
  for (const std::string typed :
       {"b%C3%A1o+c%C3%A1o+n%E1%BB%99i", "bao+cao", "bi+quy", "noi+b", "bao+cao+se"}) {
    const auto body = get("/api/v1/suggest?q=" + typed).body;
    for (const char* hidden : {"nội bộ", "bí quyết", "noi-bo", "bo-di", "sẽ rút"}) {
      EXPECT_THAT(body, Not(HasSubstr(hidden))) << typed;
    }
  }
  const auto seen = get("/api/v1/suggest?q=bao+cao+n",
                        {{"Authorization", std::string("Bearer ") + testing::kToken}});
  EXPECT_THAT(seen.body, HasSubstr("/van-ban/noi-bo"));
}

}  // namespace
}  // namespace nhanrong::web
