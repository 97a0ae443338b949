#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <list>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/app/program.h"

// Wrong usage, bad machinery, bad input: one clear line, the right exit status, nothing half-done.
namespace nhanrong::test {
namespace {

using nlohmann::json;

/// The ids in lines of JSON; lines without one (refusals) are passed over.
std::set<std::string> ids_of(const std::string& lines) {
  std::set<std::string> ids;
  for (std::size_t from = 0, end; (end = lines.find('\n', from)) != std::string::npos;
       from = end + 1) {
    const auto line = json::parse(lines.substr(from, end - from));
    if (line.contains("id")) ids.insert(line["id"].get<std::string>());
  }
  return ids;
}

TEST(CommandLine, WrongUsageIsTwo) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"--no-such-option"},
      {"no-such-command"},
      {"ingest", "--encoding", "ebcdic", "a"},
      {"ingest"},
      {"search"},
      {"serve", "--port", "99999"},
      {"search", "a", "--size", "0"},
      {"search", "a", "--filter", "tinh=yen-bai"},
      {"search", "a", "--filter", "province=Atlantis"},
      {"search", "a", "--filter", "year=20x4"},
  };
  const TemporaryFolder folder;
  for (auto arguments : wrong) {
    arguments.insert(arguments.begin(), {"--library", (folder / "library").string()});
    const auto outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments.back() << outcome.err;
    EXPECT_FALSE(outcome.err.empty() && outcome.out.empty()) << arguments.back();
  }
  EXPECT_EQ(run({"--help"}).status, 0);
  EXPECT_EQ(run({"--version"}).status, 0);
}

TEST(CommandLine, LibraryOfANewerProgramIsLeftAlone) {
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  write_file(folder / "a.txt", "Mô hình trồng chè hữu cơ\n");
  ASSERT_EQ(run({"--library", library, "ingest", (folder / "a.txt").string()}).status, 0);
  ASSERT_EQ(std::system(("sqlite3 '" + library +
                         "/library.sqlite' \"update schema_version set version = 999\"")
                            .c_str()),
            0);
  const auto before = read_file(library + "/library.sqlite");
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"ingest", (folder / "a.txt").string()},
        {"export"},
        {"serve", "--port", "0"},
        {"reindex"}}) {
    auto arguments = std::vector<std::string>{"--library", library};
    arguments.insert(arguments.end(), command.begin(), command.end());
    const auto outcome = run(arguments);
    EXPECT_EQ(outcome.status, 3) << command.front();
    EXPECT_NE(outcome.err.find("mới hơn"), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(read_file(library + "/library.sqlite"), before);
}

TEST(CommandLine, LibraryThatCannotBeMadeIsThree) {
  const TemporaryFolder folder;
  write_file(folder / "file", "x");
  const auto outcome = run({"--library", (folder / "file").string() + "/library", "export"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_NE(outcome.err.find("library"), std::string::npos) << outcome.err;
  EXPECT_EQ(run({"--catalogue", "postgresql://127.0.0.1:1/none", "--library",
                 (folder / "l").string(), "export"})
                .status,
            3);
}

TEST(CommandLine, PortInUseIsThree) {
  const TemporaryFolder folder;
  const RunningServer server((folder / "library").string());
  const auto second = run({"--library", (folder / "library").string(), "serve", "--port",
                           std::to_string(server.port())});
  EXPECT_EQ(second.status, 3);
  EXPECT_NE(second.err.find(std::to_string(server.port())), std::string::npos) << second.err;
}

/// A connection on which nothing is asked.
class SilentConnection {
 public:
  explicit SilentConnection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  SilentConnection(const SilentConnection&) = delete;
  SilentConnection& operator=(const SilentConnection&) = delete;
  ~SilentConnection() { ::close(socket_); }
  bool connected() const { return connected_; }

 private:
  int socket_;
  bool connected_ = false;
};

TEST(CommandLine, SilentConnectionsKeepNobodyWaiting) {
  const TemporaryFolder folder;
  const RunningServer server((folder / "library").string());
  std::list<SilentConnection> silent;
  for (int i = 0; i < 250; ++i) ASSERT_TRUE(silent.emplace_back(server.port()).connected()) << i;
  // The server drops the first of them after five seconds: who waits for that waits too long.
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(server.get("/healthz").status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
}

TEST(CommandLine, ServerEndsCleanlyWhenTold) {
  const TemporaryFolder folder;
  RunningServer server((folder / "library").string());
  EXPECT_EQ(server.get("/healthz").status, 200);
  EXPECT_EQ(server.process().terminate(), 0);
}

TEST(CommandLine, FullDiskLosesNothingThatWasAcknowledged) {
  const TemporaryFolder folder;
  const auto disk = (folder / "disk").string();
  std::filesystem::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=3m") != 0)
    GTEST_SKIP() << "SKIPPED: a tmpfs needs root";
  std::string records;
  for (int i = 0; i < 3000; ++i) {
    records +=
        json{{"id", "d" + std::to_string(i)},
             {"text", "Thôn " + std::to_string(i) + " giữ rừng đầu nguồn, mỗi hộ nhận khoán " +
                          std::to_string(i * 7919 % 1000) + " ha, thu thêm từ thảo quả."}}
            .dump() +
        "\n";
  }
  write_file(folder / "many.jsonl", records);
  const auto outcome = run(
      {"--library", disk + "/library", "ingest", "--json-lines", (folder / "many.jsonl").string()});
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("Đĩa"), std::string::npos) << outcome.err;
  const auto acknowledged = ids_of(outcome.out);
  EXPECT_FALSE(acknowledged.empty());
  // With room again, all that was acknowledged is there.
  EXPECT_EQ(mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=200m"), 0);
  const auto there = ids_of(run({"--library", disk + "/library", "export"}).out);
  for (const auto& id : acknowledged) EXPECT_TRUE(there.contains(id)) << id;
  EXPECT_EQ(run({"--library", disk + "/library", "check"}).status, 0);
  EXPECT_EQ(
      run({"--library", disk + "/library", "ingest", (folder / "many.jsonl").string()}).status, 0);
  umount2(disk.c_str(), MNT_DETACH);
}

TEST(CommandLine, BadInputIsNamedAndTheRestIsTaken) {
  const TemporaryFolder folder;
  const auto in = (folder / "in").string();
  write_file(in + "/good.txt", "Mô hình tổ hợp tác trồng quế hữu cơ\n");
  write_file(in + "/also-good.html",
             "<h1>Bài học</h1><p>Giao việc rõ từng thôn thì giải ngân nhanh.</p>");
  write_file(in + "/empty.txt", "");
  { std::ofstream zeros(in + "/zeros.bin", std::ios::binary); }
  std::filesystem::resize_file(in + "/zeros.bin", 200'000'000);
  write_file(in + "/not-a-zip.docx", std::string("PK\x03\x04") + "garbage that is no archive");
  write_file(in + "/page.pdf",
             "<!DOCTYPE html><title>Trang</title><p>Văn bản HTML mang tên PDF.</p>");
  write_file(in + "/broken.txt", "Gi\xe1\xba\xa3m ngh\xe8o \xff\xfe\x80 b\xe1\xbb");
  std::string lines;
  for (int i = 1; i <= 10; ++i) {
    lines += i == 7   ? "{\"text\": \"thiếu ngoặc\"\n"
             : i == 8 ? "{\"text\": \"Trường lạ\", \"colour\": \"red\"}\n"
             : i == 9 ? "{\"text\": \"Mã sai\", \"id\": \"có dấu cách\"}\n"
                      : "{\"text\": \"Bản ghi thứ " + std::to_string(i) +
                            " về nước sạch\", \"id\": \"r" + std::to_string(i) + "\"}\n";
  }
  write_file(in + "/records.jsonl", lines);
  std::filesystem::create_directory(in + "/sub");
  std::filesystem::create_directory_symlink(in, in + "/sub/loop");
  ASSERT_EQ(mkfifo((in + "/pipe").c_str(), 0600), 0);

  const auto library = (folder / "library").string();
  const auto outcome = run({"--library", library, "ingest", "--json", in});
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  const auto report = json::parse(outcome.out);
  EXPECT_EQ(report["added"], 3 + 7) << outcome.out;
  std::map<std::string, std::string> reasons;
  for (const auto& refusal : report["refused"]) {
    auto name = std::filesystem::path(refusal["path"].get<std::string>()).filename().string();
    if (refusal.contains("line")) name += ":" + std::to_string(refusal["line"].get<int>());
    reasons[name] = refusal["code"];
    EXPECT_FALSE(refusal["reason"].get<std::string>().starts_with("[")) << refusal;
    EXPECT_FALSE(refusal["reason"].get<std::string>().empty()) << refusal;
  }
  EXPECT_EQ(reasons.size(), report["refused"].size());
  for (const char* name : {"empty.txt", "zeros.bin", "not-a-zip.docx", "broken.txt",
                           "records.jsonl:7", "records.jsonl:8", "records.jsonl:9", "pipe"}) {
    EXPECT_TRUE(reasons.contains(name)) << name << " is not in " << outcome.out;
  }
  EXPECT_EQ(reasons["empty.txt"], "file_empty");
  EXPECT_EQ(reasons["records.jsonl:8"], "record_field_unknown");
  EXPECT_EQ(reasons["records.jsonl:9"], "record_id_invalid");
  EXPECT_EQ(run({"--library", library, "check"}).status, 0);
}

TEST(CommandLine, SecretDocumentLeavesNoTrace) {
  const TemporaryFolder folder;
  const auto library = (folder / "library").string();
  const std::string text =
      "TỐI MẬT\nỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố: 7/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
      "Độc lập - Tự do - Hạnh phúc\n\nBÁO CÁO\nVề phương án zqxkhongduocluu\n\nNội dung chi "
      "tiết.\n";
  write_file(folder / "in/secret.txt", text);
  const auto outcome = run({"--library", library, "ingest", "--json", (folder / "in").string()});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(json::parse(outcome.out)["refused"][0]["code"], "secret") << outcome.out;
  EXPECT_EQ(outcome.out.find("zqxkhongduocluu"), std::string::npos);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(library)) {
    if (entry.is_regular_file()) {
      EXPECT_EQ(read_file(entry.path()).find("zqxkhongduocluu"), std::string::npos) << entry.path();
    }
  }
}

}  // namespace
}  // namespace nhanrong::test
