#include "indexer/understand/role_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "text/token_scanner.h"

namespace nhanrong::indexer {
namespace {

constexpr int kRounds = 12;
constexpr float kStep = 0.3F;  // of the gradient, in the first round
constexpr float kBiasStep = 0.1F;
constexpr float kStepDecay = 0.3F;  // a round
constexpr float kScale = 3.0F;      // length of a text's vector of features

/// FNV-1a, 64 bits: features are known by their hashes.
class Hash {
 public:
  explicit Hash(char kind) { add(kind); }
  void add(std::string_view s) {
    for (const char c : s) add(c);
    add(' ');
  }
  std::uint64_t value() const { return value_; }

 private:
  void add(char c) { value_ = (value_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL; }
  std::uint64_t value_ = 14695981039346656037ULL;
};

/// Numbers are alike, but years: a plan has those to come.
std::string_view form(const text::Token& token, bool folded) {
  constexpr std::size_t kYearDigits = 4;
  if (token.kind == text::TokenKind::Number) {
    return token.exact.size() == kYearDigits && token.exact.starts_with("20") ? "#y" : "#";
  }
  return folded ? token.folded : token.exact;
}

std::vector<std::uint64_t> features_of(std::span<const text::Token> tokens) {
  std::vector<std::uint64_t> features;
  features.reserve(tokens.size() * 2 + 1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Hash one('1');
    one.add(form(tokens[i], false));
    features.push_back(one.value());
    Hash two(i < 2 ? 's' : '2');
    if (i > 0) two.add(form(tokens[i - 1], true));
    two.add(form(tokens[i], true));
    features.push_back(two.value());
    if (i != 1) continue;
    Hash pair('2');
    pair.add(form(tokens[0], true));
    pair.add(form(tokens[1], true));
    features.push_back(pair.value());
  }
  return features;
}

/// Scores to logarithms of probabilities.
void normalise(RoleScores& scores) {
  const float most = *std::ranges::max_element(scores);
  float sum = 0;
  for (const float score : scores) sum += std::exp(score - most);
  const float log_sum = most + std::log(sum);
  for (float& score : scores) score -= log_sum;
}

/// Rare roles count more: by the root of how much rarer than the average they are.
template <typename Example>
RoleScores role_weights(const std::vector<Example>& examples) {
  RoleScores counts{};
  for (const Example& each : examples) counts[each.role] += 1;
  RoleScores weights{};
  const auto all = static_cast<float>(examples.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    weights[i] = std::sqrt(all / static_cast<float>(counts.size()) / std::max(counts[i], 1.0F));
  }
  return weights;
}

/// An order that mixes the examples, another each round and the same on each machine.
std::vector<std::size_t> mixed_order(std::size_t count, std::uint64_t& state) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = count; i > 1; --i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(order[i - 1], order[static_cast<std::size_t>(state >> 33U) % i]);
  }
  return order;
}

/// Numbers met so far; a text says a thing once however often it says it.
class Seen {
 public:
  /// At most kMost numbers are added. Was it new?
  bool add(std::uint32_t number) {
    std::size_t at = number % slots_.size();
    while (slots_[at] != 0 && slots_[at] != number + 1) at = (at + 1) % slots_.size();
    if (slots_[at] != 0) return false;
    slots_[at] = number + 1;
    return true;
  }
  static constexpr std::size_t kMost = 200;

 private:
  std::array<std::uint32_t, 256> slots_{};
};

float value_of(std::size_t features) {
  return kScale / std::sqrt(static_cast<float>(std::max<std::size_t>(features, 1)));
}

}  // namespace

std::size_t model_role(std::string_view role) {
  return static_cast<std::size_t>(std::ranges::find(kModelRoles, role) - kModelRoles.begin());
}

RoleModel::RoleModel(const corpus::Reference& reference, std::string_view table,
                     std::size_t most_tokens)
    : most_tokens_(most_tokens) {
  struct Text {
    std::vector<std::uint64_t> features;
    std::size_t role;
  };
  std::vector<Text> texts;
  std::vector<std::uint64_t> all;
  const auto rows = reference.table(table);
  texts.reserve(rows.size());
  for (const corpus::Row& row : rows) {
    const auto tokens = text::scan_tokens(row["text"]);
    const std::size_t role = model_role(row["role_id"]);
    if (role == kModelRoles.size()) continue;
    texts.push_back(
        {features_of(std::span(tokens).first(std::min(tokens.size(), most_tokens_))), role});
    all.insert(all.end(), texts.back().features.begin(), texts.back().features.end());
  }
  learn_places(all);
  std::vector<Example> examples;
  examples.reserve(texts.size());
  for (const Text& each : texts) {
    examples.push_back({known(each.features), each.role});
  }
  learn(examples);
}

void RoleModel::learn_places(const std::vector<std::uint64_t>& features) {
  slots_.assign(std::bit_ceil(features.size() * 2 + 2), {});
  std::uint32_t places = 0;
  for (const std::uint64_t feature : features) {
    // slot_of() is const for its readers.
    Slot& slot = slots_[static_cast<std::size_t>(&slot_of(feature) - slots_.data())];
    if (slot.place == kUnknown) slot = {feature, places++};
  }
  weights_.resize(places);
}

const RoleModel::Slot& RoleModel::slot_of(std::uint64_t feature) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(feature ^ (feature >> 32U)) & mask;
  while (slots_[at].place != kUnknown && slots_[at].feature != feature) at = (at + 1) & mask;
  return slots_[at];
}

std::vector<std::uint32_t> RoleModel::known(const std::vector<std::uint64_t>& features) const {
  std::vector<std::uint32_t> places;
  places.reserve(features.size());
  Seen seen;
  for (const std::uint64_t feature : features) {
    const std::uint32_t place = slot_of(feature).place;
    if (place != kUnknown && places.size() < Seen::kMost && seen.add(place)) {
      places.push_back(place);
    }
  }
  return places;
}

void RoleModel::learn(const std::vector<Example>& examples) {
  const RoleScores role_weight = role_weights(examples);
  std::uint64_t state = 1;
  for (int round = 0; round < kRounds; ++round) {
    const float step = kStep / (1 + kStepDecay * static_cast<float>(round));
    for (const std::size_t i : mixed_order(examples.size(), state)) {
      const Example& example = examples[i];
      RoleScores gradient = scores(example.features, example.features.size());
      for (float& each : gradient) each = std::exp(each);
      gradient[example.role] -= 1;
      for (float& each : gradient) each *= step * role_weight[example.role];
      const float value = value_of(example.features.size());
      for (std::size_t k = 0; k < gradient.size(); ++k) bias_[k] -= gradient[k] * kBiasStep;
      for (const std::uint32_t feature : example.features) {
        RoleScores& weight = weights_[feature];
        for (std::size_t k = 0; k < weight.size(); ++k) weight[k] -= gradient[k] * value;
      }
    }
  }
}

RoleScores RoleModel::scores(std::span<const std::uint32_t> features, std::size_t all) const {
  RoleScores sum{};
  for (const std::uint32_t feature : features) {
    const RoleScores& weight = weights_[feature];
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += weight[k];
  }
  const float value = value_of(all);
  for (std::size_t k = 0; k < sum.size(); ++k) sum[k] = sum[k] * value + bias_[k];
  normalise(sum);
  return sum;
}

RoleScores RoleModel::read(std::span<const text::Token> tokens) const {
  const auto features = features_of(tokens.first(std::min(tokens.size(), most_tokens_)));
  const auto places = known(features);
  return scores(places, features.size());
}

}  // namespace nhanrong::indexer
