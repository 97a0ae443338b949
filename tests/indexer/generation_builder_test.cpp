#include "indexer/generation_builder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

#include "corpus/packed_postings.h"
#include "corpus/packed_tokens.h"
#include "indexer/term_runs.h"
#include "indexer/term_source.h"
#include "tests/indexer/index_fixture.h"

namespace nhanrong::indexer {
namespace {

using testing::make_document;
using testing::make_paragraph;
using testing::ReadIndex;
using testing::TemporaryFolder;

/// Term → passage → how often.
using Terms = std::map<std::string, std::map<std::uint32_t, std::uint32_t>>;

void add_terms(TermSource& source, Terms& terms) {
  while (source.next()) {
    Postings read;
    source.read(read);
    for (std::size_t i = 0; i < read.docids.size(); ++i) {
      // Packed postings have 1 where the database has no frequency.
      const std::uint32_t count = std::max(read.counts[i], 1U);
      EXPECT_TRUE(terms[source.term()].emplace(read.docids[i], count).second);
    }
  }
}

/// All that a generation holds of its live passages, and the stored sequence of each.
struct Contents {
  explicit Contents(const std::filesystem::path& folder) {
    const ReadIndex index(folder);
    const auto postings = corpus::PackedPostings::open(folder, index.state.uuid);
    const auto tokens = corpus::PackedTokens::open(folder, index.state.uuid);
    EXPECT_EQ(postings != nullptr, index.state.packed != 0);
    if (postings) add_terms(*read_packed_terms(*postings), terms);
    add_terms(*read_database_terms(index.database), terms);
    for (const auto& [document, row] : index.live) {
      const auto& entry = index.rows[row];
      revisions[document] = entry.revision;
      values[document] = index.values_of(document);
      for (std::uint32_t id = entry.first_passage; id < entry.first_passage + entry.passages;
           ++id) {
        EXPECT_EQ(index.passages.at(id - 1).row, row);
        lengths[id] = index.passages.at(id - 1).length;
        sequences[id] = id <= index.state.packed ? tokens->stored_sequence(id)
                                                 : index.database.get_document(id).get_data();
      }
    }
    live_passages = index.state.live_passages;
    live_length = index.state.live_length;
    // What went since it was packed stands in the file until the next generation.
    for (auto& [term, passages] : terms) {
      std::erase_if(passages, [&](const auto& one) { return !lengths.contains(one.first); });
    }
    std::erase_if(terms, [](const auto& term) { return term.second.empty(); });
  }
  bool operator==(const Contents&) const = default;

  Terms terms;
  std::map<std::int64_t, std::int64_t> revisions;
  std::map<std::int64_t, std::vector<std::string>> values;
  std::map<std::uint32_t, std::uint32_t> lengths;
  std::map<std::uint32_t, std::string> sequences;
  std::uint64_t live_passages = 0, live_length = 0;
};

class GenerationBuilderTest : public ::testing::Test {
 protected:
  std::filesystem::path generation(int number) const {
    return temporary_.path() / fmt::format("{:04}", number);
  }
  static IndexDocument document(std::int64_t key, std::int64_t revision) {
    const auto seed = static_cast<std::uint32_t>(key * 1000 + revision);
    IndexDocument made = make_document(
        key, revision, {make_paragraph(seed, 40), make_paragraph(seed + 7, 25) + " 12/5/2024"},
        fmt::format("Báo cáo số {}", key));
    made.number = fmt::format("{}/BC-UBND", key);
    made.issuer = "UBND tỉnh Yên Bái";
    made.cites = {"1719/QĐ-TTg"};
    made.facets.emplace_back("year", std::to_string(2020 + key % 5));
    return made;
  }
  static std::vector<IndexDocument> documents(std::int64_t first, std::int64_t last,
                                              std::int64_t revision) {
    std::vector<IndexDocument> made;
    for (std::int64_t key = first; key <= last; ++key) made.push_back(document(key, revision));
    return made;
  }

  TemporaryFolder temporary_;
  text::Analyzer analyzer_;
};

TEST_F(GenerationBuilderTest, HoldsItsBaseAsItWasWhenItBegan) {
  {
    IndexWriter writer(generation(1), analyzer_);
    for (const auto& one : documents(1, 60, 1)) writer.put(one);
    writer.commit(60);
  }
  const Contents before(generation(1));
  {
    GenerationBuilder builder(generation(2), analyzer_, generation(1));
    IndexWriter writer(generation(1), analyzer_);
    // Xapian writes over what is two commits old.
    for (std::int64_t commit = 1; commit <= 5; ++commit) {
      for (const auto& one : documents(1, 60, 1 + commit)) writer.put(one);
      writer.remove(commit);
      writer.commit(60 + commit);
    }
    EXPECT_TRUE(builder.finish(60));
  }
  EXPECT_FALSE(std::filesystem::exists(generation(2) / "base"));
  EXPECT_EQ(Contents(generation(2)), before);
  EXPECT_EQ(ReadIndex(generation(2)).state.change, 60);
}

TEST_F(GenerationBuilderTest, HoldsWhatAWriterHolds) {
  {
    IndexWriter writer(generation(1), analyzer_);
    for (const auto& one : documents(1, 60, 1)) writer.put(one);
    writer.remove(7);
    for (const auto& one : documents(20, 30, 2)) writer.put(one);
    writer.commit(99);
  }
  {
    GenerationBuilder builder(generation(2), analyzer_);
    builder.put(documents(1, 60, 1));
    builder.remove(7);
    builder.put(documents(20, 30, 2));
    EXPECT_TRUE(builder.finish(99));
  }
  const Contents one_by_one(generation(1)), together(generation(2));
  EXPECT_EQ(together.terms, one_by_one.terms);
  EXPECT_EQ(together.sequences, one_by_one.sequences);
  EXPECT_TRUE(together == one_by_one);
  EXPECT_EQ(load_generation_state(generation(2))->change, 99);
}

TEST_F(GenerationBuilderTest, GoesOnFromAnotherGenerationAndWhatCameBehindIt) {
  {
    GenerationBuilder builder(generation(1), analyzer_);
    builder.put(documents(1, 40, 1));
    ASSERT_TRUE(builder.finish(1));
  }
  {
    IndexWriter writer(generation(1), analyzer_);
    for (const auto& one : documents(35, 50, 2)) writer.put(one);
    writer.remove(3);
    writer.remove(50);
    writer.commit(2);
  }
  {
    GenerationBuilder builder(generation(2), analyzer_, generation(1));
    builder.remove(4);
    builder.put(documents(45, 70, 3));
    ASSERT_TRUE(builder.finish(3));
  }
  {
    IndexWriter writer(generation(3), analyzer_);
    for (const auto& one : documents(1, 40, 1)) writer.put(one);
    for (const auto& one : documents(35, 50, 2)) writer.put(one);
    for (const int gone : {3, 50, 4}) writer.remove(gone);
    for (const auto& one : documents(45, 70, 3)) writer.put(one);
    writer.commit(3);
  }
  EXPECT_TRUE(Contents(generation(2)) == Contents(generation(3)));
  EXPECT_EQ(ReadIndex(generation(2)).database.get_doccount(), 0U);
}

/// What a term of weight 1 adds to each document of a list, by document.
std::map<std::uint32_t, double> impacts_of(const ReadIndex& index, const Postings& list,
                                           const corpus::ImpactScale& scale) {
  std::map<std::uint32_t, double> best, in_document, impacts;
  for (std::size_t i = 0; i < list.docids.size(); ++i) {
    const auto& passage = index.passages.at(list.docids[i] - 1);
    const double frequency = std::max(list.counts[i], 1U);
    best[passage.row] =
        std::max(best[passage.row],
                 corpus::saturated(scale.score, frequency, passage.length, scale.average_passage));
    in_document[passage.row] += frequency;
  }
  for (const auto& [row, frequency] : in_document) {
    const auto& entry = index.rows.at(row);
    double length = 0;
    for (std::uint32_t p = 0; p < entry.passages; ++p) {
      length += index.passages.at(entry.first_passage - 1 + p).length;
    }
    impacts[row] =
        best[row] + scale.score.document *
                        corpus::saturated(scale.score, frequency, length, scale.average_document);
  }
  return impacts;
}

TEST_F(GenerationBuilderTest, BoundsWhatEachBlockOfATermAdds) {
  {
    GenerationBuilder builder(generation(1), analyzer_);
    for (int key = 1; key <= 400; ++key) {
      std::vector<std::string> parts(static_cast<std::size_t>(1 + key % 4));
      for (std::size_t p = 0; p < parts.size(); ++p) {
        parts[p] = "chung";
        for (int i = 0; i < (key * 7 + static_cast<int>(p) * 3) % 23; ++i) {
          parts[p] += i % 3 == 0 ? " nghèo" : fmt::format(" từ{}", key % 50);
        }
      }
      builder.put(std::vector{make_document(key, key, parts)});
    }
    builder.remove(5);
    EXPECT_TRUE(builder.finish(1));
  }
  const ReadIndex index(generation(1));
  const auto postings = corpus::PackedPostings::open(generation(1), index.state.uuid);
  const auto& scale = postings->impacts();
  const auto terms = read_packed_terms(*postings);
  std::size_t blocks = 0;
  for (Postings read; terms->next(); read.clear()) {
    terms->read(read);
    const auto impacts = impacts_of(index, read, scale);
    const auto list = postings->find(terms->term());
    std::uint8_t most = 0;
    for (std::size_t b = 0; b < list.blocks(); ++b) {
      double wanted = 0;
      const std::size_t end = std::min(read.docids.size(), (b + 1) * corpus::kBlockPostings);
      for (std::size_t i = b * corpus::kBlockPostings; i < end; ++i) {
        wanted = std::max(wanted, impacts.at(index.passages.at(read.docids[i] - 1).row));
      }
      EXPECT_EQ(list.block(b).impact(), scale.steps_of(wanted)) << terms->term() << ' ' << b;
      most = std::max(most, list.block(b).impact());
      ++blocks;
    }
    EXPECT_EQ(list.impact(), most) << terms->term();
  }
  EXPECT_GT(blocks, 100U);
  EXPECT_GT(postings->find("chung").blocks(), 5U);
}

TEST_F(GenerationBuilderTest, CanBeInterruptedAndLeavesTheOtherGeneration) {
  {
    GenerationBuilder builder(generation(1), analyzer_);
    builder.put(documents(1, 1500, 1));
    ASSERT_TRUE(builder.finish(1));
  }
  const Contents before(generation(1));
  {
    GenerationBuilder builder(generation(2), analyzer_, generation(1));
    builder.put(documents(1501, 1510, 1));
    EXPECT_FALSE(builder.finish(2, [] { return true; }));
  }
  EXPECT_FALSE(load_generation_state(generation(2)).has_value());
  EXPECT_TRUE(Contents(generation(1)) == before);
}

TEST_F(GenerationBuilderTest, TakesALongTextPassageByPassage) {
  std::vector<std::string> paragraphs;
  for (std::uint32_t i = 0; i < 300; ++i) paragraphs.push_back(make_paragraph(i, 900));
  const IndexDocument book = make_document(1, 1, paragraphs);
  ASSERT_GT(book.text.size(), std::size_t{1} << 20);
  {
    GenerationBuilder builder(generation(1), analyzer_);
    builder.put(std::vector{document(2, 1), book, document(3, 1)});
    ASSERT_TRUE(builder.finish(1));
  }
  IndexWriter writer(generation(2), analyzer_);
  for (const auto& one : {document(2, 1), book, document(3, 1)}) writer.put(one);
  writer.commit(1);
  EXPECT_TRUE(Contents(generation(1)) == Contents(generation(2)));
}

TEST_F(GenerationBuilderTest, RefusesADocumentWithoutPassages) {
  GenerationBuilder builder(generation(1), analyzer_);
  IndexDocument empty = document(2, 1);
  empty.passages.clear();
  EXPECT_THROW(builder.put(std::vector{document(1, 1), empty, document(3, 1)}),
               std::invalid_argument);
}

TEST_F(GenerationBuilderTest, OfNothingIsAnEmptyIndex) {
  GenerationBuilder(generation(1), analyzer_).finish(5);
  EXPECT_EQ(load_generation_state(generation(1))->change, 5);
  EXPECT_EQ(ReadIndex(generation(1)).live.size(), 0U);
  IndexWriter writer(generation(1), analyzer_);
  writer.put(document(1, 1));
  writer.commit(6);
  EXPECT_EQ(ReadIndex(generation(1)).live.size(), 1U);
}

TEST_F(GenerationBuilderTest, IsDueWhenMuchCameOrWent) {
  const auto write = [&](const auto& work) {
    IndexWriter writer(generation(1), analyzer_);
    work(writer);
    writer.commit(1);
  };
  write([&](IndexWriter& writer) {
    for (const auto& one : documents(1, 500, 1)) writer.put(one);
  });
  EXPECT_FALSE(packing_is_due(generation(1))) << "a thousand passages are read as quickly";
  write([&](IndexWriter& writer) { writer.put(document(501, 1)); });
  EXPECT_TRUE(packing_is_due(generation(1)));
  ASSERT_TRUE(GenerationBuilder(generation(2), analyzer_, generation(1)).finish(2));
  EXPECT_FALSE(packing_is_due(generation(2)));
  IndexWriter writer(generation(2), analyzer_);
  for (int gone = 1; gone <= 100; ++gone) writer.remove(gone);
  writer.commit(3);
  EXPECT_FALSE(packing_is_due(generation(2)));
  writer.remove(101);
  writer.commit(4);
  EXPECT_TRUE(packing_is_due(generation(2)));
}

TEST_F(GenerationBuilderTest, GoesThroughTheTermsFromAnywhere) {
  GenerationBuilder builder(generation(1), analyzer_);
  builder.put(documents(1, 30, 1));
  ASSERT_TRUE(builder.finish(1));
  const auto postings =
      corpus::PackedPostings::open(generation(1), load_generation_state(generation(1))->uuid);
  ASSERT_NE(postings, nullptr);
  std::vector<std::string> names;
  for (auto at = postings->terms_from(""); !at.at_end(); at.next()) {
    names.emplace_back(at.name());
    EXPECT_EQ(postings->find(at.name()).count(), at.list().count());
  }
  ASSERT_GT(names.size(), 100U);
  EXPECT_TRUE(std::ranges::is_sorted(names));
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(postings->terms_from(names[i]).name(), names[i]);
    const auto behind = postings->terms_from(names[i] + std::string(1, '\0'));
    ASSERT_EQ(behind.at_end(), i + 1 == names.size());
    if (i + 1 < names.size()) {
      EXPECT_EQ(behind.name(), names[i + 1]);
    }
  }
  EXPECT_TRUE(postings->terms_from("\xff").at_end());
}

TEST(TermRuns, AreTheSameInOnePieceAndInMany) {
  const TemporaryFolder temporary;
  const auto collect = [&](std::size_t memory_bytes) {
    TermRuns runs(temporary.path() / "runs", memory_bytes);
    for (std::uint32_t docid = 1; docid <= 200; ++docid) {
      const std::string own = fmt::format("riêng{}", docid);
      runs.add(docid, {"chung", own, "chung"}, {docid % 3 == 0 ? "ba" : "khác", own + "x"});
    }
    Terms terms;
    std::size_t sources = 0;
    for (const auto& source : runs.finish()) {
      add_terms(*source, terms);
      ++sources;
    }
    return std::pair(terms, sources);
  };
  const auto [whole, one] = collect(TermRuns::kMemoryBytes);
  const auto [pieces, many] = collect(2000);
  EXPECT_EQ(one, 1U);
  EXPECT_GT(many, 10U);
  EXPECT_EQ(whole, pieces);
  EXPECT_EQ(whole.at("chung").size(), 200U);
  EXPECT_EQ(whole.at("chung").at(5), 2U);
  EXPECT_EQ(whole.at("ba").size(), 66U);
  EXPECT_FALSE(std::filesystem::exists(temporary.path() / "runs"));
}

}  // namespace
}  // namespace nhanrong::indexer
