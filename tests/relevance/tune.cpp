#include "tune.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

namespace nhanrong::relevance {
namespace {

using search::Ranking;

constexpr std::array kTuned = {"asis", "nodia", "typo", "kw", "kwnodia"};
/// Smaller gains are noise.
constexpr double kGain = 0.0001;

double objective(const std::vector<JudgedSet>& sets, const Ranking& ranking, Sample sample) {
  double sum = 0;
  for (const JudgedSet& set : sets) {
    for (const char* variant : kTuned) sum += set.measure(variant, ranking, sample).ndcg;
  }
  return sum / static_cast<double>(sets.size() * kTuned.size());
}

}  // namespace

const std::vector<Constant>& constants() {
  static const std::vector<Constant> all = {
      {"k1", &Ranking::k1, 0.4, 2.4, 0.2, 1.0},
      {"b", &Ranking::b, 0, 1, 0.1, 0.5},
      {"least_length", &Ranking::least_length, 0, 1, 0.1, 0.5},
      {"delta", &Ranking::delta, 0, 2, 0.25, 0},
      {"bigram", &Ranking::bigram, 0, 2, 0.1, 0},
      {"folded_marked", &Ranking::folded_marked, 0, 1, 0.1, 0},
      {"title", &Ranking::title, 0, 2, 0.1, 0},
      {"near_spelling", &Ranking::near_spelling, 0, 1.5, 0.1, 0},
      {"title_others", &Ranking::title_others, 0, 1, 0.5, 0},
      {"document", &Ranking::document, 0, 2, 0.1, 0},
      {"rerank_cover", &Ranking::rerank_cover, 0, 2, 0.2, 0},
      {"rerank_near", &Ranking::rerank_near, 0, 4, 0.25, 0},
      {"rerank_early", &Ranking::rerank_early, 0, 4, 0.2, 0},
      {"rerank_start", &Ranking::rerank_start, 0, 4, 0.2, 0},
      {"rerank_start_pairs", &Ranking::rerank_start_pairs, 0, 2, 0.1, 0},
      {"practice", &Ranking::practice, 0, 0.2, 0.01, 0},
      {"recent", &Ranking::recent, 0, 0.2, 0.01, 0},
      {"share_some", &Ranking::share_some, 0, 1, 0.1, 0},
      {"share_many", &Ranking::share_many, 0, 1, 0.1, 0},
  };
  return all;
}

const Constant& find_constant(const std::string& name) {
  const auto found = std::find_if(constants().begin(), constants().end(),
                                  [&](const Constant& c) { return c.name == name; });
  if (found == constants().end()) throw std::runtime_error("no constant is called " + name);
  return *found;
}

Ranking tune(const std::vector<JudgedSet>& sets, Ranking start,
             const std::vector<std::string>& tuned, std::size_t every) {
  double best = objective(sets, start, {every, 0});
  fmt::print("start {:.4f}\n", best);
  for (bool moved = true; moved;) {
    moved = false;
    for (const std::string& name : tuned) {
      const Constant& constant = find_constant(name);
      for (const double step : {constant.step, -constant.step}) {
        bool any = false;
        while (true) {
          Ranking tried = start;
          tried.*constant.value =
              std::clamp(tried.*constant.value + step, constant.low, constant.high);
          if (tried.*constant.value == start.*constant.value) break;
          const double reached = objective(sets, tried, {every, 0});
          if (reached < best + kGain) break;
          start = tried;
          best = reached;
          any = moved = true;
          fmt::print("{} = {:g}: {:.4f}\n", name, start.*constant.value, best);
          std::fflush(stdout);
        }
        if (any) break;
      }
    }
  }
  return start;
}

void print_ablation(const std::vector<JudgedSet>& sets, const Ranking& ranking,
                    const std::vector<std::string>& names) {
  constexpr std::array<Sample, 3> kSamples = {{{1, 0}, {2, 0}, {2, 1}}};
  std::array<double, 3> own{};
  for (std::size_t i = 0; i < own.size(); ++i) own[i] = objective(sets, ranking, kSamples[i]);
  fmt::print("{:20}{:>8}{:>9}{:>8}{:>8}{:>8}\n", "nDCG@10 x 100", "value", "neutral", "gain",
             "half 1", "half 2");
  for (const std::string& name : names) {
    const Constant& constant = find_constant(name);
    Ranking without = ranking;
    without.*constant.value = constant.neutral;
    fmt::print("{:20}{:8g}{:9g}", name, ranking.*constant.value, constant.neutral);
    for (std::size_t i = 0; i < own.size(); ++i) {
      fmt::print("{:+8.2f}", 100 * (own[i] - objective(sets, without, kSamples[i])));
    }
    fmt::print("\n");
    std::fflush(stdout);
  }
}

}  // namespace nhanrong::relevance
