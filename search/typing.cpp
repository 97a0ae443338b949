#include "search/typing.h"

#include <algorithm>
#include <string>
#include <vector>

#include "corpus/index_schema.h"
#include "search/query_plan.h"
#include "search/stop_words.h"
#include "text/syllable.h"
#include "text/telex.h"

namespace nhanrong::search {
namespace {

namespace schema = corpus::index_schema;

std::uint32_t known(const Snapshot& snapshot, std::string_view prefix,
                    std::string_view title_prefix, const std::string& form) {
  return std::max(passages_with(snapshot, schema::make_term(prefix, form)),
                  passages_with(snapshot, schema::make_term(title_prefix, form)));
}

bool is_known(const Snapshot& snapshot, const Word& word) {
  return known(snapshot, schema::kFolded, schema::kTitleFolded, word.folded) > 0 ||
         passages_with(snapshot, schema::make_term(schema::kJoined, word.folded)) > 0;
}

/// The reading that most passages hold; empty: none that the library knows.
std::string likeliest(const Snapshot& snapshot, const std::string& typed) {
  std::string best;
  std::uint32_t most = 0;
  for (const std::string& reading : text::typing_readings(typed)) {
    const auto passages =
        known(snapshot, schema::kExact, schema::kTitleExact, text::tone_key(reading));
    if (passages <= most) continue;
    most = passages;
    best = reading;
  }
  return best;
}

void join(std::string& words, const std::string& word) {
  if (!words.empty()) words += ' ';
  words += word;
}

}  // namespace

void read_typing(Query& query, std::string_view typed, const Snapshot& snapshot) {
  std::string written, read;
  for (Word& word : query.words) {
    if (word.marked || word.prefix || is_known(snapshot, word)) continue;
    const std::string reading = likeliest(snapshot, word.typed);
    if (reading.empty()) continue;
    join(written, word.typed);
    join(read, reading);
    word.exact = text::tone_key(reading);
    word.folded = text::fold(reading);
    word.marked = word.exact != word.folded;
    word.stop = is_stop_word(word.exact);
    word.others.clear();
  }
  if (read.empty()) return;
  query.understood.push_back({"typing", {read}, written, '"' + std::string(typed) + '"'});
}

}  // namespace nhanrong::search
