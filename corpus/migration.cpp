#include "corpus/migration.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <vector>

#include "corpus/catalogue.h"
#include "corpus/statements.h"
#include "text/embedded_file.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> catalogue_schema();
}

namespace nhanrong::corpus {
namespace {

struct Migration {
  int version;
  std::string_view script;
};

std::vector<Migration> migrations() {
  std::vector<Migration> all;
  for (const text::EmbeddedFile& file : embedded::catalogue_schema()) {
    int version = 0;  // "001_initial.sql"
    std::from_chars(file.name.data(), file.name.data() + file.name.size(), version);
    all.push_back({version, file.bytes});
  }
  std::ranges::sort(all, {}, &Migration::version);
  return all;
}

/// A script without its comments.
std::string statements_of(std::string_view script) {
  std::string plain;
  while (!script.empty()) {
    const std::string_view line = script.substr(0, script.find('\n'));
    script.remove_prefix(std::min(line.size() + 1, script.size()));
    std::string_view code = line.substr(0, line.find("--"));
    while (code.ends_with(' ')) code.remove_suffix(1);
    if (!code.empty()) plain.append(code).append(1, '\n');
  }
  return plain;
}

void replace_all(std::string& s, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = s.find(from, at)) != std::string::npos; at += to.size()) {
    s.replace(at, from.size(), to);
  }
}

/// One statement as SQLite likes it: integer keys are row ids, and a table with another key is kept
/// in the order of that key rather than beside an index of it.
std::string for_sqlite(std::string statement) {
  const bool table = statement.starts_with("CREATE TABLE");
  const bool other_key = statement.find("PRIMARY KEY (") != std::string::npos ||
                         statement.find("TEXT PRIMARY KEY") != std::string::npos;
  replace_all(statement, "BIGINT", "INTEGER");
  return table && other_key ? statement + " WITHOUT ROWID" : statement;
}

void run_script(Database& database, std::string_view script) {
  const std::string plain = statements_of(script);
  constexpr std::string_view kEnd = ";\n";
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t end = std::min(plain.find(kEnd, at), plain.size());
    const std::string statement = plain.substr(at, end - at);
    database.execute(database.is_sqlite() ? for_sqlite(statement) : statement);
    at = end + kEnd.size();
  }
}

void refuse_newer(int version) {
  if (version <= newest_schema_version()) return;
  throw CatalogueError("catalogue_newer",
                       fmt::format("the catalogue has schema version {}, this program knows {}",
                                   version, newest_schema_version()));
}

}  // namespace

int newest_schema_version() {
  const std::vector<Migration> all = migrations();
  return all.empty() ? 0 : all.back().version;
}

int schema_version(Database& database) {
  const ReadScope scope(database);
  std::int64_t value = 0;
  const auto read = [&value](Columns& row) { value = row.integer(0); };
  database.each(
      database.is_sqlite() ? statements::kHasSchemaSqlite : statements::kHasSchemaPostgresql, {},
      read);
  if (value == 0) return 0;
  database.each(statements::kSchemaVersion, {}, read);
  return static_cast<int>(value);
}

void refuse_newer_schema(Database& database) { refuse_newer(schema_version(database)); }

void migrate(Database& database) {
  if (schema_version(database) == newest_schema_version()) return;
  database.begin_migration();
  try {
    // Another process may have been quicker.
    const int version = schema_version(database);
    refuse_newer(version);
    for (const Migration& migration : migrations()) {
      if (migration.version > version) run_script(database, migration.script);
    }
    if (version < newest_schema_version()) {
      database.run(statements::kForgetSchemaVersion);
      database.run(statements::kSetSchemaVersion, {std::int64_t{newest_schema_version()}});
    }
    database.commit();
  } catch (...) {
    database.rollback();
    throw;
  }
}

}  // namespace nhanrong::corpus
