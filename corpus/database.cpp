#include "corpus/database.h"

#include <fmt/format.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <spdlog/spdlog.h>

#include <cassert>
#include <deque>
#include <unordered_map>

#include "corpus/catalogue.h"
#include "corpus/statements.h"

namespace nhanrong::corpus {
namespace {

constexpr std::string_view kSqlite = "sqlite://";
constexpr std::string_view kPostgresql = "postgresql://";

const char* code_of(const soci::sqlite3_soci_error& error) {
  switch (error.result() & 0xFF) {  // the rest says more, e.g. SQLITE_BUSY_SNAPSHOT
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "catalogue_busy";
    case SQLITE_FULL:
      return "disk_full";
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return "catalogue_unreachable";
    default:
      return "catalogue_failed";
  }
}

const char* code_of(const soci::postgresql_soci_error& error) {
  // SOCI keeps five characters without an end.
  const std::string state = error.sqlstate().substr(0, 5);
  if (state == "53100") return "disk_full";
  if (state == "55P03" || state == "40P01" || state == "40001") return "catalogue_busy";
  // Connection exceptions, shutdown by an administrator, start-up, too many connections; blanks:
  // the server said nothing any more.
  if (state.starts_with("08") || state.starts_with("57P") || state == "53300" || state == "     ") {
    return "catalogue_unreachable";
  }
  return "catalogue_failed";
}

CatalogueError translate(const soci::soci_error& error) {
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
    return {code_of(*sqlite), error.what()};
  }
  if (const auto* postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
    return {code_of(*postgresql), error.what()};
  }
  const bool connection = error.get_error_category() == soci::soci_error::connection_error;
  return {connection ? "catalogue_unreachable" : "catalogue_failed", error.what()};
}

/// A statement with places for its parameters and columns.
class Prepared final : public Columns {
 public:
  Prepared(soci::session& session, const Query& query, std::initializer_list<Parameter> parameters)
      : statement_(session) {
    for (const Parameter& parameter : parameters) {
      Cell& cell = parameters_.emplace_back();
      if (std::holds_alternative<std::int64_t>(parameter)) {
        statement_.exchange(soci::use(cell.integer));
      } else {
        statement_.exchange(soci::use(cell.text));
      }
    }
    for (const char* kind = query.columns; *kind != '\0'; ++kind) {
      Cell& cell = columns_.emplace_back();
      if (*kind == 'i') {
        statement_.exchange(soci::into(cell.integer));
      } else {
        statement_.exchange(soci::into(cell.text));
      }
    }
    statement_.alloc();
    statement_.prepare(query.sql);
    statement_.define_and_bind();
  }

  /// Runs; true: a row is there.
  bool start(std::initializer_list<Parameter> parameters) {
    assert(parameters.size() == parameters_.size());
    auto cell = parameters_.begin();
    for (const Parameter& parameter : parameters) {
      if (const auto* integer = std::get_if<std::int64_t>(&parameter)) {
        cell->integer = *integer;
      } else {
        cell->text = std::get<std::string_view>(parameter);
      }
      ++cell;
    }
    return statement_.execute(true);
  }
  bool next() { return statement_.fetch(); }

  std::int64_t integer(std::size_t column) const override { return columns_[column].integer; }
  std::string& text(std::size_t column) override { return columns_[column].text; }

 private:
  struct Cell {
    long long integer = 0;
    std::string text;
  };
  std::deque<Cell> parameters_, columns_;  // their addresses are bound
  soci::statement statement_;
};

/// A path in the words of SOCI's SQLite backend, which knows quotes but nothing to escape them.
std::string connect_string(const std::string& path) {
  if (path.find('"') == std::string::npos) return "db=\"" + path + "\"";
  if (path.find('=') == std::string::npos) return path;
  throw CatalogueError("catalogue_url_invalid", path);
}

}  // namespace

struct Database::Connection {
  soci::session session;
  bool sqlite = false;
  bool in_transaction = false;
  std::unordered_map<const char*, Prepared> prepared;  // by Query::sql; goes before the session

  explicit Connection(const std::string& url) {
    try {
      if (url.starts_with(kSqlite)) {
        sqlite = true;
        session.open(soci::sqlite3, connect_string(url.substr(kSqlite.size())));
        session << "PRAGMA busy_timeout = 30000";
      } else if (url.starts_with(kPostgresql)) {
        session.open(soci::postgresql, url);
        session << "SET client_encoding = 'UTF8'";
        session << "SET client_min_messages = warning";
        session << "SET lock_timeout = 30000";
      } else {
        throw CatalogueError("catalogue_url_invalid", url);
      }
    } catch (const soci::soci_error& error) {
      throw CatalogueError("catalogue_unreachable", error.what());
    }
  }

  Prepared& prepare(const Query& query, std::initializer_list<Parameter> parameters) {
    const auto found = prepared.find(query.sql);
    if (found != prepared.end()) return found->second;
    return prepared.try_emplace(query.sql, session, query, parameters).first->second;
  }
};

Database::Database(std::string url)
    : url_(std::move(url)), connection_(std::make_unique<Connection>(url_)) {}

Database::~Database() {
  if (connection_->in_transaction) rollback();
}

bool Database::is_sqlite() const { return connection_->sqlite; }

bool Database::in_transaction() const { return connection_->in_transaction; }

void Database::begin(const char* sqlite, const char* postgresql) {
  assert(!in_transaction());
  if (lost_) {
    connection_ = std::make_unique<Connection>(url_);
    lost_ = false;
  }
  control(is_sqlite() ? sqlite : postgresql);
  connection_->in_transaction = true;
}

void Database::control(const char* sql) {
  // Prepared, reading one state costs SQLite half; PostgreSQL does not keep such statements.
  if (is_sqlite()) {
    run({sql});
  } else {
    execute(sql);
  }
}

void Database::begin_read() { begin("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }

void Database::begin_write() { begin("BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL READ COMMITTED"); }

void Database::begin_migration() {
  begin_write();
  // Any number will do, as long as all versions of the program take the same.
  if (!is_sqlite()) execute("SELECT pg_advisory_xact_lock(7236481)");
}

void Database::commit() {
  control("COMMIT");
  connection_->in_transaction = false;
}

void Database::rollback() noexcept {
  connection_->in_transaction = false;
  try {
    control("ROLLBACK");
  } catch (const std::exception& error) {
    // SQLite has rolled back by itself after some errors, and a lost connection has nothing to.
    spdlog::debug("rollback: {}", error.what());
  }
}

void Database::run(const Query& query, std::initializer_list<Parameter> parameters) {
  for (Columns* row = start(query, parameters); row != nullptr;) row = next(query);
}

void Database::execute(const std::string& sql) {
  try {
    connection_->session << sql;
  } catch (const soci::soci_error& error) {
    fail(translate(error));
  }
}

Columns* Database::start(const Query& query, std::initializer_list<Parameter> parameters) {
  try {
    Prepared& prepared = connection_->prepare(query, parameters);
    return prepared.start(parameters) ? &prepared : nullptr;
  } catch (const soci::soci_error& error) {
    fail(translate(error));
  }
}

Columns* Database::next(const Query& query) {
  try {
    Prepared& prepared = connection_->prepared.find(query.sql)->second;
    return prepared.next() ? &prepared : nullptr;
  } catch (const soci::soci_error& error) {
    fail(translate(error));
  }
}

void Database::fail(const CatalogueError& error) {
  if (error.code == "catalogue_unreachable") lost_ = true;
  throw error;
}

}  // namespace nhanrong::corpus
