#include "indexer/token_spool.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "corpus/index_schema.h"
#include "corpus/leb128.h"
#include "indexer/derived_file.h"
#include "text/syllable.h"

namespace nhanrong::indexer {
namespace {

namespace fs = std::filesystem;
namespace schema = corpus::index_schema;

constexpr std::size_t kAskEvery = 1000;  // passages
constexpr std::size_t kBufferBytes = 1 << 20;

/// The tokens of "a b\nc d", one after the other: a title and a passage.
template <class Use>
void each_token(std::string_view tokens, const Use& use) {
  while (!tokens.empty()) {
    const auto end = std::min(tokens.find_first_of(" \n"), tokens.size());
    if (end > 0) use(tokens.substr(0, end));
    tokens.remove_prefix(std::min(end + 1, tokens.size()));
  }
}

/// Writes the tables of forms and fills in where they stand.
void write_forms(const std::vector<const std::string*>& forms_in_order, DerivedFile& file,
                 schema::TokensSummary& summary) {
  std::string text;
  const auto add_text = [&text](std::string_view s) {
    const auto at = static_cast<std::uint32_t>(text.size());
    text += s;
    return at;
  };
  std::vector<schema::TokenForm> forms;
  std::map<std::string, std::vector<std::uint32_t>> by_folded;
  for (const std::string* form : forms_in_order) {
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
    return *forms_in_order[a] < *forms_in_order[b];
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

void append_u32(std::string& out, std::size_t value) {
  const auto number = static_cast<std::uint32_t>(value);
  out += bytes_of(number);
}

}  // namespace

TokenSpool::TokenSpool(fs::path file) : path_(std::move(file)) {
  write_file(path_, "");
  file_.emplace(path_, 0);
}

TokenSpool::~TokenSpool() {
  file_.reset();
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::uint32_t TokenSpool::number_of(std::string_view form) {
  auto found = numbers_.find(form);
  if (found == numbers_.end()) {
    found = numbers_.emplace(form, static_cast<std::uint32_t>(forms_.size())).first;
    forms_.push_back({&found->first, 0});
  }
  return found->second;
}

void TokenSpool::skip_to(std::uint32_t docid) {
  if (docid <= passages_) throw std::logic_error("passages come in order");
  for (; passages_ + 1 < docid; ++passages_) append_sequence("");
}

void TokenSpool::append_sequence(std::string_view sequence) {
  std::string size;
  append_u32(size, sequence.size());
  file_->append(size);
  file_->append(sequence);
}

void TokenSpool::add(std::uint32_t docid, std::string_view stored) {
  skip_to(docid);
  const auto line_end = std::min(stored.find('\n'), stored.size());
  std::string tokens;
  std::uint32_t in_title = 0;
  const auto add_token = [&](std::string_view token) {
    const std::uint32_t number = number_of(token);
    ++forms_[number].count;
    corpus::append_leb128(tokens, number);
  };
  each_token(stored.substr(0, line_end), [&](std::string_view token) {
    add_token(token);
    ++in_title;
  });
  each_token(stored.substr(std::min(line_end + 1, stored.size())), add_token);
  std::string sequence;
  corpus::append_leb128(sequence, in_title);
  append_sequence(sequence + tokens);
  ++passages_;
}

void TokenSpool::add_packed(const corpus::PackedTokens& packed,
                            const std::function<bool(std::uint32_t docid)>& gone) {
  std::vector<std::uint32_t> number_by_form(packed.forms());
  for (std::uint32_t form = 0; form < number_by_form.size(); ++form) {
    number_by_form[form] = number_of(packed.text_of(form));
  }
  std::string sequence;
  for (std::uint32_t docid = 1; docid <= packed.passages(); ++docid) {
    if (gone(docid)) continue;
    skip_to(docid);
    const auto title = packed.sequence(docid, true), body = packed.sequence(docid, false);
    sequence.clear();
    corpus::append_leb128(
        sequence, static_cast<std::uint32_t>(std::ranges::count_if(title, corpus::ends_leb128)));
    for (const auto part : {title, body}) {
      const std::byte* at = part.data();
      const std::byte* const end = at + part.size();
      while (at != end) {
        const std::uint32_t form = corpus::next_leb128(at, end);
        if (form >= number_by_form.size()) throw std::out_of_range("a token without form");
        ++forms_[number_by_form[form]].count;
        corpus::append_leb128(sequence, number_by_form[form]);
      }
    }
    append_sequence(sequence);
    ++passages_;
  }
}

bool TokenSpool::write(const fs::path& generation, const GenerationState& state,
                       const std::function<bool()>& interrupted) {
  while (passages_ < state.passages) {
    append_sequence("");
    ++passages_;
  }
  file_->sync();
  std::vector<std::uint32_t> order(forms_.size()), place(forms_.size());
  std::iota(order.begin(), order.end(), 0U);
  // Forms of passages that went have no occurrence and no place.
  std::erase_if(order, [&](std::uint32_t form) { return forms_[form].count == 0; });
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return forms_[a].count != forms_[b].count ? forms_[a].count > forms_[b].count
                                              : *forms_[a].text < *forms_[b].text;
  });
  std::vector<const std::string*> ordered;
  ordered.reserve(order.size());
  for (const std::uint32_t form : order) {
    place[form] = static_cast<std::uint32_t>(ordered.size());
    ordered.push_back(forms_[form].text);
  }

  DerivedFile file(generation / schema::kTokensFile, tokens_header(generation, state));
  schema::TokensSummary summary{};
  summary.passages = state.passages;
  summary.sequences = file.size_bytes();
  std::vector<std::uint64_t> starts;
  starts.reserve(state.passages + 1);
  std::ifstream spool;
  std::vector<char> buffer(kBufferBytes);
  spool.rdbuf()->pubsetbuf(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  spool.open(path_, std::ios::binary);
  std::string sequence, out;
  for (std::uint64_t docid = 1; docid <= state.passages; ++docid) {
    if (docid % kAskEvery == 0 && interrupted && interrupted()) {
      file.discard();
      return false;
    }
    std::uint32_t size = 0;
    spool.read(reinterpret_cast<char*>(&size), sizeof size);
    sequence.resize(size);
    spool.read(sequence.data(), static_cast<std::streamsize>(size));
    if (!spool) throw std::runtime_error(fmt::format("{}: cannot be read", path_.string()));
    starts.push_back(file.size_bytes() - summary.sequences);
    const auto* at = reinterpret_cast<const std::byte*>(sequence.data());
    const std::byte* const end = at + sequence.size();
    out.clear();
    if (at != end) corpus::append_leb128(out, corpus::next_leb128(at, end));
    while (at != end) corpus::append_leb128(out, place[corpus::next_leb128(at, end)]);
    file.append(out);
  }
  summary.sequences_bytes = file.size_bytes() - summary.sequences;
  starts.push_back(summary.sequences_bytes);
  summary.starts = file.append_part(bytes_of(starts));
  write_forms(ordered, file, summary);
  file.publish(summary);
  return true;
}

schema::FileHeader tokens_header(const fs::path& generation, const GenerationState& state) {
  return derived_header(generation, state, schema::kTokensVersion, sizeof(schema::TokensSummary));
}

}  // namespace nhanrong::indexer
