#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <chrono>
#include <csignal>

#include "indexer/extract/conversation.h"
#include "indexer/extract/descriptor.h"
#include "indexer/extract/message.h"
#include "indexer/extract/process.h"
#include "tests/indexer/extract_fixture.h"

namespace nhanrong::indexer {
namespace {

using namespace std::chrono_literals;

/// "media type" or "! code" of one file.
std::string extract_in_child(const std::filesystem::path& file, TestSink& sink,
                             ExtractionLimits limits = {}) {
  const auto result = ExtractionProcess(NHANRONG_PROGRAM, limits).extract(file, sink);
  return result ? result->media_type : "! " + result.error().code;
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(ExtractionProcess, GivesWhatTheExtractorFinds) {
  for (const std::string_view file : {"bao-cao.docx", "bao-cao.pdf", "trang.html", "ghi-chep.md"}) {
    TestSink sink;
    EXPECT_NE(extract_in_child(extract_fixture(file), sink).front(), '!') << file;
    ASSERT_EQ(sink.documents.size(), 1U) << file;
    EXPECT_EQ(outline(sink.documents[0]),
              extract_here(std::string(file), read_test_file(extract_fixture(file))));
  }
}

TEST(ExtractionProcess, HandsRecordsOverWithWhatWasGiven) {
  const ScratchFolder folder;
  const std::string line =
      R"({"id":"x1","text":"Một","title":"Tên","years":[2023],"illustration":true,"passages":[]})";
  write_test_file(folder / "a.jsonl", line + "\n{\n");
  TestSink sink;
  EXPECT_EQ(extract_in_child(folder / "a.jsonl", sink), "application/x-ndjson");
  EXPECT_EQ(sink.refused, (std::vector<std::string>{"2: json_invalid "}));
  ASSERT_EQ(sink.documents.size(), 1U);
  const Extracted& record = sink.documents[0];
  EXPECT_EQ(record.member, "id:x1");
  EXPECT_EQ(record.line, 1);
  EXPECT_EQ(record.original, line);
  EXPECT_EQ(record.given.id, "x1");
  EXPECT_EQ(record.given.values.title, "Tên");
  EXPECT_EQ(record.given.values.years, std::vector<int>{2023});
  EXPECT_TRUE(record.given.illustration);
  EXPECT_EQ(record.ignored, (std::vector<std::string>{"passages"}));
}

TEST(ExtractionProcess, RefusesUnreadWhatIsNoUsableFile) {
  const ScratchFolder folder;
  write_test_file(folder / "rong.txt", "");
  ASSERT_EQ(::mkfifo((folder / "ong.txt").c_str(), 0600), 0);
  write_test_file(folder / "khong.bin", "");
  std::filesystem::resize_file(folder / "khong.bin", 200'000'000);
  std::filesystem::create_symlink("vong", folder / "vong");
  const struct {
    std::string_view file, code;
  } kCases[] = {{"rong.txt", "! file_empty"},
                {"ong.txt", "! not_a_file"},
                {"khong.bin", "! file_too_large"},
                {"vong", "! file_missing"},
                {"", "! not_a_file"},
                {"khong-co.txt", "! file_missing"}};
  const auto start = std::chrono::steady_clock::now();
  for (const auto& [file, code] : kCases) {
    TestSink sink;
    EXPECT_EQ(extract_in_child(folder / file, sink), code) << file;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
}

TEST(ExtractionProcess, RefusesZerosNamedJsonl) {
  const ScratchFolder folder;
  write_test_file(folder / "khong.jsonl", "");
  std::filesystem::resize_file(folder / "khong.jsonl", 200'000'000);
  TestSink sink;
  EXPECT_EQ(extract_in_child(folder / "khong.jsonl", sink), "! format_unknown");
}

TEST(ExtractionProcess, ReadsFilesWithNamesLikeOptions) {
  const ScratchFolder folder;
  write_test_file(folder / "--help", "Chữ");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  TestSink sink;
  EXPECT_EQ(extract_in_child("--help", sink), "text/plain");
  std::filesystem::current_path(before);
}

TEST(ExtractionProcess, StopsAChildThatNeedsTooMuch) {
  const ScratchFolder folder;
  std::string html = "<html>";
  for (int i = 0; i < 700'000; ++i) html += "<p>chữ " + std::to_string(i);
  write_test_file(folder / "lon.html", html);
  ExtractionLimits time;
  time.wall_time = 50ms;
  ExtractionLimits output;
  output.output_bytes = 100;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  ExtractionLimits memory;
  memory.memory_bytes = 400'000'000;
  TestSink hungry;
  EXPECT_TRUE(extract_in_child(folder / "lon.html", hungry, memory).starts_with("! extraction_"));
#endif
  ExtractionLimits processor;
  processor.processor_time = 0s;
  TestSink slow, long_text, busy;
  EXPECT_EQ(extract_in_child(folder / "lon.html", slow, time), "! extraction_timeout");
  EXPECT_EQ(extract_in_child(extract_fixture("bao-cao.docx"), long_text, output),
            "! text_too_large");
  EXPECT_EQ(extract_in_child(folder / "lon.html", busy, processor), "! extraction_timeout");
}

TEST(ExtractionProcess, RefusesTextsOfTooManyBlocksOrWords) {
  const ScratchFolder folder;
  std::string lines, words;
  for (int i = 0; i <= 1'000'000; ++i) lines += "a\n";
  for (int i = 0; i <= 2'000'000; ++i) words += "a ";
  for (const std::string& text : {lines, words}) {
    write_test_file(folder / "a.txt", text);
    TestSink sink;
    EXPECT_EQ(extract_in_child(folder / "a.txt", sink), "! text_too_large");
  }
}

TEST(ExtractionProcess, BreaksLinesWithoutEnd) {
  const ScratchFolder folder;
  for (const std::string_view word : {"mười ", "mười/", "mười"}) {
    std::string line = "Đầu\n";
    for (int i = 0; i < 40'000; ++i) line += word;
    line += "\nCuối";
    write_test_file(folder / "a.txt", line);
    TestSink sink;
    ASSERT_EQ(extract_in_child(folder / "a.txt", sink), "text/plain");
    const Extracted& document = sink.documents.at(0);
    ASSERT_EQ(document.blocks.size(), 7U);
    std::string put_together;
    for (const auto& block : document.blocks) {
      EXPECT_LE(block.end - block.start, 65'536U);
      const std::string part = document.text.substr(block.start, block.end - block.start);
      EXPECT_EQ(part.find('\n'), std::string::npos);
      EXPECT_NE(part.back(), ' ');
      put_together += part;
    }
    std::erase(line, '\n');
    std::erase(line, ' ');
    std::erase(put_together, ' ');
    EXPECT_EQ(put_together, line) << word;
  }
}

TEST(ExtractionProcess, ReportsAChildThatDies) {
  const ScratchFolder folder;
  write_test_file(folder / "a.txt", "Chữ");
  const struct {
    std::string_view script, detail;
  } kCases[] = {{"kill -SEGV $$", "signal 11"}, {"exit 7", "exit status 7"}};
  for (const auto& [script, detail] : kCases) {
    write_test_file(folder / "child", "#!/bin/sh\n" + std::string(script) + "\n");
    std::filesystem::permissions(folder / "child", std::filesystem::perms::owner_all);
    TestSink sink;
    const auto result = ExtractionProcess(folder / "child").extract(folder / "a.txt", sink);
    ASSERT_FALSE(result) << script;
    EXPECT_EQ(result.error().code, "extraction_crashed") << script;
    EXPECT_EQ(result.error().detail, detail) << script;
  }
}

TEST(ExtractionProcess, GoesOnAfterAServerThatWasKilled) {
  const ExtractionProcess process(NHANRONG_PROGRAM);
  TestSink before, after;
  EXPECT_TRUE(process.extract(extract_fixture("trang.html"), before));
  // The only child of this process is the server that stands idle.
  const std::string children =
      read_test_file("/proc/self/task/" + std::to_string(::getpid()) + "/children");
  ASSERT_GT(std::stoi(children), 1);
  ::kill(std::stoi(children), SIGKILL);
  EXPECT_TRUE(process.extract(extract_fixture("trang.html"), after));
  EXPECT_EQ(after.documents.size(), 1U);
}

TEST(ExtractionConversation, EndsWithAChildThatTalksNonsense) {
  const struct {
    std::string bytes, code;
  } kCases[] = {{std::string(8, '\xFF'), "text_too_large"},
                {std::string("\2\0\0\0\0\0\0\0[]", 10), "extraction_crashed"},
                {std::string("\xFF\0\0\0\0\0\0\0cut", 11), "closed"},
                {"", "closed"}};
  for (const auto& [bytes, code] : kCases) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const Descriptor out(ends[0]);
    ASSERT_EQ(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    ::close(ends[1]);
    TestSink sink;
    const auto said = listen_to_child(out.get(), {}, sink);
    if (const auto* result = std::get_if<text::Result<ExtractedFile>>(&said)) {
      ASSERT_FALSE(*result);
      EXPECT_EQ(result->error().code, code);
    } else {
      EXPECT_EQ(std::get<Silence>(said), Silence::Closed);
      EXPECT_EQ(code, "closed");
    }
  }
}

TEST(ExtractionProcess, LeaksNoDescriptorsWhenTheSinkThrows) {
  struct ThrowingSink final : Sink {
    void document(Extracted) override { throw std::runtime_error("enough"); }
    void refuse(int, text::Error) override {}
  };
  const std::size_t before = open_descriptors();
  ThrowingSink sink;
  EXPECT_THROW(
      (void)ExtractionProcess(NHANRONG_PROGRAM).extract(extract_fixture("trang.html"), sink),
      std::runtime_error);
  EXPECT_EQ(open_descriptors(), before);
}

TEST(ExtractionMessage, RefusesRangesOutsideTheText) {
  const struct {
    std::string_view blocks;
    bool sound;
  } kCases[] = {{"[]", true},           {"[[0,0,0,3]]", true},  {"[[0,0,0,4]]", false},
                {"[[0,0,1,3]]", false},  // in the middle of ế
                {"[[4,0,0,3]]", false}, {"[[0,0,3,3]]", false}, {"[[0,0,0,3],[0,0,0,3]]", false},
                {"[[0,0]]", false}};
  for (const auto& [blocks, sound] : kCases) {
    const std::string json =
        fmt::format(R"({{"document":{{"text":"ế","title":"","blocks":{}}}}})", blocks);
    std::string length(1, static_cast<char>(json.size()));
    length.resize(kMessageLengthBytes);
    EXPECT_EQ(decode_message(length + json).has_value(), sound) << blocks;
  }
}

}  // namespace
}  // namespace nhanrong::indexer
