#pragma once
#include <fmt/format.h>

#include <string>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "corpus/reference.h"
#include "indexer/follower.h"
#include "tests/indexer/index_fixture.h"

namespace nhanrong::indexer::testing {

inline corpus::NewDocument make_new_document(const std::string& id, const std::string& text) {
  corpus::NewDocument made;
  made.source = {"/bao-cao", id + ".txt", ""};
  made.file = {corpus::sha256_hex(text), text.size(), "text/plain", id + ".txt"};
  made.given.id = id;
  made.content.text = text;
  const auto size = static_cast<std::uint32_t>(text.size());
  const auto middle = static_cast<std::uint32_t>(text.find(' ') + 1);
  made.content.passages = {{{"result"}, 0, middle, "p-1"}, {{"lesson"}, middle, size, "p-2"}};
  made.content.derived.title = "Báo cáo " + id;
  made.content.derived.provinces_about = {"yen-bai"};
  return made;
}

/// A library in a temporary folder with its catalogue; the index is up to the test.
class LibraryTest : public ::testing::Test {
 protected:
  void put(const std::string& id, const std::string& text) {
    corpus::Catalogue::Transaction transaction(catalogue_);
    transaction.put(make_new_document(id, text));
    transaction.commit();
  }
  /// Documents "vb-FIRST" to "vb-(FIRST+COUNT-1)" in one transaction.
  void put_many(int first, int count) {
    corpus::Catalogue::Transaction transaction(catalogue_);
    for (int i = first; i < first + count; ++i) {
      transaction.put(make_new_document(fmt::format("vb-{}", i),
                                        make_paragraph(static_cast<std::uint32_t>(i), 30)));
    }
    transaction.commit();
  }
  void remove(const std::string& id) {
    corpus::Catalogue::Transaction transaction(catalogue_);
    EXPECT_TRUE(transaction.remove(id));
    transaction.commit();
  }
  Follower follow() {
    auto follower = Follower::try_acquire(library_, reference_, analyzer_);
    if (!follower) throw std::runtime_error("somebody else follows");
    return std::move(*follower);
  }
  int rebuild_now() { return rebuild(library_, reference_, analyzer_, {}); }
  void wait_for(std::int64_t change) {
    const std::atomic<bool> stop = false;
    wait_until_indexed(library_, reference_, analyzer_, change, {}, stop);
  }
  std::filesystem::path current_folder() const {
    return generation_folder(library_, current_generation(library_).value());
  }
  ReadIndex read_index() const { return ReadIndex(current_folder()); }
  std::vector<std::string> check() { return check_index(library_, catalogue_); }
  std::int64_t key_of(const std::string& id) { return catalogue_.find_document(id).value().key; }

  TemporaryFolder temporary_;
  corpus::Library library_ = corpus::open_library(temporary_.path() / "library", "");
  corpus::Reference reference_;
  text::Analyzer analyzer_;
  corpus::Catalogue catalogue_{library_.catalogue_url};
};

}  // namespace nhanrong::indexer::testing
