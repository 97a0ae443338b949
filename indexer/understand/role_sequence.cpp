#include "indexer/understand/role_sequence.h"

#include <algorithm>
#include <cmath>

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kRoles = kModelRoles.size();
using Matrix = std::array<RoleScores, kRoles>;  // from, to

void normalise(RoleScores& probabilities) {
  float sum = 0;
  for (const float each : probabilities) sum += each;
  for (float& each : probabilities) each /= sum;
}

/// How often a role follows another, the order of kModelRoles being the usual one. Set by hand:
/// `same` how often a role goes on.
Matrix transitions(float same) {
  constexpr float kForward = 1.0F;
  constexpr float kSkip = 0.85F;  // for each role that is left out
  constexpr float kBack = 0.3F;
  constexpr float kNone = 0.4F;
  Matrix matrix{};
  for (std::size_t from = 0; from < kRoles; ++from) {
    for (std::size_t to = 0; to < kRoles; ++to) {
      float& each = matrix[from][to];
      if (from == to) {
        each = same;
      } else if (from == kNoRole || to == kNoRole) {
        each = kNone;
      } else if (to > from) {
        each = kForward * std::pow(kSkip, static_cast<float>(to - from - 1));
      } else {
        each = kBack;
      }
    }
    normalise(matrix[from]);
  }
  return matrix;
}

const Matrix& matrix_of(RoleStep::Border border) {
  static const Matrix kNothing = transitions(3.0F);
  static const Matrix kSame = transitions(8.0F);
  static const Matrix kSection = transitions(0.8F);
  return border == RoleStep::Border::None   ? kNothing
         : border == RoleStep::Border::Same ? kSame
                                            : kSection;
}

RoleScores emission(const RoleScores& scores) {
  const float most = *std::ranges::max_element(scores);
  RoleScores out{};
  for (std::size_t i = 0; i < kRoles; ++i) out[i] = std::exp(scores[i] - most);
  return out;
}

}  // namespace

std::vector<RoleScores> smooth_roles(std::span<const RoleStep> steps) {
  std::vector<RoleScores> forward(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const RoleScores own = emission(steps[i].scores);
    const Matrix& matrix = matrix_of(steps[i].border);
    for (std::size_t to = 0; to < kRoles; ++to) {
      float sum = i == 0 ? 1.0F : 0.0F;
      for (std::size_t from = 0; i > 0 && from < kRoles; ++from) {
        sum += forward[i - 1][from] * matrix[from][to];
      }
      forward[i][to] = sum * own[to];
    }
    normalise(forward[i]);
  }
  RoleScores backward;
  backward.fill(1);
  for (std::size_t i = steps.size(); i-- > 0;) {
    const RoleScores own = emission(steps[i].scores);
    const Matrix& matrix = matrix_of(steps[i].border);
    RoleScores next{};
    for (std::size_t from = 0; from < kRoles; ++from) {
      for (std::size_t to = 0; to < kRoles; ++to) {
        next[from] += matrix[from][to] * own[to] * backward[to];
      }
    }
    for (std::size_t k = 0; k < kRoles; ++k) forward[i][k] *= backward[k];
    normalise(forward[i]);
    normalise(next);
    backward = next;
  }
  return forward;
}

}  // namespace nhanrong::indexer
