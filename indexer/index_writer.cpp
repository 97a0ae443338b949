#include "indexer/index_writer.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xapian.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include "indexer/append_file.h"
#include "indexer/derived_file.h"
#include "indexer/generation.h"
#include "indexer/passage_terms.h"
#include "indexer/xapian_error.h"
#include "text/values.h"

namespace nhanrong::indexer {
namespace {

namespace schema = corpus::index_schema;
using schema::PassageEntry;
using schema::RowEntry;

constexpr std::size_t kHeaderBytes = sizeof(schema::FileHeader);

/// A random UUID, version 4.
std::string make_uuid() {
  std::random_device random;
  const auto word = [&] { return static_cast<unsigned>(random()); };
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:08x}{:04x}", word(), word() & 0xffff,
                     word() & 0xfff, (word() & 0x3fff) | 0x8000, word(), word() & 0xffff);
}

std::uint64_t generation_number(const std::filesystem::path& folder) {
  const std::string name = folder.filename().string();
  std::uint64_t number = 0;
  std::from_chars(name.data(), name.data() + name.size(), number);
  return number;
}

std::uint32_t role_bits(const corpus::Strings& roles) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < schema::kRoles.size(); ++i) {
    if (std::ranges::find(roles, schema::kRoles[i]) != roles.end()) bits |= 1u << i;
  }
  return bits;
}

/// A line of `codes`; line ends and tabs inside a value would break the file.
std::string code_line(std::string_view facet, std::string_view value) {
  std::string line = fmt::format("{}\t{}", facet, value);
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin() + static_cast<std::ptrdiff_t>(facet.size()) + 1, line.end(), '\t', ' ');
  return line;
}

/// Where the first `lines` lines of a text end; nullopt: it has fewer.
std::optional<std::size_t> end_of_lines(std::string_view text, std::uint64_t lines) {
  std::size_t end = 0;
  for (; lines > 0; --lines) {
    const std::size_t line_end = text.find('\n', end);
    if (line_end == std::string_view::npos) return std::nullopt;
    end = line_end + 1;
  }
  return end;
}

/// Collects terms, length and token sequence of one passage.
class PassageBuilder {
 public:
  PassageTerms& terms() { return terms_; }
  void add_sequence(std::span<const text::Token> tokens) {
    const char* gap = "";
    for (const text::Token& token : tokens) {
      sequence_ += gap;
      sequence_ += token.exact;
      gap = " ";
    }
  }
  void end_title() { sequence_ += '\n'; }

  std::uint32_t length() const { return static_cast<std::uint32_t>(terms_.counted().size()); }
  Xapian::Document finish() const {
    Xapian::Document document;
    for (const std::string& term : terms_.counted()) document.add_term(term);
    // Without wdf: the length of a passage is that of its syllables and bigrams, for us and for
    // Xapian.
    for (const std::string& term : terms_.uncounted()) document.add_boolean_term(term);
    document.set_data(sequence_);
    return document;
  }

 private:
  PassageTerms terms_;
  std::string sequence_;
};

/// A text with its tokens and values.
struct AnalysedText {
  AnalysedText() = default;
  AnalysedText(std::string_view text, const text::Analyzer& analyzer)
      : tokens(analyzer.analyse(text)), values(text::find_values(text, tokens)) {}

  text::Analysis tokens;
  std::vector<text::Value> values;
};

/// The passages of a document, one after the other, analysed some together: tokens take a hundred
/// times the space of a text of short words.
class PassageAnalysis {
 public:
  PassageAnalysis(const IndexDocument& document, const text::Analyzer& analyzer)
      : document_(document), analyzer_(analyzer) {}

  /// Analyses on to passage `i`, the one after that of the last call.
  void go_to(std::size_t i) {
    const auto& passages = document_.passages;
    if (i < end_) return;
    start_ = passages[i].start;
    std::uint32_t stop = passages[i].end;
    for (end_ = i + 1; end_ < passages.size(); ++end_) {
      const corpus::Passage& next = passages[end_];
      if (next.start < stop || next.end - start_ > kTogether) break;
      stop = next.end;
    }
    text_ = {};
    text_ = AnalysedText(std::string_view(document_.text).substr(start_, stop - start_), analyzer_);
  }
  const AnalysedText& text() const { return text_; }
  std::span<const text::Token> tokens_of(const corpus::Passage& passage) const {
    const auto starts_before = [](const text::Token& token, std::uint32_t byte) {
      return token.start < byte;
    };
    const auto& tokens = text_.tokens.tokens;
    const auto first =
        std::lower_bound(tokens.begin(), tokens.end(), passage.start - start_, starts_before);
    const auto last = std::lower_bound(first, tokens.end(), passage.end - start_, starts_before);
    return {first, last};
  }

 private:
  static constexpr std::uint32_t kTogether = 200'000;  // bytes

  const IndexDocument& document_;
  const text::Analyzer& analyzer_;
  AnalysedText text_;
  std::uint32_t start_ = 0;  // of the stretch that is analysed
  std::size_t end_ = 0;      // the first passage behind it
};

/// The values whose first token is one of `tokens`, a part of `text`.
std::span<const text::Value> values_within(const AnalysedText& text,
                                           std::span<const text::Token> tokens) {
  const auto starts_before = [](const text::Value& value, std::size_t token) {
    return value.first_token < token;
  };
  const auto begin = static_cast<std::size_t>(tokens.data() - text.tokens.tokens.data());
  const auto first = std::lower_bound(text.values.begin(), text.values.end(), begin, starts_before);
  const auto last =
      std::lower_bound(first, text.values.end(), begin + tokens.size(), starts_before);
  return {first, last};
}

/// Opens the database, or makes one where nothing was ever committed: tables without the version
/// file that the first commit writes are what a killed writer left. Xapian's lock belongs to an
/// open file, which a process that another thread is just spawning shares until it executes its
/// program: a lock that was given back can look held for a moment.
Xapian::WritableDatabase open_database(const std::filesystem::path& folder) {
  constexpr int kAttempts = 20;
  constexpr std::chrono::milliseconds kPause{10};
  if (!std::filesystem::exists(folder / "iamglass")) std::filesystem::remove_all(folder);
  for (int attempt = 1;; ++attempt) {
    try {
      return Xapian::WritableDatabase(folder.string(),
                                      Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
    } catch (const Xapian::DatabaseLockError&) {
      if (attempt == kAttempts) throw;
    }
    std::this_thread::sleep_for(kPause);
  }
}

corpus::FileLock hold(const std::filesystem::path& generation) {
  std::filesystem::create_directories(generation);
  auto lock = corpus::FileLock::try_acquire(generation / "held", true);
  if (!lock) {
    throw std::runtime_error(fmt::format("{}: is being removed", generation.string()));
  }
  return std::move(*lock);
}

}  // namespace

struct IndexWriter::Impl {
  Impl(const std::filesystem::path& folder_, const text::Analyzer& analyzer_)
      : folder(folder_),
        analyzer(analyzer_),
        held(hold(folder)),
        database(open_database(folder / "xapian")) {
    if (database.get_metadata(std::string(schema::kMetaSchema)).empty()) initialise();
    check_versions();
    open_files();
    load_codes();
    load_live_rows();
    // Inside a transaction Xapian never commits by itself, which would separate postings from the
    // metadata and files that belong to them.
    database.begin_transaction();
  }

  std::string metadata(std::string_view key) const {
    return database.get_metadata(std::string(key));
  }

  /// Makes an empty generation of a folder without any commit. The database comes last: its commit
  /// makes the generation.
  void initialise() {
    if (database.get_doccount() != 0) {
      throw IndexUnusable(fmt::format("{}: damaged: no metadata", folder.string()));
    }
    state.schema = schema::kSchemaVersion;
    state.analyzer = text::kAnalyzerVersion;
    state.uuid = make_uuid();
    for (const EntryFile& file : kEntryFiles) {
      write_file(folder / file.name,
                 bytes_of(make_header(file.entry_bytes, state.uuid, generation_number(folder))));
    }
    write_file(folder / "codes", "");
    sync_folder(folder);
    write_metadata();
    database.commit();
  }

  void check_versions() {
    if (metadata(schema::kMetaSchema) != std::to_string(schema::kSchemaVersion) ||
        metadata(schema::kMetaAnalyzer) != std::to_string(text::kAnalyzerVersion)) {
      throw IndexUnusable(
          fmt::format("{}: made by another version of the index: reindex", folder.string()));
    }
    const auto committed =
        parse_generation_state([this](std::string_view key) { return metadata(key); });
    if (!committed) damaged("metadata");
    state = *committed;
  }

  [[noreturn]] void damaged(std::string_view what) const {
    throw IndexUnusable(fmt::format("{}: damaged: {}", folder.string(), what));
  }

  void open_files() {
    files.reserve(kEntryFiles.size());
    for (const EntryFile& file : kEntryFiles) {
      open_file(file.name, kHeaderBytes + state.*file.count * file.entry_bytes);
      const auto wanted = make_header(file.entry_bytes, state.uuid, generation_number(folder));
      std::array<char, kHeaderBytes> header;
      files.back().read(0, header);
      if (bytes_of(wanted) != std::string_view(header.data(), header.size())) damaged(file.name);
    }
  }

  void open_file(std::string_view name, std::uint64_t size_bytes) {
    std::error_code ignored;
    const auto found = std::filesystem::file_size(folder / name, ignored);
    if (ignored || found < size_bytes) damaged(name);
    files.emplace_back(folder / name, size_bytes);
  }

  void load_codes() {
    if (!std::filesystem::exists(folder / "codes")) damaged("codes");
    std::string text(std::filesystem::file_size(folder / "codes"), '\0');
    AppendFile(folder / "codes", text.size()).read(0, text);
    const auto end = end_of_lines(text, state.codes);
    if (!end) damaged("codes");
    open_file("codes", *end);
    for (std::size_t start = 0; start < *end;) {
      const std::size_t line_end = text.find('\n', start);
      codes.emplace(text.substr(start, line_end - start), static_cast<std::uint32_t>(codes.size()));
      start = line_end + 1;
    }
    if (codes.size() != state.codes) damaged("codes");
  }

  void load_live_rows() {
    std::vector<bool> out(state.rows);
    for (std::uint64_t i = 0; i < state.deleted; ++i) {
      const auto row = read_entry<std::uint32_t>(kDeleted, i);
      if (row >= state.rows) damaged("deleted");
      out[row] = true;
    }
    for (std::uint64_t row = 0; row < state.rows; ++row) {
      if (out[row]) continue;
      const auto entry = read_entry<RowEntry>(kRows, row);
      if (!live.emplace(entry.document, static_cast<std::uint32_t>(row)).second) damaged("rows");
    }
  }

  template <class Entry>
  Entry read_entry(std::size_t file, std::uint64_t index) {
    std::array<char, sizeof(Entry)> bytes;
    files[file].read(kHeaderBytes + index * sizeof(Entry), bytes);
    Entry entry;
    std::memcpy(&entry, bytes.data(), sizeof entry);
    return entry;
  }

  template <class Entry>
  void append_entry(std::size_t file, const Entry& entry) {
    files[file].append(bytes_of(entry));
    ++(state.*kEntryFiles[file].count);
  }

  std::uint32_t code(const std::string& facet, const std::string& value) {
    const std::string line = code_line(facet, value);
    const auto [found, added] = codes.emplace(line, static_cast<std::uint32_t>(codes.size()));
    if (added) {
      files[kCodes].append(line + "\n");
      ++state.codes;
    }
    return found->second;
  }

  std::uint32_t append_values(const IndexDocument& document) {
    std::vector<std::uint32_t> row_codes;
    for (const auto& [facet, value] : document.facets) {
      const std::uint32_t value_code = code(facet, value);
      if (std::ranges::find(row_codes, value_code) == row_codes.end()) {
        row_codes.push_back(value_code);
      }
    }
    for (const std::uint32_t value_code : row_codes) append_entry(kValues, value_code);
    return static_cast<std::uint32_t>(row_codes.size());
  }

  void append_passages(const IndexDocument& document) {
    const AnalysedText title(document.title, analyzer);
    PassageAnalysis body(document, analyzer);
    for (std::size_t i = 0; i < document.passages.size(); ++i) {
      const corpus::Passage& passage = document.passages[i];
      PassageBuilder builder;
      if (i == 0) {
        builder.terms().add_title(title.tokens.tokens);
        builder.terms().add_values(title.values);
        builder.terms().add_own_number(document.number, analyzer);
        builder.terms().add_issuer(document.issuer, analyzer);
        for (const std::string& cited : document.cites) {
          builder.terms().add_cited_number(cited, analyzer);
        }
        builder.add_sequence(title.tokens.tokens);
      }
      builder.end_title();
      body.go_to(i);
      const auto tokens = body.tokens_of(passage);
      builder.terms().add_text(tokens);
      builder.terms().add_values(values_within(body.text(), tokens));
      builder.add_sequence(tokens);
      append_entry(kPassages, PassageEntry{static_cast<std::uint32_t>(state.rows), builder.length(),
                                           role_bits(passage.roles)});
      // The number is ours, one after all that ever were: Xapian's own next one could be lower
      // after the last passages went out.
      database.replace_document(static_cast<Xapian::docid>(state.passages), builder.finish());
    }
  }

  void put(const IndexDocument& document) {
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint32_t>::max();
    if (document.passages.empty()) {
      throw std::invalid_argument(fmt::format("document {} has no passage", document.document));
    }
    if (state.passages + document.passages.size() > kMax || state.rows >= kMax) {
      throw IndexUnusable(fmt::format("{}: all numbers are used: reindex", folder.string()));
    }
    remove(document.document);
    RowEntry row{};
    row.document = document.document;
    row.revision = document.revision;
    row.first_value = state.values;
    row.first_passage = static_cast<std::uint32_t>(state.passages + 1);
    row.passages = static_cast<std::uint32_t>(document.passages.size());
    row.value_count = append_values(document);
    row.date = document.date;
    row.flags = document.flags;
    row.family = document.family;
    append_passages(document);
    live[document.document] = static_cast<std::uint32_t>(state.rows);
    append_entry(kRows, row);
  }

  void remove(std::int64_t document) {
    const auto found = live.find(document);
    if (found == live.end()) return;
    const auto row = read_entry<RowEntry>(kRows, found->second);
    for (std::uint32_t i = 0; i < row.passages; ++i) {
      try {
        database.delete_document(row.first_passage + i);
      } catch (const Xapian::DocNotFoundError&) {
        damaged(fmt::format("passage {} is missing", row.first_passage + i));
      }
    }
    append_entry(kDeleted, found->second);
    live.erase(found);
  }

  void write_metadata() {
    const auto set = [this](std::string_view key, const std::string& value) {
      database.set_metadata(std::string(key), value);
    };
    set(schema::kMetaSchema, std::to_string(state.schema));
    set(schema::kMetaAnalyzer, std::to_string(state.analyzer));
    set(schema::kMetaChange, std::to_string(state.change));
    set(schema::kMetaPassages, std::to_string(state.passages));
    set(schema::kMetaRows, std::to_string(state.rows));
    set(schema::kMetaValues, std::to_string(state.values));
    set(schema::kMetaCodes, std::to_string(state.codes));
    set(schema::kMetaDeleted, std::to_string(state.deleted));
    set(schema::kMetaUuid, state.uuid);
  }

  void commit(std::int64_t change) {
    for (AppendFile& file : files) file.sync();
    state.change = change;
    write_metadata();
    database.commit_transaction();
    database.begin_transaction();
  }

  // Positions in `files`: those of kEntryFiles, then the text of the codes.
  static constexpr std::size_t kPassages = 0, kRows = 1, kValues = 2, kDeleted = 3, kCodes = 4;

  std::filesystem::path folder;
  const text::Analyzer& analyzer;
  corpus::FileLock held;
  Xapian::WritableDatabase database;
  GenerationState state;  // of the commit to come
  std::vector<AppendFile> files;
  std::unordered_map<std::string, std::uint32_t> codes;  // line → number
  std::unordered_map<std::int64_t, std::uint32_t> live;  // document → its row
};

IndexWriter::IndexWriter(const std::filesystem::path& generation, const text::Analyzer& analyzer)
    : impl_(with_xapian(generation, [&] { return std::make_unique<Impl>(generation, analyzer); })) {
}

IndexWriter::~IndexWriter() = default;

void IndexWriter::put(const IndexDocument& document) {
  with_xapian(impl_->folder, [&] { impl_->put(document); });
}

void IndexWriter::remove(std::int64_t document) {
  with_xapian(impl_->folder, [&] { impl_->remove(document); });
}

void IndexWriter::commit(std::int64_t change) {
  with_xapian(impl_->folder, [&] { impl_->commit(change); });
}

std::int64_t IndexWriter::last_change() const { return impl_->state.change; }

}  // namespace nhanrong::indexer
