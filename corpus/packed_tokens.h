#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/index_schema.h"
#include "corpus/packed_file.h"

namespace nhanrong::corpus {

/// The file `tokens` of a generation, mapped: token sequences as numbers of exact forms. Const and
/// safe to share between threads. Whatever stands in the file, nothing is read outside of it.
class PackedTokens {
 public:
  using Form = std::uint32_t;

  /// nullptr: there is none, or it belongs to another index (`uuid`) or version, or is shorter than
  /// it says.
  static std::shared_ptr<const PackedTokens> open(const std::filesystem::path& generation,
                                                  std::string_view uuid);

  /// Numbers 1 to this one are in.
  std::uint32_t passages() const { return static_cast<std::uint32_t>(file_.summary.passages); }
  std::size_t forms() const { return forms_.size(); }
  /// The form of an exact text ("mơi1"); nullopt: no passage has it.
  std::optional<Form> find(std::string_view exact) const;
  /// All forms that fold to a text: "moi" → "mơi1", "moi2" …
  std::span<const Form> forms_of(std::string_view folded) const;

  /// The tokens of a passage, or of its title, as numbers of forms in LEB128.
  std::span<const std::byte> sequence(std::uint32_t docid, bool title) const;
  std::string_view text_of(Form form) const;
  /// Tokens as the database stores them: "title\nbody".
  std::string stored_sequence(std::uint32_t docid) const;
  /// Has the tokens of a passage that will be read soon brought into the cache.
  void prefetch(std::uint32_t docid) const;

 private:
  explicit PackedTokens(PackedFile<index_schema::TokensSummary> file);
  std::string_view text(std::uint32_t at, std::uint32_t bytes) const;

  PackedFile<index_schema::TokensSummary> file_;
  std::span<const std::byte> sequences_;
  std::span<const std::uint64_t> starts_;
  std::span<const index_schema::TokenForm> forms_;
  std::span<const std::uint32_t> by_text_;
  std::span<const index_schema::FoldedForm> folded_;
  std::span<const Form> members_;
  std::string_view text_;
};

}  // namespace nhanrong::corpus
