#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace nhanrong::corpus {

struct CatalogueError;

/// A statement with what its columns hold, a letter each: 'i' integer, 's' string. Parameters are
/// written :name, each once, and bound in their order.
struct Query {
  const char* sql;
  const char* columns = "";
};

using Parameter = std::variant<std::int64_t, std::string_view>;

/// One row of a result.
class Columns {
 public:
  virtual std::int64_t integer(std::size_t column) const = 0;
  /// The cell itself, to be moved from.
  virtual std::string& text(std::size_t column) = 0;

 protected:
  ~Columns() = default;
};

/// One connection to SQLite or PostgreSQL, with prepared statements kept by the address of their
/// SQL. Everything throws CatalogueError. After a lost connection the next begin connects anew.
class Database {
 public:
  /// See Catalogue.
  explicit Database(std::string url);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  bool is_sqlite() const;
  bool in_transaction() const;

  /// Begins a transaction that reads one state.
  void begin_read();
  /// Begins a transaction that may write and waits until no other does.
  void begin_write();
  /// Begins the transaction that brings the schema up to date; one process at a time.
  void begin_migration();
  void commit();
  /// Never throws: what cannot be rolled back was not committed either.
  void rollback() noexcept;

  void run(const Query& query, std::initializer_list<Parameter> parameters = {});
  /// Calls `visit` with Columns& for each row. `visit` may not use the same query.
  template <class Visit>
  void each(const Query& query, std::initializer_list<Parameter> parameters, const Visit& visit) {
    for (Columns* row = start(query, parameters); row != nullptr; row = next(query)) visit(*row);
  }
  /// A statement without parameters that is used once.
  void execute(const std::string& sql);

 private:
  struct Connection;
  void begin(const char* sqlite, const char* postgresql);
  void control(const char* sql);
  [[noreturn]] void fail(const CatalogueError& error);
  Columns* start(const Query& query, std::initializer_list<Parameter> parameters);
  Columns* next(const Query& query);

  std::string url_;
  std::unique_ptr<Connection> connection_;
  bool lost_ = false;
};

/// Reads one state of the database, also where a transaction is open already.
class ReadScope {
 public:
  explicit ReadScope(Database& database) : database_(database), owns_(!database.in_transaction()) {
    if (owns_) database_.begin_read();
  }
  ~ReadScope() {
    if (owns_) database_.rollback();
  }
  ReadScope(const ReadScope&) = delete;
  ReadScope& operator=(const ReadScope&) = delete;

 private:
  Database& database_;
  bool owns_;
};

}  // namespace nhanrong::corpus
