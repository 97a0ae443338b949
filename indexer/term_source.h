#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

// NOLINTNEXTLINE(readability-identifier-naming): the library's name; its header stays in .cpp files
namespace Xapian {
class Database;
}
namespace nhanrong::corpus {
class PackedPostings;
}

namespace nhanrong::indexer {

/// Postings of one term: numbers of passages, ascending, and how often each has it.
struct Postings {
  std::vector<std::uint32_t> docids, counts;
  void clear() {
    docids.clear();
    counts.clear();
  }
};

/// The terms of a part of the passages of a generation, in order of their bytes.
class TermSource {
 public:
  virtual ~TermSource() = default;
  /// Goes to the next term, at first to the first one; false: there is none.
  virtual bool next() = 0;
  virtual const std::string& term() const = 0;
  /// Appends the postings of the term, once.
  virtual void read(Postings& to) = 0;
};

/// What is given outlives the source.
std::unique_ptr<TermSource> read_packed_terms(const corpus::PackedPostings& postings);
std::unique_ptr<TermSource> read_database_terms(const Xapian::Database& database);

}  // namespace nhanrong::indexer
