#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/impact.h"

/// Where indexer and search meet: prefixes, file names and layouts of one generation of the index.
/// docs/index-format.md explains them. Everything is little-endian.
///
/// A generation is a folder index/0007/ named by the file index/current ("0007\n", replaced by
/// rename). It holds
///
/// - postings: packed postings of the passages 1 to kMetaPacked; missing if that is 0
/// - tokens: packed token sequences of the same passages
/// - xapian/: database of the passages behind them, and the metadata of the generation; docids
///   ascending from 1, never reused; the passages of a document are neighbours
/// - passages: PassageEntry by docid - 1
/// - rows: RowEntry by row number (one a document and indexed revision, in order of its passages)
/// - values: std::uint32_t facet codes, the row says which
/// - codes: lines "facet\tvalue\n" without header; the line number, from 0, is the code
/// - deleted: std::uint32_t row numbers that are out
/// - model: language model of the public texts, of some earlier commit; may be missing
/// - held: flock'ed shared by readers; a folder that nobody holds and that is not current may go
///
/// The data of a Xapian document is the stored token sequence that decides phrases: the exact forms
/// of the title's tokens (none but in the first passage), '\n' (always), the exact forms of the
/// passage's tokens, each parted by a blank. Each of the binary files begins with a FileHeader.
/// They are append-only and synced before the Xapian commit; the commit's metadata say how many
/// entries of each belong to it, so a longer tail (a writer that died) is cut off.
namespace nhanrong::corpus::index_schema {

inline constexpr int kSchemaVersion = 6;

// Terms of a passage. Title terms stand in the first passage of the document, with prefixes of
// their own.
inline constexpr std::string_view kExact = "";     // exact syllable by tone key: "thôn", "mơi1"
inline constexpr std::string_view kFolded = "XF";  // "XFthon"
inline constexpr std::string_view kBigram = "XB";  // "XBnong_thon"
inline constexpr std::string_view kTitleExact = "S";  // "Sthôn"
inline constexpr std::string_view kTitleFolded = "XSF";
inline constexpr std::string_view kTitleBigram = "XSB";
// Values in their canonical spellings (text/values.h), those of the title in the first passage.
// Their terms and those below are boolean: wdf 0, so that the length of a passage stays that of its
// syllables and bigrams. A period's years stand under kDate.
inline constexpr std::string_view kNumber = "XN";    // "XN1719/qđ-ttg", "XN1719/qd"
inline constexpr std::string_view kDate = "XD";      // "XD20230711", "XD202307", "XD2023"
inline constexpr std::string_view kPeriod = "XY";    // "XY2021-2025"
inline constexpr std::string_view kQuantity = "XQ";  // "XQ6500000"
inline constexpr std::string_view kJoined = "XJ";    // "XJdttsmn"
// Neighbours that make no bigram, since a sentence ends between them: a phrase goes on. Boolean.
inline constexpr std::string_view kApart = "XA";
inline constexpr std::string_view kTitleApart = "XSA";
// Of the document, in its first passage: its own number (all spellings and the bare serial, "1719",
// with its year "7/2022"), the syllables of its issuer, and the numbers it cites.
inline constexpr std::string_view kOwnNumber = "XO";
inline constexpr std::string_view kIssuerExact = "XIE";
inline constexpr std::string_view kIssuerFolded = "XIF";
inline constexpr std::string_view kCites = "XC";  // numbers that it cites: "XC1719/qđ-ttg"

/// Xapian takes 245 bytes a term; longer ones are cut and end in a hash of the whole.
inline constexpr std::size_t kMaxTermBytes = 245;
std::string make_term(std::string_view prefix, std::string_view value);
std::string make_bigram(std::string_view prefix, std::string_view folded, std::string_view next);
/// Do the occurrences of the term count for the length of a passage?
bool is_counted(std::string_view term);

// Metadata keys of the Xapian database, set in the commit that they describe. Values are decimal
// numbers or text.
inline constexpr std::string_view kMetaSchema = "nhanrong.schema";
inline constexpr std::string_view kMetaAnalyzer = "nhanrong.analyzer";
inline constexpr std::string_view kMetaChange =
    "nhanrong.change";  // last change of the feed that is in
inline constexpr std::string_view kMetaPassages = "nhanrong.passages";  // entries of each file
inline constexpr std::string_view kMetaRows = "nhanrong.rows";
inline constexpr std::string_view kMetaValues = "nhanrong.values";
inline constexpr std::string_view kMetaCodes = "nhanrong.codes";
inline constexpr std::string_view kMetaDeleted = "nhanrong.deleted";
inline constexpr std::string_view kMetaPacked = "nhanrong.packed";  // passages in `postings`
inline constexpr std::string_view kMetaLivePassages = "nhanrong.live_passages";
inline constexpr std::string_view kMetaLiveLength =
    "nhanrong.live_length";  // sum of their PassageEntry::length
inline constexpr std::string_view kMetaUuid =
    "nhanrong.uuid";  // ours: Xapian's changes when a database is copied

/// First 64 bytes of passages, rows, values and deleted.
struct FileHeader {
  std::array<char, 8> magic;  // "nhanrong"
  std::uint32_t schema_version;
  std::uint32_t entry_bytes;
  std::array<char, 40> uuid;  // kMetaUuid, zero-padded
  std::uint64_t generation;
};
static_assert(sizeof(FileHeader) == 64);

struct PassageEntry {
  std::uint32_t row;     // the document's row
  std::uint32_t length;  // sum of wdf of all terms, as Xapian counts it
  std::uint32_t roles;   // bit i: role i of kRoles
};
static_assert(sizeof(PassageEntry) == 12);

struct RowEntry {
  std::int64_t document, revision;  // keys in the catalogue
  std::uint64_t first_value;        // index into `values`
  std::uint32_t first_passage;      // docid
  std::uint32_t passages;           // how many, from 1
  std::uint32_t value_count;
  std::int32_t date;  // 20230711; 20230700 or 20230000 where day or month are not known; 0 undated
  std::uint32_t flags;
  std::uint32_t family;  // of near copies, its lower half in the catalogue; 0: alone
};
static_assert(sizeof(RowEntry) == 48);
inline constexpr std::uint32_t kFlagInternal = 1, kFlagIllustration = 2;

/// Roles in bits of PassageEntry::roles: ids of roles.tsv. The first nine are offered as a facet,
/// in this order.
inline constexpr std::array<std::string_view, 16> kRoles = {
    "result",   "shortcoming",  "difficulty", "cause", "lesson",  "practice",
    "solution", "proposal",     "task",       "basis", "context", "direction",
    "funding",  "organisation", "annex",      "frame"};
inline constexpr int kFacetRoles = 9;

/// Facets kept in rows. "province" and "region" as named, with "_present" the units of today.
inline constexpr std::array<std::string_view, 13> kRowFacets = {
    "type",      "region",    "region_present", "province", "province_present",
    "programme", "component", "theme",          "year",     "collection",
    "issuer",    "level",     "ethnic_group"};

// The file `model`: counts of exact syllables and pairs of the public texts, and their frequent
// phrases. After a FileHeader with kModelVersion and sizeof(ModelSummary) come a ModelSummary and
// the arrays that it counts, in this order:
//
//   ModelFolded folded[]      ascending by text; [0] is "" with the syllable 0
//   ModelSyllable syllables[] in the order of `folded`, within it ascending by exact text
//   u32 first_pair[syllables + 1]
//   ModelPair pairs[]         those of a syllable from its first_pair on, ascending by `next`
//   ModelPhrase phrases[]     ascending by folded text
//   char text[text_bytes]     what the others name by offset and size
//
// Syllable 0 stands for all that is no syllable: beginning and end of a passage, numbers, codes.

inline constexpr std::string_view kModelFile = "model";
inline constexpr std::uint32_t kModelVersion = 1;

struct ModelSummary {
  std::uint64_t change;        // kMetaChange of the commit that it was made of
  std::uint64_t all_passages;  // kMetaPassages, kMetaDeleted of that commit
  std::uint64_t all_deleted;
  std::uint32_t live_passages;  // that were public
  std::uint32_t read_passages;  // those of them that were counted
  std::uint64_t tokens;         // sum of the counts of all syllables, 0 included
  std::uint32_t folded, syllables, pairs, phrases;
  std::uint64_t text_bytes;
};
static_assert(sizeof(ModelSummary) == 64);

struct ModelFolded {
  std::uint32_t text, bytes;
  std::uint32_t first, count;  // its syllables
};
struct ModelSyllable {
  std::uint32_t text, bytes;  // exact form
  std::uint32_t folded;       // place in `folded`
  std::uint32_t count;
};
struct ModelPair {
  std::uint32_t next, count;
};
/// 2 to 5 syllables in a row, parted by blanks: folded "nong thon moi", exact "nông thôn mơi1".
struct ModelPhrase {
  std::uint32_t folded, folded_bytes;
  std::uint32_t exact, exact_bytes;
  std::uint32_t count;
  float npmi;  // normalised pointwise mutual information: 0 by chance, 1 always together
};
static_assert(sizeof(ModelFolded) == 16 && sizeof(ModelSyllable) == 16 && sizeof(ModelPair) == 8 &&
              sizeof(ModelPhrase) == 24);

// The file `postings`: the postings of the passages 1 to `passages`, packed for reading. A passage
// never changes and its number is never used again, so the file stays right; what came after it
// stands in the database. After a FileHeader with kPostingsVersion and sizeof(PostingsSummary)
// come a PostingsSummary and the parts that it names by their place in the file:
//
//   postings: of each term its blocks (corpus/posting_block.h), in order of the terms. A term of
//     more than one block begins with u32 last[blocks], the last number of each, and u32
//     offset[blocks + 1], where each starts, from the term's first block on
//   PostingsTerm terms[]  in order of the bytes of their names
//   u32 slots[]   a power of two of them: place in `terms` + 1 by term_hash() modulo their number,
//     the next free one where it is taken; 0: free
//   names: of each term, in LEB128, how many bytes it shares with the one before (0 at every
//     kNamesTogether-th) and how many follow, then these
//   u32 name_starts[]  where every kNamesTogether-th begins in `names`

inline constexpr std::string_view kPostingsFile = "postings";
inline constexpr std::uint32_t kPostingsVersion = 4;
inline constexpr std::size_t kNamesTogether = 16;

struct PostingsSummary {
  std::uint64_t seed;      // of term_hash()
  std::uint64_t passages;  // numbers 1 to this one are in
  std::uint64_t live;      // so many of them; the postings of the others are out
  std::uint64_t deleted;   // kMetaDeleted when it was written
  std::uint64_t postings, postings_bytes;
  std::uint64_t terms, term_count;
  std::uint64_t slots, slot_count;
  std::uint64_t names, names_bytes, name_starts;
  ImpactScale impacts;  // of the steps in blocks and terms
};
static_assert(sizeof(PostingsSummary) == 160);

struct PostingsTerm {
  std::uint64_t hash;
  std::uint64_t start;         // in `postings`
  std::uint32_t count;         // postings
  std::uint16_t most;          // greatest wdf, kAnyMost for more than it can say
  std::uint8_t impact;         // greatest of its blocks
  std::uint8_t unused;         // 0
  std::uint32_t least_length;  // shortest passage (PassageEntry::length) that has the term
  std::uint32_t bytes;         // of its postings; 4 GB a term
};
static_assert(sizeof(PostingsTerm) == 32);
inline constexpr std::uint16_t kAnyMost = UINT16_MAX;

// The file `tokens`: the stored token sequences of the passages 1 to `passages` as numbers of
// forms. After a FileHeader with kTokensVersion and sizeof(TokensSummary) come a TokensSummary and
// the parts that it names by their place in the file:
//
//   sequences: of each passage, in LEB128: how many tokens its title has (0 but in the first
//     passage of a document), the forms of the title, the forms of the passage
//   u64 starts[passages + 1]  where each begins in `sequences`
//   TokenForm forms[]         exact forms, the most frequent first; the place is the number
//   u32 by_text[]             the forms in order of their text
//   FoldedForm folded[]       in order of their text
//   u32 members[]             forms by folded form, which says from where
//   char text[]

inline constexpr std::string_view kTokensFile = "tokens";
inline constexpr std::uint32_t kTokensVersion = 1;

struct TokensSummary {
  std::uint64_t passages;  // numbers 1 to this one are in
  std::uint64_t sequences, sequences_bytes, starts;
  std::uint64_t forms, form_count, by_text, members;
  std::uint64_t folded, folded_count;
  std::uint64_t text, text_bytes;
};
static_assert(sizeof(TokensSummary) == 96);

struct TokenForm {
  std::uint32_t text, bytes;
};
struct FoldedForm {
  std::uint32_t text, bytes;
  std::uint32_t first, count;  // in `members`
};
static_assert(sizeof(TokenForm) == 8 && sizeof(FoldedForm) == 16);

/// Tells terms apart within one file: its maker looks for a seed without collisions.
std::uint64_t term_hash(std::string_view term, std::uint64_t seed);

}  // namespace nhanrong::corpus::index_schema
