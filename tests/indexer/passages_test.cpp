#include "indexer/understand/passages.h"

#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "indexer/understand/anchors.h"
#include "text/token_scanner.h"
#include "understand_fixture.h"

namespace nhanrong::indexer {
namespace {

std::string sentence(int seed, int words) {
  std::string out;
  for (int i = 0; i < words; ++i) out += (i ? " bản " : "Bản ") + std::to_string(seed + i);
  return out + ".";
}

std::vector<std::string> main_roles(const corpus::Content& content) {
  std::vector<std::string> roles;
  for (const auto& passage : content.passages) {
    roles.push_back(passage.roles.empty() ? "" : passage.roles.front());
  }
  return roles;
}

TEST(Passages, AreSectionsByHeading) {
  const auto content =
      understood(report("I. Kết quả\nĐường về bản đã thông.\nII. Khó khăn\nĐất sạt mỗi mùa mưa.\n"
                        "III. Kiến nghị\nXin thêm đá hộc.\n"));
  EXPECT_THAT(main_roles(content),
              testing::ElementsAre("frame", "result", "difficulty", "proposal"));
}

TEST(Passages, SubheadingsKeepTheOuterRole) {
  const auto content = understood(
      report("I. Kết quả\n1. Về giao thông\nĐường thông.\n2. Hạn chế\nCầu yếu.\n3. Về điện\nCó "
             "điện.\n"));
  EXPECT_THAT(main_roles(content),
              testing::ElementsAre("frame", "result", "shortcoming", "result"));
}

TEST(Passages, DoubleHeadingsAreDividedWhereTheSecondBegins) {
  const auto content = understood(
      report("I. Hạn chế và nguyên nhân\nCầu yếu, đường trơn.\nNguyên nhân chủ quan là giao vốn "
             "muộn.\nHọp ít.\n"));
  EXPECT_THAT(main_roles(content), testing::ElementsAre("frame", "shortcoming", "cause"));
}

TEST(Passages, ParagraphsWithoutHeadingFollowInlineCues) {
  const auto content = understood(
      report("Căn cứ Nghị định số 27/2022/NĐ-CP của Chính phủ;\nUBND tỉnh yêu cầu các xã báo cáo "
             "trước ngày 5.\n"));
  EXPECT_THAT(main_roles(content), testing::ElementsAre("frame", "basis", "task"));
}

TEST(Passages, UnknownHeadingsDoNotKeepTheRoleBefore) {
  const auto content = understood(
      report("I. Kiến nghị\nXin thêm đá hộc.\nII. Phụ nữ và trẻ em\nẢnh in ở trang sau.\n"));
  EXPECT_THAT(main_roles(content), testing::ElementsAre("frame", "proposal", ""));
  const auto general = understood(
      report("I. Kiến nghị\nXin thêm đá hộc.\nII. Phụ nữ và trẻ em\nBản in ở nhà in huyện.\n"));
  EXPECT_THAT(main_roles(general), testing::ElementsAre("frame", "proposal", "context"));
}

TEST(Passages, HeadingsOfTheWritersOwnTellTheirRole) {
  const auto content = understood(report(
      "Những gì xã làm được\nĐường về bản đã thông, 40 nhà có điện.\nChuyện còn kẹt\nĐất sạt "
      "mỗi mùa mưa, giá cát cao gấp ba.\nNhờ trên giúp\nXin tỉnh cho thêm đá hộc.\n"));
  EXPECT_THAT(main_roles(content),
              testing::ElementsAre("frame", "result", "difficulty", "proposal"));
}

TEST(Passages, OfOneParagraphInBrokenLinesHaveOneRole) {
  const auto content = understood(
      report("Thực hiện Quyết định số 90/QĐ-TTg của Thủ tướng Chính phủ và Kế hoạch\n"
             "số 112/KH-UBND của huyện về giảm nghèo năm nay, Ủy ban nhân dân huyện\n"
             "báo cáo như sau:\nI. Kiến nghị\nXin tỉnh cho tính cước gùi bộ vào dự toán công\n"
             "trình vùng cao.\n"));
  EXPECT_THAT(main_roles(content), testing::ElementsAre("frame", "basis", "proposal"));
}

TEST(Passages, AnswersAreSolutionsAndQuestionsDifficulties) {
  const auto content = understood(
      report("Câu 1.\nCử tri xã Mường Lạn hỏi vì sao đường hỏng đã ba năm chưa sửa.\nTrả lời: Theo "
             "Quyết định số 12/QĐ-UBND, đường được sửa trong quý III.\n"));
  EXPECT_THAT(main_roles(content), testing::ElementsAre("frame", "", "difficulty", "solution"));
}

TEST(Passages, NumberedConclusionsHaveEachItsRole) {
  std::string text = report(
      "Chủ tịch kết luận:\n1. Biểu dương xã Tân Lập đã làm xong 30 nhà trước mùa mưa.\n2. Phê bình "
      "hai chủ đầu tư nộp báo cáo chậm, số liệu không khớp với Kho bạc.\n3. Giao Sở Tài chính "
      "rà soát nguồn vốn, báo cáo trước ngày 30/5.\n");
  text.replace(text.find("BÁO CÁO\n"), std::string_view("BÁO CÁO\n").size(), "THÔNG BÁO\n");
  EXPECT_THAT(main_roles(understood(text)),
              testing::IsSupersetOf({"result", "shortcoming", "task"}));
}

TEST(Passages, WhatAnInitiativeFoundIsItsDifficulty) {
  std::string text = report(
      "1. Thực trạng trước khi áp dụng\nSổ giấy hay ướt, mẹ quên hẹn.\n2. Giải "
      "pháp\nThêu tám bông hoa theo tám mũi tiêm.\n");
  text.replace(text.find("BÁO CÁO\n"), std::string_view("BÁO CÁO\n").size(), "SÁNG KIẾN\n");
  const auto content = understood(text);
  EXPECT_THAT(main_roles(content), testing::ElementsAre("frame", "difficulty", "practice"));
}

TEST(Passages, LongSectionsAreCutNear150SyllablesAtParagraphEnds) {
  std::string body = "I. Kết quả\n";
  for (int i = 0; i < 20; ++i) body += sentence(i * 100, 20) + "\n";
  const auto content = understood(report(body));
  ASSERT_GT(content.passages.size(), 4U);
  for (std::size_t i = 1; i < content.passages.size(); ++i) {
    const auto& p = content.passages[i];
    const auto size = text::scan_tokens(content.text.substr(p.start, p.end - p.start)).size();
    EXPECT_GE(size, 100U) << i;
    EXPECT_LE(size, 210U) << i;
    EXPECT_THAT(p.roles, testing::ElementsAre("result"));
  }
}

TEST(Passages, ShortTextWithoutRoleHeadingsIsOne) {
  const auto content = understood("Chuyện ở bản\n" + sentence(1, 60) + "\n" + sentence(9, 60));
  EXPECT_EQ(content.passages.size(), 1U);
}

TEST(Passages, HoldEveryTokenWithoutOverlapFromBlockToBlock) {
  std::mt19937 random(20231105);
  constexpr std::array kLines{"I. Kết quả",
                              "2. Hạn chế và nguyên nhân",
                              "-----",
                              "",
                              "Căn cứ Luật Đầu tư công;",
                              "Nguyên nhân là do mưa.",
                              "Nơi nhận: như trên",
                              "Điều 1. Giao Sở Y tế.",
                              "*",
                              "- Một là, giao vốn sớm; hai là, chọn người."};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const int lines = 1 + static_cast<int>(random() % 30);
    for (int i = 0; i < lines; ++i) {
      const auto pick = random() % (kLines.size() + 2);
      text += pick < kLines.size() ? std::string(kLines[pick])
                                   : sentence(round, 1 + static_cast<int>(random() % 120));
      text += '\n';
    }
    const Extracted document = plain(text);
    const auto content = rules().understand(document);
    if (!content) continue;
    std::set<std::string> anchors;
    std::uint32_t end = 0;
    std::size_t inside_tokens = 0;
    const auto tokens = text::scan_tokens(text);
    for (const auto& passage : content->passages) {
      EXPECT_GE(passage.start, end);
      end = passage.end;
      EXPECT_TRUE(anchors.insert(passage.anchor).second) << passage.anchor;
      EXPECT_TRUE(std::ranges::any_of(document.blocks, [&](const auto& block) {
        return block.start == passage.start;
      })) << text;
      const auto held = std::ranges::count_if(tokens, [&](const text::Token& token) {
        return token.start >= passage.start && token.end <= passage.end;
      });
      EXPECT_GT(held, 0);
      inside_tokens += static_cast<std::size_t>(held);
    }
    EXPECT_EQ(inside_tokens, tokens.size()) << text;
  }
}

TEST(Passages, BeginNowhereInsideABlock) {
  Extracted document = plain("");
  document.text = "I. Kết quả\nTốt.\nII. Khó khăn\nMưa.";
  document.blocks = {
      {corpus::BlockKind::Paragraph, 0, 0, static_cast<std::uint32_t>(document.text.size())}};
  const auto content = rules().understand(document);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->passages.size(), 1U);
}

TEST(Anchors, ComeFromTheTextAndOutliveOtherPassages) {
  Anchors one;
  Anchors other;
  other.next("mot doan khac");
  const std::string anchor = one.next("duong ve ban da thong");
  EXPECT_EQ(other.next("duong ve ban da thong"), anchor);
  EXPECT_EQ(anchor.substr(0, 2), "p-");
  EXPECT_EQ(anchor.size(), 6U);
}

TEST(Anchors, AreUniqueEvenForTheSameText) {
  Anchors anchors;
  std::set<std::string> seen;
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(seen.insert(anchors.next("cung mot cau")).second) << i;
  for (int i = 0; i < 5000; ++i) {
    const std::string anchor = anchors.next(std::to_string(i));
    EXPECT_TRUE(seen.insert(anchor).second);
    EXPECT_LE(anchor.size(), 10U);
  }
}

}  // namespace
}  // namespace nhanrong::indexer
