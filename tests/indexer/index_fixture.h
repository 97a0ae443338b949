#pragma once
#include <gtest/gtest.h>
#include <stdlib.h>
#include <xapian.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "corpus/facet_codes.h"
#include "corpus/index_schema.h"
#include "corpus/packed_postings.h"
#include "corpus/packed_tokens.h"
#include "indexer/generation.h"
#include "indexer/index_writer.h"
#include "indexer/term_source.h"

namespace nhanrong::indexer::testing {

namespace schema = corpus::index_schema;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "nhanrong-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = pattern;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// One passage a paragraph.
inline IndexDocument make_document(std::int64_t document, std::int64_t revision,
                                   const std::vector<std::string>& paragraphs,
                                   const std::string& title = "Báo cáo") {
  IndexDocument made;
  made.document = document;
  made.revision = revision;
  made.date = 20230711;
  made.title = title;
  made.facets = {{"type", "bao-cao"}, {"province", "yen-bai"}, {"collection", "chung"}};
  for (const std::string& paragraph : paragraphs) {
    const auto start = static_cast<std::uint32_t>(made.text.size());
    made.text += paragraph;
    made.passages.push_back({{}, start, static_cast<std::uint32_t>(made.text.size()), "p-1"});
    made.text += "\n";
  }
  return made;
}

/// A paragraph of `syllables` words that the number decides.
inline std::string make_paragraph(std::uint32_t seed, int syllables) {
  static constexpr const char* kWords[] = {
      "giảm", "nghèo", "bền",   "vững", "nông",   "thôn",  "mới",  "tiêu",  "chí",
      "hộ",   "xã",    "huyện", "tỉnh", "chương", "trình", "mục",  "quốc",  "gia",
      "đồng", "bào",   "dân",   "tộc",  "thiểu",  "số",    "giải", "ngân",  "vốn",
      "đầu",  "tư",    "công",  "kết",  "quả",    "khó",   "khăn", "vướng", "mắc"};
  std::minstd_rand random(seed + 1);
  std::string text;
  for (int i = 0; i < syllables; ++i) {
    if (i != 0) text += ' ';
    text += kWords[random() % std::size(kWords)];
  }
  return text;
}

template <class Entry>
std::vector<Entry> read_entries(const std::filesystem::path& path, std::uint64_t count) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(sizeof(schema::FileHeader));
  std::vector<Entry> entries(count);
  file.read(reinterpret_cast<char*>(entries.data()),
            static_cast<std::streamsize>(count * sizeof(Entry)));
  if (!file) throw std::runtime_error("short file " + path.string());
  return entries;
}

/// A generation as a reader sees it, plainly read.
struct ReadIndex {
  explicit ReadIndex(const std::filesystem::path& folder)
      : database((folder / "xapian").string()),
        state(load_generation_state(folder).value()),
        passages(read_entries<schema::PassageEntry>(folder / "passages", state.passages)),
        rows(read_entries<schema::RowEntry>(folder / "rows", state.rows)),
        values(read_entries<std::uint32_t>(folder / "values", state.values)),
        postings(corpus::PackedPostings::open(folder, state.uuid)),
        tokens(corpus::PackedTokens::open(folder, state.uuid)) {
    std::ifstream file(folder / "codes");
    for (std::string line; codes.size() < state.codes && std::getline(file, line);) {
      codes.push_back(line);
    }
    std::vector<bool> out(rows.size());
    for (const auto row : read_entries<std::uint32_t>(folder / "deleted", state.deleted)) {
      EXPECT_FALSE(out.at(row)) << "row deleted twice: " << row;
      out.at(row) = true;
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!out[row]) live.emplace(rows[row].document, row);
    }
  }

  /// document → revision
  std::map<std::int64_t, std::int64_t> revisions() const {
    std::map<std::int64_t, std::int64_t> all;
    for (const auto& [document, row] : live) all[document] = rows[row].revision;
    return all;
  }
  const schema::RowEntry& row_of(std::int64_t document) const { return rows[live.at(document)]; }
  std::vector<std::string> values_of(std::int64_t document) const {
    const auto& row = row_of(document);
    std::vector<std::string> lines;
    for (std::uint32_t i = 0; i < row.value_count; ++i) {
      const std::string& line = codes.at(values.at(row.first_value + i));
      const auto combined = corpus::read_facet_code_line(line).combined;
      if (!combined) lines.push_back(line);
      for (const auto code : combined.value_or(std::vector<std::uint32_t>())) {
        lines.push_back(codes.at(code));
      }
    }
    return lines;
  }
  /// Term → wdf of one passage, from 0; packed: 1 for terms without one.
  std::map<std::string, unsigned> terms_of(std::int64_t document, unsigned passage) const {
    std::map<std::string, unsigned> terms;
    const Xapian::docid docid = row_of(document).first_passage + passage;
    if (docid <= state.packed) {
      const auto all = read_packed_terms(*postings);
      for (Postings read; all->next(); read.clear()) {
        all->read(read);
        const auto found = std::ranges::lower_bound(read.docids, docid);
        if (found == read.docids.end() || *found != docid) continue;
        terms[all->term()] = read.counts.at(static_cast<std::size_t>(found - read.docids.begin()));
      }
      return terms;
    }
    for (auto term = database.termlist_begin(docid); term != database.termlist_end(docid); ++term) {
      terms[*term] = term.get_wdf();
    }
    return terms;
  }
  std::string sequence_of(std::int64_t document, unsigned passage) const {
    const Xapian::docid docid = row_of(document).first_passage + passage;
    return docid <= state.packed ? tokens->stored_sequence(docid)
                                 : database.get_document(docid).get_data();
  }
  /// Passages of the live rows are there, as long as they say, and nothing else is.
  void expect_consistent() const {
    Xapian::doccount expected = 0;
    for (const auto& [document, row] : live) {
      const auto& entry = rows[row];
      if (entry.first_passage > state.packed) expected += entry.passages;
      for (std::uint32_t i = 0; i < entry.passages; ++i) {
        const auto& passage = passages.at(entry.first_passage - 1 + i);
        EXPECT_EQ(passage.row, row);
        if (entry.first_passage <= state.packed) continue;
        EXPECT_EQ(database.get_doclength(entry.first_passage + i), passage.length);
      }
    }
    EXPECT_EQ(database.get_doccount(), expected);
  }

  Xapian::Database database;
  GenerationState state;
  std::vector<schema::PassageEntry> passages;
  std::vector<schema::RowEntry> rows;
  std::vector<std::uint32_t> values;
  std::shared_ptr<const corpus::PackedPostings> postings;  // null: nothing is packed
  std::shared_ptr<const corpus::PackedTokens> tokens;
  std::vector<std::string> codes;
  std::map<std::int64_t, std::size_t> live;  // document → row
};

}  // namespace nhanrong::indexer::testing
