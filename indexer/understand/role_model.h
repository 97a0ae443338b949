#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "corpus/reference.h"
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// What the model tells apart: ids of roles.tsv in the order in which a report usually has them,
/// "frame" what is only form, last "", no role.
inline constexpr std::array<std::string_view, 16> kModelRoles{
    "basis",      "context",      "direction", "result", "funding", "shortcoming",
    "difficulty", "cause",        "practice",  "lesson", "task",    "solution",
    "proposal",   "organisation", "frame",     ""};
inline constexpr std::size_t kNoRole = kModelRoles.size() - 1;

/// One number for each of kModelRoles.
using RoleScores = std::array<float, kModelRoles.size()>;

/// Place of a role in kModelRoles; kModelRoles.size(): it is none of them.
std::size_t model_role(std::string_view role);

/// Says what role a heading or a paragraph has by its syllables: multinomial logistic regression
/// over exact syllables, pairs without marks (scans lose marks) and the first two. Learned when it
/// is made, from a table of examples in the tree, in a fixed order: the same model everywhere.
class RoleModel {
 public:
  /// `table`: "role_headings" or "role_sentences" (columns text, role_id); `most_tokens`: how many
  /// of a text are read.
  RoleModel(const corpus::Reference& reference, std::string_view table, std::size_t most_tokens);
  /// Logarithms of the probabilities of the roles of the tokens.
  RoleScores read(std::span<const text::Token> tokens) const;

 private:
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
  struct Slot {
    std::uint64_t feature = 0;
    std::uint32_t place = kUnknown;  // in weights_
  };
  struct Example {
    std::vector<std::uint32_t> features;
    std::size_t role;
  };
  void learn(const std::vector<Example>& examples);
  void learn_places(const std::vector<std::uint64_t>& features);
  std::vector<std::uint32_t> known(const std::vector<std::uint64_t>& features) const;
  const Slot& slot_of(std::uint64_t feature) const;
  RoleScores scores(std::span<const std::uint32_t> features, std::size_t all) const;

  std::size_t most_tokens_;
  std::vector<Slot> slots_;  // open addressing, a power of two, at most half full
  std::vector<RoleScores> weights_;
  RoleScores bias_{};
};

}  // namespace nhanrong::indexer
