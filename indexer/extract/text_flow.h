#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/extractor.h"
#include "indexer/extract/run_decoder.h"

namespace nhanrong::indexer {

/// A paragraph as word processors keep it: characters in fonts, and what its style says.
struct FlowParagraph {
  std::vector<FontRun> runs;
  int heading = 0;     // from 1; 0: by its style it is none
  int list_level = 0;  // from 1; 0: the program does not number it
  bool bold = true;    // of all that is no blank

  void append(std::string_view font, std::string_view utf8, bool in_bold);
};

/// A paragraph, or a table if it has rows.
struct FlowBlock {
  FlowParagraph paragraph;
  std::vector<std::vector<std::vector<FlowBlock>>> rows;  // of cells
};
using FlowCell = std::vector<FlowBlock>;
using FlowRow = std::vector<FlowCell>;

/// Puts paragraphs and tables together from what Word and RTF say in order: a paragraph, the end of
/// a cell, the end of a row. `depth`: how many tables it stands in; deeper than kMaxTables counts
/// as kMaxTables.
class TextFlow {
 public:
  static constexpr int kMaxTables = 10;

  /// Paragraphs without characters leave no trace.
  void paragraph(FlowParagraph paragraph, int depth = 0);
  void end_cell(int depth);
  void end_row(int depth);
  /// All of another flow at this place, as a text box stands beside the paragraph it hangs on.
  void append(TextFlow other, int depth);
  std::vector<FlowBlock> finish() &&;

 private:
  struct OpenTable {
    std::vector<FlowRow> rows;
    FlowRow row;
    FlowCell cell;
  };

  void go_to(int depth);
  std::vector<FlowBlock>& here() { return open_.empty() ? body_ : open_.back().cell; }

  std::vector<FlowBlock> body_;
  std::vector<OpenTable> open_;  // tables in each other
};

/// A document out of its flows: decodes by font, once all of them are known, and builds. Flows
/// stand in the order of reading.
class FlowDocument {
 public:
  explicit FlowDocument(std::optional<text::Encoding> encoding) : decoder_(encoding) {}

  void add(TextFlow flow) { flows_.push_back(std::move(flow).finish()); }
  /// What stands above the pages: read last, and only lines that stand nowhere else and are no page
  /// numbers.
  void add_header(TextFlow flow) { headers_.push_back(std::move(flow).finish()); }
  void title(std::string title) { title_ = std::move(title); }
  Extracted finish() &&;

 private:
  void gather(const std::vector<FlowBlock>& blocks);
  void build(const std::vector<FlowBlock>& blocks);
  void build_paragraph(const FlowParagraph& paragraph);
  void build_table(const std::vector<FlowRow>& rows);
  void build_header(const std::vector<FlowBlock>& blocks);
  void cell_lines(const FlowCell& cell, std::vector<std::string>& lines);

  RunDecoder decoder_;
  DocumentBuilder builder_;
  std::vector<std::vector<FlowBlock>> flows_, headers_;
  std::set<std::string, std::less<>> lines_;  // that were built
  std::string title_;
};

}  // namespace nhanrong::indexer
