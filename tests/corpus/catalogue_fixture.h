#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "tests/corpus/postgresql_server.h"

namespace nhanrong::corpus {

/// The server of this run; started by the first test that wants it.
inline tests::PostgresqlServer& postgresql() {
  static tests::PostgresqlServer server;
  return server;
}

inline constexpr const char* kText =
    "BÁO CÁO\nKết quả thực hiện Chương trình giảm nghèo bền vững năm 2023\n"
    "Bài học kinh nghiệm: giao vốn sớm, giám sát từ thôn bản.\n";

inline NewDocument make(const std::string& path, const std::string& text = kText) {
  NewDocument document;
  document.source = {"/du-lieu/bao-cao", path, ""};
  document.file = {sha256_hex(path + text), text.size(), "text/plain", path};
  document.given.values.title = "Báo cáo giảm nghèo";
  document.given.values.provinces = Strings{"yen-bai", "lao-cai"};
  document.given.values.years = std::vector<int>{2022, 2023};
  Content& content = document.content;
  content.text = text;
  const auto end = static_cast<std::uint32_t>(text.size());
  content.blocks = {{BlockKind::Heading, 1, 0, 9}, {BlockKind::Paragraph, 0, 10, end}};
  content.passages = {{{"result", "lesson"}, 0, 10, "p-3f9a"}, {{}, 10, end, "p-77b0"}};
  content.evidence = {{"provinces", "yen-bai", "rule", 4, 9}, {"type", "bao-cao", "guess", 0, 0}};
  content.references = {"5140/VPCP-QHĐP", "90/QĐ-TTg"};
  content.derived.type = "bao-cao";
  content.derived.title = "Kết quả thực hiện";
  document.versions = {1, 2, 3};
  return document;
}

inline NewDocument make_with_id(const std::string& id, const std::string& path,
                                const std::string& text = kText) {
  NewDocument document = make(path, text);
  document.given.id = id;
  return document;
}

inline PutOutcome put(Catalogue& catalogue, const NewDocument& document) {
  Catalogue::Transaction transaction(catalogue);
  PutOutcome outcome = transaction.put(document);
  transaction.commit();
  return outcome;
}

inline bool remove(Catalogue& catalogue, const std::string& id) {
  Catalogue::Transaction transaction(catalogue);
  const bool removed = transaction.remove(id);
  transaction.commit();
  return removed;
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

class CatalogueTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!is_sqlite() && tests::PostgresqlServer::programs().empty()) {
      ASSERT_EQ(std::getenv("CI"), nullptr) << "PostgreSQL is not installed";
      GTEST_SKIP() << "PostgreSQL is not installed";
    }
    url_ = is_sqlite() ? "sqlite://" + sqlite_file().string() : postgresql().create_database();
  }
  static bool is_sqlite() { return GetParam() == std::string("sqlite"); }
  std::filesystem::path sqlite_file() const { return folder_.path() / "thư viện a=b.sqlite"; }
  const std::string& url() const { return url_; }

 private:
  tests::TempFolder folder_;
  std::string url_;
};

}  // namespace nhanrong::corpus
