#include "search/terms.h"

#include <xapian.h>

#include <optional>

#include "corpus/packed_postings.h"

namespace nhanrong::search {

bool has_unpacked(const Snapshot& snapshot) {
  return snapshot.packed == nullptr || snapshot.packed->passages() < snapshot.passages.size();
}

void each_term(const Snapshot& snapshot, std::string_view prefix,
               const std::function<bool(const std::string& term, std::uint32_t frequency)>& use) {
  std::optional<corpus::PackedPostings::Cursor> packed;
  if (snapshot.packed != nullptr) packed.emplace(snapshot.packed->terms_from(prefix));
  const bool unpacked = has_unpacked(snapshot);
  Xapian::TermIterator at, end;
  if (unpacked) {
    at = snapshot.database->allterms_begin(std::string(prefix));
    end = snapshot.database->allterms_end(std::string(prefix));
  }
  const auto has_packed = [&] {
    return packed && !packed->at_end() && packed->name().substr(0, prefix.size()) == prefix;
  };
  while (has_packed() || (unpacked && at != end)) {
    const std::string in_database = unpacked && at != end ? *at : std::string();
    const bool from_packed = has_packed() && (in_database.empty() || packed->name() <= in_database);
    const std::string term = from_packed ? std::string(packed->name()) : in_database;
    std::uint32_t frequency = 0;
    if (from_packed) {
      const corpus::PackedList list = packed->list();
      frequency += list.count() - list.count_of(snapshot.gone);
      packed->next();
    }
    if (!in_database.empty() && term == in_database) {
      frequency += at.get_termfreq();
      ++at;
    }
    if (!use(term, frequency)) return;
  }
}

}  // namespace nhanrong::search
