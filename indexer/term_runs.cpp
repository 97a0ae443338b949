#include "indexer/term_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "corpus/leb128.h"

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = 1 << 20;
constexpr std::size_t kListBytes = 160;  // of an empty list and its place in the table

[[noreturn]] void cannot_write(const fs::path& file) {
  throw std::runtime_error(fmt::format("{}: cannot be written: is the disk full?", file.string()));
}

/// A run: of each term u32 its size, u32 that of its postings, the term, the postings.
class RunTerms : public TermSource {
 public:
  explicit RunTerms(const fs::path& file) : path_(file), buffer_(kBufferBytes) {
    file_.rdbuf()->pubsetbuf(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    file_.open(file, std::ios::binary);
    if (!file_) throw std::runtime_error(fmt::format("{}: cannot be read", file.string()));
  }

  bool next() override {
    std::uint32_t sizes[2];
    if (!file_.read(reinterpret_cast<char*>(sizes), sizeof sizes)) {
      if (file_.eof() && file_.gcount() == 0) return false;
      throw std::runtime_error(fmt::format("{}: cannot be read", path_.string()));
    }
    term_.resize(sizes[0]);
    bytes_.resize(sizes[1]);
    file_.read(term_.data(), static_cast<std::streamsize>(term_.size()));
    file_.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    if (!file_) throw std::runtime_error(fmt::format("{}: cannot be read", path_.string()));
    return true;
  }
  const std::string& term() const override { return term_; }
  void read(Postings& to) override {
    const auto* at = reinterpret_cast<const std::byte*>(bytes_.data());
    const std::byte* const end = at + bytes_.size();
    for (std::uint32_t docid = 0; at != end;) {
      docid += corpus::next_leb128(at, end);
      to.docids.push_back(docid);
      to.counts.push_back(corpus::next_leb128(at, end));
    }
  }

 private:
  fs::path path_;
  std::vector<char> buffer_;
  std::ifstream file_;
  std::string term_, bytes_;
};

}  // namespace

TermRuns::TermRuns(fs::path folder, std::size_t memory_bytes)
    : folder_(std::move(folder)), memory_bytes_(memory_bytes) {
  fs::create_directories(folder_);
}

TermRuns::~TermRuns() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

TermRuns::List& TermRuns::list_of(const std::string& term) {
  const auto [found, added] = lists_.try_emplace(term);
  if (added) used_bytes_ += kListBytes + term.size();
  return found->second;
}

void TermRuns::begin_posting(List& list, std::uint32_t docid) {
  end_posting(list);
  list.last = docid;
  list.count = 0;
}

void TermRuns::end_posting(List& list) {
  if (list.last == 0) return;
  const std::size_t before = list.bytes.capacity();
  corpus::append_leb128(list.bytes, list.last - list.written);
  corpus::append_leb128(list.bytes, list.count);
  used_bytes_ += list.bytes.capacity() - before;
  list.written = list.last;
}

void TermRuns::add(std::uint32_t docid, const std::vector<std::string>& counted,
                   const std::vector<std::string>& uncounted) {
  for (const std::string& term : counted) {
    List& list = list_of(term);
    if (list.last != docid) begin_posting(list, docid);
    ++list.count;
  }
  for (const std::string& term : uncounted) {
    List& list = list_of(term);
    if (list.last != docid) begin_posting(list, docid);
  }
  if (used_bytes_ > memory_bytes_) write_run();
}

void TermRuns::write_run() {
  std::vector<std::pair<const std::string, List>*> sorted;
  sorted.reserve(lists_.size());
  for (auto& entry : lists_) {
    end_posting(entry.second);
    sorted.push_back(&entry);
  }
  std::ranges::sort(sorted, {},
                    [](const auto* entry) -> const std::string& { return entry->first; });
  const fs::path path = folder_ / fmt::format("run-{}", runs_.size());
  std::vector<char> buffer(kBufferBytes);
  std::ofstream file;
  file.rdbuf()->pubsetbuf(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  file.open(path, std::ios::binary);
  for (const auto* entry : sorted) {
    const std::uint32_t sizes[2] = {static_cast<std::uint32_t>(entry->first.size()),
                                    static_cast<std::uint32_t>(entry->second.bytes.size())};
    file.write(reinterpret_cast<const char*>(sizes), sizeof sizes);
    file.write(entry->first.data(), sizes[0]);
    file.write(entry->second.bytes.data(), sizes[1]);
  }
  file.close();
  if (!file) cannot_write(path);
  runs_.push_back(path);
  lists_.clear();
  used_bytes_ = 0;
}

std::vector<std::unique_ptr<TermSource>> TermRuns::finish() {
  if (!lists_.empty()) write_run();
  std::vector<std::unique_ptr<TermSource>> sources;
  sources.reserve(runs_.size());
  for (const fs::path& run : runs_) sources.push_back(std::make_unique<RunTerms>(run));
  return sources;
}

}  // namespace nhanrong::indexer
