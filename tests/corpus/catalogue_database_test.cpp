/// The catalogue as a database: schema, feed of changes, several users at once, faults, what it is
/// opened by. What it says of documents: catalogue_test.cpp.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <thread>

#include "corpus/catalogue.h"
#include "corpus/database.h"
#include "corpus/statements.h"
#include "tests/corpus/catalogue_fixture.h"

namespace nhanrong::corpus {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CatalogueDatabaseTest : public CatalogueTest {};

INSTANTIATE_TEST_SUITE_P(Databases, CatalogueDatabaseTest, testing::Values("sqlite", "postgresql"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST_P(CatalogueDatabaseTest, OpensEmptyAndAgain) {
  for (int time = 0; time < 2; ++time) {
    Catalogue catalogue(url());
    EXPECT_EQ(catalogue.size().documents, 0);
    EXPECT_EQ(catalogue.last_change(), 0);
    EXPECT_THAT(catalogue.check(), IsEmpty());
  }
}

/// How SQLite means to answer a query.
std::string plan_of(const std::string& url, const Query& query,
                    std::initializer_list<Parameter> parameters) {
  Catalogue(url).begin_run();
  Database database(url);
  const std::string explain = std::string("EXPLAIN QUERY PLAN ") + query.sql;
  std::string plan;
  database.each(Query{explain.c_str(), "iiis"}, parameters,
                [&plan](Columns& row) { plan += row.text(3) + "\n"; });
  return plan;
}

// Left to itself SQLite went through all live documents for each new one.
TEST_P(CatalogueDatabaseTest, LooksForNearCopiesOnlyAmongThoseThatShareABand) {
  if (!is_sqlite()) GTEST_SKIP() << "the plan of SQLite";
  const auto plan = plan_of(url(), statements::kAlike, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  EXPECT_THAT(plan, testing::HasSubstr("min_hash_bands USING PRIMARY KEY"));
  EXPECT_THAT(plan, testing::HasSubstr("SEARCH d USING INTEGER PRIMARY KEY"));
}

// Left to itself SQLite sorted all live documents for each few that a rebuild reads.
TEST_P(CatalogueDatabaseTest, ReadsLiveDocumentsInTheOrderOfTheirKeys) {
  if (!is_sqlite()) GTEST_SKIP() << "the plan of SQLite";
  const auto plan = plan_of(url(), statements::kLiveAfter, {0, 1});
  EXPECT_THAT(plan, testing::HasSubstr("SEARCH documents USING INTEGER PRIMARY KEY"));
  EXPECT_THAT(plan, testing::Not(testing::HasSubstr("TEMP B-TREE")));
}

TEST_P(CatalogueDatabaseTest, OpensFromSeveralThreadsAtOnce) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] { EXPECT_EQ(Catalogue(url()).last_change(), 0); });
  }
}

TEST_P(CatalogueDatabaseTest, LeavesANewerSchemaUntouched) {
  Catalogue(url()).begin_run();
  {
    Database database(url());
    database.begin_write();
    database.execute("UPDATE schema_version SET version = 999");
    database.commit();
  }
  const std::string before = is_sqlite() ? bytes_of(sqlite_file()) : "";
  try {
    const Catalogue catalogue(url());
    FAIL() << "opened";
  } catch (const CatalogueError& error) {
    EXPECT_EQ(error.code, "catalogue_newer") << error.what();
  }
  if (is_sqlite()) {
    EXPECT_EQ(bytes_of(sqlite_file()), before);
  }
}

TEST_P(CatalogueDatabaseTest, BringsAnOlderSchemaUpToDate) {
  const NewDocument document = make("a.txt");
  std::string id;
  {
    Catalogue catalogue(url());
    id = put(catalogue, document).id;
  }
  {
    Database database(url());
    database.begin_write();
    database.execute("DROP INDEX revisions_by_personal_rules");
    for (const char* column : {"encoding", "encoding_given", "recognised_pages",
                               "recognised_confidence", "personal_rules"}) {
      database.execute(fmt::format("ALTER TABLE revisions DROP COLUMN {}", column));
    }
    database.execute("ALTER TABLE runs DROP COLUMN unread");
    database.execute("DROP INDEX documents_by_family");
    for (const char* column : {"family", "gone"}) {
      database.execute(fmt::format("ALTER TABLE documents DROP COLUMN {}", column));
    }
    for (const char* table : {"unread_files", "min_hashes", "min_hash_bands", "folders",
                              "personal_ranges", "lifted_masks"}) {
      database.execute(fmt::format("DROP TABLE {}", table));
    }
    database.execute("ALTER TABLE changes DROP COLUMN small_commit");
    database.execute("UPDATE schema_version SET version = 1");
    database.commit();
  }
  Catalogue catalogue(url());
  const auto found = catalogue.find_document(id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->content, document.content);
  EXPECT_EQ(catalogue.load_unsearched_revisions(1, 10).size(), 1U);
  EXPECT_EQ(put(catalogue, document).status, PutStatus::Unchanged);
  EXPECT_THAT(catalogue.check(), IsEmpty());
}

TEST_P(CatalogueDatabaseTest, TellsSmallCommitsFromLargeOnes) {
  Catalogue catalogue(url());
  const auto put_together = [&](const std::string& name, int count) {
    Catalogue::Transaction transaction(catalogue);
    for (int i = 0; i < count; ++i) {
      transaction.put(
          make_with_id(fmt::format("{}-{}", name, i), name, fmt::format("{} {}\n", name, i)));
    }
    transaction.commit();
  };
  constexpr int kMost = static_cast<int>(kSmallCommit);
  put_together("một", 1);
  put_together("nhiều", kMost + 1);
  put_together("ít", kMost);
  remove(catalogue, "nhiều-0");
  const auto numbers = [&](std::int64_t after, std::int64_t last, int limit) {
    std::vector<std::int64_t> found;
    for (const auto& change : catalogue.load_small_commits(after, last, limit)) {
      found.push_back(change.number);
    }
    return found;
  };
  EXPECT_EQ(catalogue.last_change(), 19);
  EXPECT_THAT(numbers(0, 19, 100), ElementsAre(1, 11, 12, 13, 14, 15, 16, 17, 18, 19));
  EXPECT_THAT(numbers(1, 12, 100), ElementsAre(11, 12));
  EXPECT_THAT(numbers(1, 19, 2), ElementsAre(11, 12));
  const auto removal = catalogue.load_small_commits(18, 19, 1);
  ASSERT_EQ(removal.size(), 1U);
  EXPECT_EQ(removal[0].kind, ChangeKind::Delete);
  EXPECT_EQ(removal[0].document, catalogue.find_document("nhiều-0")->key);
}

TEST_P(CatalogueDatabaseTest, TellsWhatHappenedInOrder) {
  Catalogue catalogue(url());
  put(catalogue, make_with_id("a", "a.txt"));
  put(catalogue, make_with_id("b", "b.txt"));
  remove(catalogue, "a");
  const std::int64_t a = catalogue.find_document("a")->key;
  const auto b = catalogue.find_document("b");
  const auto changes = catalogue.load_changes_after(0, 10);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[1].kind, ChangeKind::Put);
  EXPECT_EQ(changes[1].document, b->key);
  EXPECT_EQ(changes[1].revision, b->revision_key);
  EXPECT_EQ(changes[2].number, 3);
  EXPECT_EQ(changes[2].kind, ChangeKind::Delete);
  EXPECT_EQ(changes[2].document, a);
  EXPECT_EQ(changes[2].revision, 0);
  EXPECT_EQ(catalogue.load_changes_after(1, 1).at(0).number, 2);
  EXPECT_THAT(catalogue.load_changes_after(3, 10), IsEmpty());
  EXPECT_EQ(catalogue.size().last_change, 3);
  EXPECT_EQ(catalogue.size().updated_at.size(), 20U);
}

TEST_P(CatalogueDatabaseTest, LeavesNothingOfWhatIsRolledBack) {
  Catalogue catalogue(url());
  put(catalogue, make("a.txt"));
  {
    Catalogue::Transaction transaction(catalogue);
    transaction.put(make("b.txt", "Không giữ lại\n"));
  }
  EXPECT_EQ(catalogue.size().documents, 1);
  EXPECT_EQ(catalogue.find_source(make("b.txt").source), std::nullopt);
  put(catalogue, make("c.txt", "Giữ lại\n"));
  EXPECT_EQ(catalogue.last_change(), 2) << "the number is given out again";
  EXPECT_THAT(catalogue.check(), IsEmpty());
}

TEST_P(CatalogueDatabaseTest, KeepsTheFeedGapFreeWithTwoWritersAndAReader) {
  constexpr int kDocuments = 120;
  { const Catalogue created(url()); }
  const auto write = [this](const std::string& name) {
    Catalogue catalogue(url());
    for (int i = 0; i < kDocuments; i += 3) {
      Catalogue::Transaction transaction(catalogue);
      for (int j = i; j < i + 3; ++j) {
        const std::string path = name + std::to_string(j);
        transaction.put(make(path, "Văn bản " + path + "\n"));
      }
      if (i % 5 != 4) transaction.commit();
    }
  };
  std::vector<std::int64_t> seen;
  {
    std::jthread one(write, "một");
    std::jthread two(write, "hai");
    // As a follower does: what has been passed must never be filled in later.
    std::jthread reader([this, &seen](const std::stop_token& stop) {
      Catalogue catalogue(url());
      for (bool last = false; !last;) {
        last = stop.stop_requested();
        for (const Change& change :
             catalogue.load_changes_after(static_cast<std::int64_t>(seen.size()), 7)) {
          seen.push_back(change.number);
          last = false;
        }
      }
    });
    one.join();
    two.join();
  }
  Catalogue catalogue(url());
  EXPECT_EQ(catalogue.last_change(), 2 * kDocuments * 4 / 5);
  ASSERT_EQ(static_cast<std::int64_t>(seen.size()), catalogue.last_change());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    ASSERT_EQ(seen[i], static_cast<std::int64_t>(i) + 1);
  }
  EXPECT_EQ(catalogue.size().documents, catalogue.last_change());
  EXPECT_THAT(catalogue.check(), IsEmpty());
}

TEST_P(CatalogueDatabaseTest, FindsFaults) {
  Catalogue catalogue(url());
  put(catalogue, make_with_id("a", "a.txt"));
  put(catalogue, make_with_id("b", "b.txt"));
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"DELETE FROM changes WHERE number = 1", "gaps"},
      {"DELETE FROM passages", "no passage"},
      {"UPDATE documents SET removed_at = 'x' WHERE id = 'a'", "last change"},
      {"UPDATE documents SET current_revision = 99 WHERE id = 'b'", "current revision: b"},
      {"INSERT INTO changes (number, kind, document, revision, created_at) VALUES (9, 0, 99, 1, "
       "'')",
       "row of changes"},
  };
  for (const auto& [damage, wanted] : cases) {
    Database database(url());
    database.begin_write();
    database.execute(damage);
    database.commit();
    EXPECT_THAT(catalogue.check(), testing::Contains(testing::HasSubstr(wanted))) << damage;
  }
}

TEST(CatalogueConnection, IsMadeAnewAfterPostgresqlWasGone) {
  if (tests::PostgresqlServer::programs().empty()) GTEST_SKIP() << "PostgreSQL is not installed";
  Catalogue catalogue(postgresql().create_database());
  put(catalogue, make("a.txt"));
  postgresql().restart();
  try {
    put(catalogue, make("b.txt", "Mất kết nối\n"));
    ADD_FAILURE() << "the connection was gone";
  } catch (const CatalogueError& error) {
    EXPECT_EQ(error.code, "catalogue_unreachable") << error.what();
  }
  EXPECT_EQ(put(catalogue, make("b.txt", "Có lại\n")).status, PutStatus::Added);
  EXPECT_EQ(catalogue.last_change(), 2);
}

TEST(CatalogueDisk, SaysWhenItIsFullAndKeepsWhatWasCommitted) {
  const tests::TempFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
    GTEST_SKIP() << "mounting a small disk is not permitted here";
  }
  std::string code;
  {
    Catalogue catalogue("sqlite://" + (folder.path() / "library.sqlite").string());
    int committed = 0;
    try {
      for (; committed < 100; ++committed) {
        const std::string path = std::to_string(committed);
        put(catalogue, make(path, path + std::string(50'000, 'x')));
      }
    } catch (const CatalogueError& error) {
      code = error.code;
    }
    EXPECT_GT(committed, 0);
    EXPECT_EQ(catalogue.size().documents, committed);
    EXPECT_THAT(catalogue.check(), IsEmpty());
  }
  ::umount(folder.path().c_str());
  EXPECT_EQ(code, "disk_full");
}

TEST(CatalogueUrl, TakesAnyPath) {
  const tests::TempFolder folder;
  for (const char* name : {"kho.sqlite", "kho dữ liệu.sqlite", "a=b.sqlite", "a\"b.sqlite"}) {
    const std::filesystem::path path = folder.path() / name;
    { const Catalogue catalogue("sqlite://" + path.string()); }
    EXPECT_TRUE(std::filesystem::exists(path)) << path;
  }
}

TEST(CatalogueUrl, SaysWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"mysql://x", "catalogue_url_invalid"},
      {"", "catalogue_url_invalid"},
      {"sqlite:///no/such/folder/x.sqlite", "catalogue_unreachable"},
      {"sqlite://" NHANRONG_SOURCE_DIR "/CMakeLists.txt", "catalogue_unreachable"},
      {"postgresql:///x?host=/no/such/folder", "catalogue_unreachable"},
  };
  for (const auto& [url, code] : cases) {
    try {
      const Catalogue catalogue(url);
      ADD_FAILURE() << url << " opened";
    } catch (const CatalogueError& error) {
      EXPECT_EQ(error.code, code) << url << ": " << error.what();
    }
  }
}

}  // namespace
}  // namespace nhanrong::corpus
