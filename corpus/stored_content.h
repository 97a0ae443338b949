#pragma once
#include <string>

#include "corpus/catalogue.h"
#include "corpus/database.h"

namespace nhanrong::corpus {

/// Content with its columns made once: what is compared, and what is written if it differs.
struct EncodedContent {
  explicit EncodedContent(const Content& content);
  std::string text_hash, blocks, derived, hash;
};

/// First 32 digits of SHA-256: enough to tell texts apart, half the room in an index.
std::string short_hash(std::string_view bytes);

/// Blocks as JSON: [[kind,level,start,end],…], and back.
std::string encode_blocks(const std::vector<Block>& blocks);
std::vector<Block> decode_blocks(std::string_view json);

/// Passages, evidence, references and personal data of a revision.
void insert_parts(Database& database, std::int64_t revision, const Content& content);
void insert_personal_ranges(Database& database, std::int64_t revision,
                            const std::vector<PersonalRange>& ranges);
std::vector<PersonalRange> load_personal_ranges(Database& database, std::int64_t revision);
void delete_parts(Database& database, std::int64_t revision);
void load_parts(Database& database, std::int64_t revision, Content& content);
/// One passage, counted from 0; none: there is no such passage.
void load_passage(Database& database, std::int64_t revision, std::uint32_t ordinal,
                  Content& content);
void load_evidence(Database& database, std::int64_t revision, Content& content);

}  // namespace nhanrong::corpus
