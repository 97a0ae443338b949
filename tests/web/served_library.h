#pragma once
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "corpus/reference.h"
#include "indexer/follower.h"
#include "text/analyzer.h"
#include "web/server.h"

namespace nhanrong::web::testing {

inline constexpr const char* kToken = "mat-khau-thu";

/// A library of four documents behind a real server on a free port, one for all tests of a suite.
class ServedLibrary : public ::testing::Test {
 protected:
  struct World {
    World() {
      fill();
      indexer::Follower::try_acquire(library, reference, analyzer)->catch_up();
      indexer::rebuild(library, reference, analyzer, {});  // with the language model
      ServerOptions options;
      options.port = 0;
      options.threads = 16;
      options.admin_token = kToken;
      server = std::make_unique<Server>(library, reference, analyzer, options);
      port = server->bind();
      thread = std::thread([this] { server->run(); });
    }
    ~World() {
      server->stop();
      thread.join();
      std::filesystem::remove_all(folder);
    }

    struct Text {
      std::string id, title, text;
      bool internal = false, illustration = false;
      std::string encoding = {};
      std::vector<corpus::Evidence> evidence = {};
      std::string number = "215/BC-UBND", level = {}, province = "yen-bai";
      std::vector<corpus::PersonalRange> personal = {};
    };

    void put(corpus::Catalogue::Transaction& transaction, const Text& text) {
      corpus::NewDocument made;
      made.source = {"/bao-cao", text.id + ".txt", ""};
      made.file = {corpus::store_original(library, text.text), text.text.size(), "text/plain",
                   "báo cáo \"" + text.id + "\".txt"};
      made.given.id = text.id;
      made.given.internal = text.internal;
      made.given.illustration = text.illustration;
      made.content.text = text.text;
      made.content.encoding = text.encoding;
      made.content.evidence = text.evidence;
      made.content.personal = text.personal;
      const auto cut = static_cast<std::uint32_t>(text.text.find('\n') + 1);
      const auto size = static_cast<std::uint32_t>(text.text.size());
      made.content.blocks = {{corpus::BlockKind::Heading, 1, 0, cut - 1},
                             {corpus::BlockKind::Paragraph, 0, cut, size}};
      made.content.passages = {{{"result"}, 0, cut, "p-1"}, {{"lesson"}, cut, size, "p-2"}};
      made.content.references = {"1719/QĐ-TTg", "215/BC-UBND"};
      auto& values = made.content.derived;
      values.title = text.title;
      values.type = "bao-cao";
      values.number = text.number;
      if (!text.level.empty()) values.level = text.level;
      values.issuer = "UBND tỉnh Yên Bái";
      values.date = "2023-07-11";
      values.years = {2023};
      values.provinces = values.provinces_about = corpus::Strings{text.province};
      values.regions = corpus::Strings{"trung-du-mien-nui-bac-bo"};
      values.programmes = corpus::Strings{"dttsmn"};
      transaction.put(made);
    }

    void fill() {
      corpus::Catalogue catalogue(library.catalogue_url);
      corpus::Catalogue::Transaction transaction(catalogue);
      put(transaction, {"giai-ngan",
                        "Báo cáo kết quả giải ngân",
                        "I. Kết quả giải ngân vốn sự nghiệp\nBài học kinh nghiệm giải ngân là họp "
                        "dân trước khi giao vốn cho xã.",
                        false,
                        true,
                        "tcvn3",
                        {{"title", "Báo cáo kết quả giải ngân", "rule", 0, 5},
                         {"practice_solution", "họp dân trước khi giao vốn cho xã", "rule", 60, 99},
                         {"practice_results", "giảm 5%", "rule", 60, 68},
                         {"practice_results", "lãi 3 triệu", "rule", 70, 80},
                         {"beneficiaries", "phu-nu", "guess", 0, 1},
                         {"period", "2023-01/2023-06", "rule", 0, 5},
                         {"places", "yen-bai", "rule", 0, 1},
                         {"places", "h137", "rule", 3, 14}}});
      put(transaction, {"doc-hai",
                        "=cmd|' /C calc'!A0 <script>alert(1)</script>",
                        "<img src=x onerror=alert(2)>\nTiêu đề giải ngân \"><b>đậm</b> & dấu",
                        false,
                        false,
                        "",
                        {{"practice_cost", "<img src=x onerror=alert(2)>", "rule", 0, 28}},
                        "1719/QĐ-TTg",
                        "central"});
      put(transaction, {"noi-bo",
                        "Báo cáo nội bộ về bí quyết",
                        "Phần riêng\nBí quyết nội bộ không công khai.",
                        true,
                        false,
                        "",
                        {},
                        "215/BC-UBND",
                        "",
                        "son-la"});
      put(transaction, {"bo-di", "Báo cáo sẽ rút", "Phần bỏ\nNội dung thu hồi."});
      transaction.commit();
      corpus::Catalogue::Transaction removal(catalogue);
      removal.remove("bo-di");
      removal.commit();
    }

    std::filesystem::path folder = make_folder();
    corpus::Library library = corpus::open_library(folder, "");
    corpus::Reference reference;
    text::Analyzer analyzer{reference.compounds()};
    std::unique_ptr<Server> server;
    int port = 0;
    std::thread thread;

    static std::filesystem::path make_folder() {
      std::string name = std::filesystem::temp_directory_path() / "nhanrong-web-XXXXXX";
      if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
      return name;
    }
  };

  static void SetUpTestSuite() { world_ = std::make_unique<World>(); }
  static void TearDownTestSuite() { world_.reset(); }

  static httplib::Client client() {
    httplib::Client made("127.0.0.1", world_->port);
    made.set_url_encode(false);
    return made;
  }
  static httplib::Response get(const std::string& target, const httplib::Headers& headers = {}) {
    const auto result = client().Get(target, headers);
    if (!result) throw std::runtime_error("no answer for " + target);
    return result.value();
  }
  static nlohmann::json get_json(const std::string& target) {
    return nlohmann::json::parse(get(target).body);
  }

  static inline std::unique_ptr<World> world_;
};

}  // namespace nhanrong::web::testing
