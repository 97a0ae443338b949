#include <fmt/format.h>

#include "corpus/catalogue.h"
#include "corpus/catalogue_impl.h"
#include "corpus/statements.h"

namespace nhanrong::corpus {

Strings Catalogue::check() {
  Database& database = impl_->database;
  const ReadScope scope(database);
  Strings faults;
  if (database.is_sqlite()) {
    database.each(statements::kIntegritySqlite, {}, [&faults](Columns& row) {
      if (row.text(0) != "ok") faults.push_back(row.text(0));
    });
  }
  for (const statements::Fault& fault : statements::kFaults) {
    database.each(fault.query, {}, [&faults, &fault](Columns& row) {
      faults.push_back(fmt::format("{}: {}", fault.name, row.text(0)));
    });
  }
  std::int64_t entries = 0, first = 0, last = 0;
  database.each(statements::kFeedBounds, {}, [&](Columns& row) {
    entries = row.integer(0);
    first = row.integer(1);
    last = row.integer(2);
  });
  if (entries != last || (entries > 0 && first != 1) || last != last_change()) {
    faults.push_back(
        fmt::format("the feed has gaps: {} entries from {} to {}, last number given {}", entries,
                    first, last, last_change()));
  }
  return faults;
}

}  // namespace nhanrong::corpus
