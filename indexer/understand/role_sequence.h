#pragma once
#include <span>
#include <vector>

#include "indexer/understand/role_model.h"

namespace nhanrong::indexer {

/// One paragraph in the order of the text.
struct RoleStep {
  enum class Border {
    None,
    Same,
    Section
  };                    // before it: nothing said, the same section, a new one
  RoleScores scores{};  // logarithms, need not be normalised
  Border border = Border::None;
};

/// Probabilities of the roles of each paragraph, from its own scores and from those around it: a
/// report goes from its basis over results and shortcomings to proposals, a role lasts for some
/// paragraphs. Forward-backward algorithm of a hidden Markov model whose states are the roles.
std::vector<RoleScores> smooth_roles(std::span<const RoleStep> steps);

}  // namespace nhanrong::indexer
