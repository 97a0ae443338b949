#include <gtest/gtest.h>

#include <future>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <span>

#include "text/embedded_file.h"
#include "web/csv.h"
#include "web/json_writer.h"
#include "web/lease_pool.h"
#include "web/links.h"
#include "web/messages.h"
#include "web/search_request.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> web_messages();
}

namespace nhanrong::web {
namespace {

std::set<std::string> names_in(std::string_view ending) {
  std::set<std::string> names;
  for (const auto& file : embedded::web_messages()) {
    if (!file.name.ends_with(ending)) continue;
    const auto sentences = nlohmann::json::parse(file.bytes);
    for (const auto& [name, sentence] : sentences.items()) {
      EXPECT_FALSE(sentence.get<std::string>().empty()) << name;
      names.insert(name);
    }
  }
  return names;
}

TEST(JsonWriter, WritesWhatAJsonLibraryReads) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  JsonWriter json;
  json.begin('{');
  json.member("text", "“Giảm nghèo” \\ \"Mù Căng Chải\"\n" + all);
  json.member("bad", "a\xC3(\xFF");
  json.member("numbers", std::vector<int>{-1, 0, 2023});
  json.member("score", 12.25);
  json.member("large", std::numeric_limits<std::uint64_t>::max());
  json.member("flag", true);
  json.member("nobody", std::optional<std::string>());
  json.member("somebody", std::optional<std::string>("UBND"));
  json.key("list");
  json.begin('[');
  for (const char* id : {"a", "b"}) {
    json.begin('{');
    json.member("id", id);
    json.end('}');
  }
  json.end(']');
  json.member("none", corpus::Strings{});
  json.end('}');
  const nlohmann::json wanted = {{"text", "“Giảm nghèo” \\ \"Mù Căng Chải\"\n" + all},
                                 {"bad", "a\uFFFD(\uFFFD"},
                                 {"numbers", {-1, 0, 2023}},
                                 {"score", 12.25},
                                 {"large", std::numeric_limits<std::uint64_t>::max()},
                                 {"flag", true},
                                 {"nobody", nullptr},
                                 {"somebody", "UBND"},
                                 {"list", {{{"id", "a"}}, {{"id", "b"}}}},
                                 {"none", nlohmann::json::array()}};
  EXPECT_EQ(nlohmann::json::parse(json.take()), wanted);
}

TEST(Messages, BothLanguagesHaveTheSameNames) {
  EXPECT_EQ(names_in(".vi.json"), names_in(".en.json"));
}

TEST(Messages, FillsHoldersAndChoosesThePlural) {
  const Messages messages;
  using text::Language;
  EXPECT_EQ(messages.get("documents", Language::English, {{"n", "1"}}), "1 document");
  EXPECT_EQ(messages.get("documents", Language::English, {{"n", "1,042"}}), "1,042 documents");
  EXPECT_EQ(messages.get("documents", Language::Vietnamese, {{"n", "42"}}), "42 văn bản");
  EXPECT_EQ(messages.get("khong.co", Language::Vietnamese), "[khong.co]");
}

TEST(Csv, DefusesFormulas) {
  for (const auto& [cell, line] :
       std::initializer_list<std::pair<const char*, const char*>>{{"=1+1", "\"'=1+1\""},
                                                                  {"+84", "\"'+84\""},
                                                                  {"-5", "\"'-5\""},
                                                                  {"@a", "\"'@a\""},
                                                                  {"\ta", "\"'\ta\""},
                                                                  {"\ra", "\"'\ra\""},
                                                                  {"a\"b", "\"a\"\"b\""},
                                                                  {"một, hai", "\"một, hai\""},
                                                                  {"", "\"\""}}) {
    EXPECT_EQ(make_csv({{cell}}), std::string("\xEF\xBB\xBF") + line + "\r\n") << cell;
  }
}

TEST(Links, SayTheSameAsTheRequest) {
  const corpus::Reference reference;
  const Parameters parameters{
      {"q", "nước & đất"}, {"province", "yen-bai"}, {"province", "lao-cai"}, {"year", "2023"},
      {"sort", "newest"},  {"match", "all"},        {"places", "present"},   {"page", "3"}};
  const auto request = parse_search_request(parameters, reference);
  ASSERT_TRUE(request);
  EXPECT_EQ(search_url(*request),
            "/tim?q=n%C6%B0%E1%BB%9Bc%20%26%20%C4%91%E1%BA%A5t&province=yen-bai&province=lao-cai"
            "&year=2023&match=all&places=present&sort=newest&page=3");
}

using Pool = LeasePool<int>;

TEST(LeasePool, LendsAtMostItsSlotsAndRefusesBeyondItsQueue) {
  Pool pool(1, 1, [] { return std::make_unique<int>(7); });
  auto first = pool.acquire(std::chrono::milliseconds(0));
  ASSERT_TRUE(first);
  EXPECT_EQ(**first, 7);
  auto waiting = std::async(std::launch::async,
                            [&] { return pool.acquire(std::chrono::seconds(30)).has_value(); });
  while (pool.waiting() == 0) std::this_thread::yield();
  EXPECT_FALSE(pool.acquire(std::chrono::seconds(30)));  // at once: the queue is full
  first.reset();
  EXPECT_TRUE(waiting.get());
}

TEST(LeasePool, PatienceEnds) {
  Pool pool(1, 1, [] { return std::make_unique<int>(0); });
  const auto first = pool.acquire(std::chrono::milliseconds(0));
  EXPECT_FALSE(pool.acquire(std::chrono::milliseconds(1)));
  EXPECT_EQ(pool.waiting(), 0);
}

TEST(LeasePool, MakesAnewWhatWasDiscardedOrCouldNotBeMade) {
  int made = 0;
  Pool pool(1, 0, [&]() -> std::unique_ptr<int> {
    if (++made == 2) throw std::runtime_error("no connection");
    return std::make_unique<int>(made);
  });
  pool.acquire(std::chrono::milliseconds(0))->discard();
  EXPECT_THROW(pool.acquire(std::chrono::milliseconds(0)), std::runtime_error);
  EXPECT_EQ(**pool.acquire(std::chrono::milliseconds(0)), 3);
  EXPECT_EQ(**pool.acquire(std::chrono::milliseconds(0)), 3);
}

}  // namespace
}  // namespace nhanrong::web
