#include "corpus/stored_content.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>

#include "corpus/library.h"
#include "corpus/record_json.h"
#include "corpus/statements.h"

namespace nhanrong::corpus {
namespace {

std::string join(const Strings& parts) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += ' ';
    joined += part;
  }
  return joined;
}

Strings split(std::string_view joined) {
  Strings parts;
  while (!joined.empty()) {
    const std::string_view part = joined.substr(0, joined.find(' '));
    parts.emplace_back(part);
    joined.remove_prefix(std::min(part.size() + 1, joined.size()));
  }
  return parts;
}

std::uint32_t offset(const Columns& row, std::size_t column) {
  return static_cast<std::uint32_t>(row.integer(column));
}

Passage read_passage(Columns& row) {
  return {split(row.text(1)), offset(row, 2), offset(row, 3), std::move(row.text(0))};
}

/// One part of what a content hash covers; the length keeps neighbours apart.
void add_part(std::string& to, std::string_view part) {
  fmt::format_to(std::back_inserter(to), "{}:{}\n", part.size(), part);
}

}  // namespace

std::string short_hash(std::string_view bytes) { return sha256_hex(bytes).substr(0, 32); }

EncodedContent::EncodedContent(const Content& content)
    : text_hash(short_hash(content.text)),
      blocks(encode_blocks(content.blocks)),
      derived(values_to_json(content.derived)) {
  std::string all;
  for (const std::string_view part : {text_hash, blocks, derived}) add_part(all, part);
  for (const Passage& passage : content.passages) {
    add_part(all, fmt::format("{} {} {} {}", passage.start, passage.end, passage.anchor,
                              join(passage.roles)));
  }
  for (const Evidence& evidence : content.evidence) {
    add_part(all, fmt::format("{} {} {} {} {}", evidence.start, evidence.end, evidence.field,
                              evidence.origin, evidence.value));
  }
  for (const std::string& number : content.references) add_part(all, number);
  // Older revisions have none of what follows: their hashes stay.
  if (!content.encoding.empty()) {
    add_part(all, fmt::format("{} {}", content.encoding, content.encoding_given));
  }
  if (content.recognised_pages > 0) {
    add_part(all, fmt::format("{} {}", content.recognised_pages, content.recognised_confidence));
  }
  for (const PersonalRange& range : content.personal) {
    add_part(all, fmt::format("{} {} {}", id_of(range.kind), range.start, range.end));
  }
  hash = short_hash(all);
}

std::string encode_blocks(const std::vector<Block>& blocks) {
  std::string json = "[";
  for (const Block& block : blocks) {
    fmt::format_to(std::back_inserter(json), "{}[{},{},{},{}]", json.size() > 1 ? "," : "",
                   static_cast<int>(block.kind), block.level, block.start, block.end);
  }
  return json + "]";
}

std::vector<Block> decode_blocks(std::string_view json) {
  std::vector<Block> blocks;
  std::array<std::uint32_t, 4> numbers{};
  std::size_t count = 0;
  for (const char* at = json.data(); at != json.data() + json.size();) {
    const auto [end, error] = std::from_chars(at, json.data() + json.size(), numbers[count]);
    if (error != std::errc()) {
      ++at;
      continue;
    }
    at = end;
    if (++count < numbers.size()) continue;
    count = 0;
    blocks.push_back(
        {static_cast<BlockKind>(numbers[0]), static_cast<int>(numbers[1]), numbers[2], numbers[3]});
  }
  return blocks;
}

void insert_parts(Database& database, std::int64_t revision, const Content& content) {
  std::int64_t ordinal = 0;
  for (const Passage& passage : content.passages) {
    database.run(statements::kInsertPassage, {revision, ordinal++, passage.anchor,
                                              join(passage.roles), passage.start, passage.end});
  }
  ordinal = 0;
  for (const Evidence& evidence : content.evidence) {
    database.run(statements::kInsertEvidence, {revision, ordinal++, evidence.field, evidence.value,
                                               evidence.origin, evidence.start, evidence.end});
  }
  ordinal = 0;
  for (const std::string& number : content.references) {
    database.run(statements::kInsertReference, {revision, ordinal++, number});
  }
  insert_personal_ranges(database, revision, content.personal);
}

void insert_personal_ranges(Database& database, std::int64_t revision,
                            const std::vector<PersonalRange>& ranges) {
  std::int64_t ordinal = 0;
  for (const PersonalRange& range : ranges) {
    database.run(statements::kInsertPersonalRange,
                 {revision, ordinal++, id_of(range.kind), range.start, range.end});
  }
}

void delete_parts(Database& database, std::int64_t revision) {
  database.run(statements::kDeletePassages, {revision});
  database.run(statements::kDeleteEvidence, {revision});
  database.run(statements::kDeleteReferences, {revision});
  database.run(statements::kDeletePersonalRanges, {revision});
}

void load_passage(Database& database, std::int64_t revision, std::uint32_t ordinal,
                  Content& content) {
  database.each(statements::kPassage, {revision, std::int64_t{ordinal}},
                [&content](Columns& row) { content.passages.push_back(read_passage(row)); });
}

void load_evidence(Database& database, std::int64_t revision, Content& content) {
  database.each(statements::kEvidence, {revision}, [&content](Columns& row) {
    content.evidence.push_back({std::move(row.text(0)), std::move(row.text(1)),
                                std::move(row.text(2)), offset(row, 3), offset(row, 4)});
  });
}

void load_parts(Database& database, std::int64_t revision, Content& content) {
  database.each(statements::kPassages, {revision},
                [&content](Columns& row) { content.passages.push_back(read_passage(row)); });
  load_evidence(database, revision, content);
  database.each(statements::kReferences, {revision},
                [&content](Columns& row) { content.references.push_back(std::move(row.text(0))); });
  content.personal = load_personal_ranges(database, revision);
}

std::vector<PersonalRange> load_personal_ranges(Database& database, std::int64_t revision) {
  std::vector<PersonalRange> ranges;
  database.each(statements::kPersonalRanges, {revision}, [&ranges](Columns& row) {
    // A kind of a later version is masked like any other.
    const auto kind = find_personal_kind(row.text(0)).value_or(PersonalKind::IdentityNumber);
    ranges.push_back({kind, offset(row, 1), offset(row, 2)});
  });
  return ranges;
}

}  // namespace nhanrong::corpus
