#include "indexer/packed_tokens_writer.h"

#include <xapian.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/index_schema.h"
#include "corpus/leb128.h"
#include "indexer/derived_file.h"
#include "indexer/generation.h"
#include "indexer/xapian_error.h"
#include "text/syllable.h"

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;

constexpr std::size_t kAskEvery = 1000;  // passages

/// The tokens of "a b\nc d", one after the other: a title and a passage.
template <class Use>
void each_token(std::string_view tokens, const Use& use) {
  while (!tokens.empty()) {
    const auto end = std::min(tokens.find_first_of(" \n"), tokens.size());
    if (end > 0) use(tokens.substr(0, end));
    tokens.remove_prefix(std::min(end + 1, tokens.size()));
  }
}

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

/// All exact forms of a library with a number each, the most frequent first.
class Vocabulary {
 public:
  void count(std::string_view stored) {
    each_token(stored, [this](std::string_view token) {
      auto found = numbers_.find(token);
      if (found == numbers_.end()) found = numbers_.emplace(token, 0).first;
      ++found->second;
    });
  }
  /// From now on number() tells places instead of counts.
  void order() {
    std::vector<std::pair<std::uint32_t, const std::string*>> counted;
    counted.reserve(numbers_.size());
    for (const auto& [form, n] : numbers_) counted.emplace_back(n, &form);
    std::ranges::sort(counted, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : *a.second < *b.second;
    });
    for (const auto& [n, form] : counted) {
      numbers_.find(*form)->second = static_cast<std::uint32_t>(forms_.size());
      forms_.push_back(form);
    }
  }
  std::uint32_t number(std::string_view form) const { return numbers_.find(form)->second; }
  const std::vector<const std::string*>& forms() const { return forms_; }

 private:
  std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>> numbers_;
  std::vector<const std::string*> forms_;
};

/// The text of all passages in order; a passage that went out has none. False: interrupted.
template <class Use>
bool each_passage(const Xapian::Database& database, std::uint64_t passages,
                  const std::function<bool()>& interrupted, const Use& use) {
  for (std::uint64_t docid = 1; docid <= passages; ++docid) {
    if (docid % kAskEvery == 0 && interrupted && interrupted()) return false;
    try {
      use(database.get_document(static_cast<Xapian::docid>(docid)).get_data());
    } catch (const Xapian::DocNotFoundError&) {
      use(std::string());
    }
  }
  return true;
}

std::string packed(std::string_view stored, const Vocabulary& vocabulary) {
  const auto line_end = std::min(stored.find('\n'), stored.size());
  std::string title, body;
  std::uint32_t title_tokens = 0;
  each_token(stored.substr(0, line_end), [&](std::string_view token) {
    corpus::append_leb128(title, vocabulary.number(token));
    ++title_tokens;
  });
  each_token(stored.substr(std::min(line_end + 1, stored.size())), [&](std::string_view token) {
    corpus::append_leb128(body, vocabulary.number(token));
  });
  std::string out;
  corpus::append_leb128(out, title_tokens);
  return out + title + body;
}

/// Writes the tables of forms and fills in where they stand.
void write_forms(const Vocabulary& vocabulary, DerivedFile& file, schema::TokensSummary& summary) {
  std::string text;
  const auto add_text = [&text](std::string_view s) {
    const auto at = static_cast<std::uint32_t>(text.size());
    text += s;
    return at;
  };
  std::vector<schema::TokenForm> forms;
  std::map<std::string, std::vector<std::uint32_t>> by_folded;
  for (const std::string* form : vocabulary.forms()) {
    by_folded[text::folded_of_exact(*form)].push_back(static_cast<std::uint32_t>(forms.size()));
    forms.push_back({add_text(*form), static_cast<std::uint32_t>(form->size())});
  }
  std::vector<schema::FoldedForm> folded;
  std::vector<std::uint32_t> members;
  for (const auto& [form, numbers] : by_folded) {
    folded.push_back({add_text(form), static_cast<std::uint32_t>(form.size()),
                      static_cast<std::uint32_t>(members.size()),
                      static_cast<std::uint32_t>(numbers.size())});
    members.insert(members.end(), numbers.begin(), numbers.end());
  }
  std::vector<std::uint32_t> by_text(forms.size());
  std::iota(by_text.begin(), by_text.end(), 0U);
  std::ranges::sort(by_text, [&](std::uint32_t a, std::uint32_t b) {
    return *vocabulary.forms()[a] < *vocabulary.forms()[b];
  });
  summary.form_count = forms.size();
  summary.forms = file.append_part(bytes_of(forms));
  summary.by_text = file.append_part(bytes_of(by_text));
  summary.folded_count = folded.size();
  summary.folded = file.append_part(bytes_of(folded));
  summary.members = file.append_part(bytes_of(members));
  summary.text_bytes = text.size();
  summary.text = file.append_part(text);
}

}  // namespace

bool write_packed_tokens(const fs::path& generation, const std::function<bool()>& interrupted) {
  return with_xapian(generation, [&] {
    const Xapian::Database database((generation / "xapian").string());
    const auto state = parse_generation_state(
        [&](std::string_view key) { return database.get_metadata(std::string(key)); });
    if (!state) return true;
    Vocabulary vocabulary;
    if (!each_passage(database, state->passages, interrupted,
                      [&](const std::string& stored) { vocabulary.count(stored); })) {
      return false;
    }
    vocabulary.order();
    DerivedFile file(
        generation / schema::kTokensFile,
        derived_header(generation, *state, schema::kTokensVersion, sizeof(schema::TokensSummary)));
    schema::TokensSummary summary{};
    summary.passages = state->passages;
    summary.sequences = file.size_bytes();
    std::vector<std::uint64_t> starts;
    starts.reserve(state->passages + 1);
    const bool whole =
        each_passage(database, state->passages, interrupted, [&](const std::string& stored) {
          starts.push_back(file.size_bytes() - summary.sequences);
          if (!stored.empty()) file.append(packed(stored, vocabulary));
        });
    if (!whole) {
      file.discard();
      return false;
    }
    summary.sequences_bytes = file.size_bytes() - summary.sequences;
    starts.push_back(summary.sequences_bytes);
    summary.starts = file.append_part(bytes_of(starts));
    write_forms(vocabulary, file, summary);
    file.publish(summary);
    return true;
  });
}

}  // namespace nhanrong::indexer
