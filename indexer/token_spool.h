#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/packed_tokens.h"
#include "indexer/append_file.h"
#include "indexer/generation.h"

namespace nhanrong::indexer {

corpus::index_schema::FileHeader tokens_header(const std::filesystem::path& generation,
                                               const GenerationState& state);

/// Collects the token sequences of passages in a file that goes with the object, and makes the file
/// `tokens` of them (layout: corpus/index_schema.h), in which frequent forms have low numbers.
/// Memory: some 100 bytes a form.
class TokenSpool {
 public:
  explicit TokenSpool(std::filesystem::path file);
  ~TokenSpool();
  TokenSpool(const TokenSpool&) = delete;

  /// `stored`: as the database has it. In order of their numbers; what is left out has no tokens.
  void add(std::uint32_t docid, std::string_view stored);
  /// All of another generation, those that `gone` left out.
  void add_packed(const corpus::PackedTokens& packed,
                  const std::function<bool(std::uint32_t docid)>& gone);
  /// Asks `interrupted` now and then and gives up if it says so: false. Throws std::runtime_error,
  /// also for a full disk.
  bool write(const std::filesystem::path& generation, const GenerationState& state,
             const std::function<bool()>& interrupted = {});

 private:
  struct Form {
    const std::string* text;
    std::uint32_t count;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view form) const {
      return std::hash<std::string_view>{}(form);
    }
  };

  std::uint32_t number_of(std::string_view form);
  void skip_to(std::uint32_t docid);
  void append_sequence(std::string_view sequence);

  std::filesystem::path path_;
  std::optional<AppendFile> file_;  // of each passage u32 bytes, then tokens in its title, forms
  std::uint32_t passages_ = 0;      // so many are in
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<Form> forms_;  // by number, in order of their first occurrence
};

}  // namespace nhanrong::indexer
