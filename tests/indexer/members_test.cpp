#include "indexer/extract/members.h"

#include <gtest/gtest.h>

#include "tests/indexer/extract_fixture.h"
#include "tests/indexer/zip_fixture.h"

namespace nhanrong::indexer {
namespace {

TEST(Members, AreFilesOfTheirOwnUnderTheirNames) {
  static const corpus::Reference reference;
  const auto extractors = make_extractors([]() -> const corpus::Reference& { return reference; });
  TestSink sink;
  const Input container{"a.zip", {}};
  MemberReader reader(extractors, sink, container, {.depth = 4, .members = 4, .bytes = 1'000});
  reader.part({"bao cao/a.txt", "Giảm nghèo bền vững"});
  reader.part({"__MACOSX/a.txt", "x"});
  reader.part({"bao cao/~$a.docx", "x"});
  reader.part({"hinh.png", "\x89PNG\r\n\x1A\n"});
  reader.part({"c.txt", std::string(2'000, 'a')});
  reader.part({"d.jsonl", "{\"id\":\"x\",\"text\":\"Một\"}\n"});
  ASSERT_EQ(sink.documents.size(), 1U);
  EXPECT_EQ(sink.documents[0].member, "bao cao/a.txt");
  EXPECT_EQ(sink.documents[0].original, "Giảm nghèo bền vững");
  EXPECT_EQ(sink.documents[0].media_type, "text/plain");
  EXPECT_EQ(sink.refused,
            (std::vector<std::string>{"0: file_damaged hinh.png", "0: container_large c.txt",
                                      "0: container_large d.jsonl"}));
}

TEST(Members, OfOneNameStayApart) {
  EXPECT_EQ(
      extract_here("a.zip", make_zip({{"b.md", "# Một"}, {"b.md", "# Hai"}, {"./b.md", "# Ba"}})),
      "[b.md]\nH1 Một\n[b.md (2)]\nH1 Hai\n[b.md (3)]\nH1 Ba\n");
}

TEST(Members, HaveNamesThatNothingCanClimbOutOf) {
  const struct {
    std::string_view written, clean;
  } kCases[] = {{"../../etc/passwd", "etc/passwd"}, {"/a//./b.txt", "a/b.txt"},
                {"a\\b\\c.doc", "a/b/c.doc"},       {"a\nb\x01.txt", "a b.txt"},
                {"Bảng 1.xls", "Bảng 1.xls"},       {"..", ""}};
  for (const auto& [written, clean] : kCases) EXPECT_EQ(clean_member_name(written), clean);
  EXPECT_EQ(clean_member_name(std::string(5'000, 'a')).size(), 1'000U);
}

}  // namespace
}  // namespace nhanrong::indexer
