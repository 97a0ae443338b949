#include "corpus/packed_tokens.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "corpus/leb128.h"

namespace nhanrong::corpus {
namespace {

namespace schema = index_schema;
using schema::FoldedForm;
using schema::TokenForm;
using schema::TokensSummary;

}  // namespace

std::shared_ptr<const PackedTokens> PackedTokens::open(const std::filesystem::path& generation,
                                                       std::string_view uuid) {
  auto file = open_packed_file<TokensSummary>(generation, schema::kTokensFile, uuid,
                                              schema::kTokensVersion);
  if (!file) return nullptr;
  const TokensSummary& s = file->summary;
  const bool sound = s.passages < std::numeric_limits<std::uint32_t>::max() &&
                     file->holds<std::byte>(s.sequences, s.sequences_bytes) &&
                     file->holds<std::uint64_t>(s.starts, s.passages + 1) &&
                     file->holds<TokenForm>(s.forms, s.form_count) &&
                     file->holds<std::uint32_t>(s.by_text, s.form_count) &&
                     file->holds<std::uint32_t>(s.members, s.form_count) &&
                     file->holds<FoldedForm>(s.folded, s.folded_count) &&
                     file->holds<char>(s.text, s.text_bytes);
  if (!sound) return nullptr;
  return std::shared_ptr<const PackedTokens>(new PackedTokens(std::move(*file)));
}

PackedTokens::PackedTokens(PackedFile<TokensSummary> file) : file_(std::move(file)) {
  const TokensSummary& s = file_.summary;
  sequences_ = file_.part<std::byte>(s.sequences, s.sequences_bytes);
  starts_ = file_.part<std::uint64_t>(s.starts, s.passages + 1);
  forms_ = file_.part<TokenForm>(s.forms, s.form_count);
  by_text_ = file_.part<std::uint32_t>(s.by_text, s.form_count);
  folded_ = file_.part<FoldedForm>(s.folded, s.folded_count);
  members_ = file_.part<Form>(s.members, s.form_count);
  const auto text = file_.part<char>(s.text, s.text_bytes);
  text_ = {text.data(), text.size()};
}

std::string_view PackedTokens::text(std::uint32_t at, std::uint32_t bytes) const {
  return text_.substr(std::min<std::size_t>(at, text_.size()), bytes);
}

std::string_view PackedTokens::text_of(Form form) const {
  return form < forms_.size() ? text(forms_[form].text, forms_[form].bytes) : std::string_view();
}

std::string PackedTokens::stored_sequence(std::uint32_t docid) const {
  std::string stored;
  const auto add = [&](std::span<const std::byte> sequence) {
    const std::byte* at = sequence.data();
    const std::byte* const end = at + sequence.size();
    for (const char* gap = ""; at != end; gap = " ") {
      stored += gap;
      stored += text_of(next_leb128(at, end));
    }
  };
  add(sequence(docid, true));
  stored += '\n';
  add(sequence(docid, false));
  return stored;
}

std::optional<PackedTokens::Form> PackedTokens::find(std::string_view exact) const {
  const auto text_of_form = [this](Form form) { return text_of(form); };
  const auto found = std::ranges::lower_bound(by_text_, exact, {}, text_of_form);
  if (found == by_text_.end() || text_of(*found) != exact) return std::nullopt;
  return *found;
}

std::span<const PackedTokens::Form> PackedTokens::forms_of(std::string_view folded) const {
  const auto text_of = [this](const FoldedForm& form) { return text(form.text, form.bytes); };
  const auto found = std::ranges::lower_bound(folded_, folded, {}, text_of);
  if (found == folded_.end() || text_of(*found) != folded) return {};
  const std::size_t first = std::min<std::size_t>(found->first, members_.size());
  return members_.subspan(first, std::min<std::size_t>(found->count, members_.size() - first));
}

std::span<const std::byte> PackedTokens::sequence(std::uint32_t docid, bool title) const {
  if (docid == 0 || docid > passages()) return {};
  const std::size_t end = std::min<std::uint64_t>(starts_[docid], sequences_.size());
  const std::size_t start = std::min<std::uint64_t>(starts_[docid - 1], end);
  const std::byte* at = sequences_.data() + start;
  const std::byte* const stop = sequences_.data() + end;
  if (at == stop) return {};
  std::uint32_t left = next_leb128(at, stop);
  const std::byte* const title_start = at;
  for (; left > 0 && at != stop; ++at) {
    if (ends_leb128(*at)) --left;
  }
  return title ? std::span(title_start, at) : std::span(at, stop);
}

void PackedTokens::prefetch(std::uint32_t docid) const {
  if (docid == 0 || docid > passages()) return;
  constexpr std::size_t kLine = 64;
  const std::size_t end = std::min<std::uint64_t>(starts_[docid], sequences_.size());
  for (std::size_t at = starts_[docid - 1]; at < end; at += kLine) {
    __builtin_prefetch(sequences_.data() + at);
  }
}

}  // namespace nhanrong::corpus
