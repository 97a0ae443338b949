#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "judged_set.h"
#include "tune.h"

// Figures of a ranking in process, without the server: quick enough to search for constants.
// scripts/relevance makes the libraries and calls it.
namespace {

using namespace nhanrong::relevance;

void print_figures(const std::vector<JudgedSet>& sets, const nhanrong::search::Ranking& ranking,
                   const std::vector<std::string>& variants, Sample sample) {
  fmt::print("{:8}{:9}{:>9}{:>9}{:>9}{:>11}\n", "set", "variant", "queries", "nDCG@10", "MRR@10",
             "Recall@10");
  for (const JudgedSet& set : sets) {
    for (const std::string& variant : set.variants()) {
      const bool wanted =
          variants.empty() || std::ranges::find(variants, variant) != variants.end();
      if (!wanted) continue;
      const Figures f = set.measure(variant, ranking, sample);
      fmt::print("{:8}{:9}{:9}{:9.4f}{:9.4f}{:11.4f}\n", set.name(), variant, set.queries(variant),
                 f.ndcg, f.mrr, f.recall);
      std::fflush(stdout);
    }
  }
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app("nDCG@10, MRR@10 and Recall@10 by way of typing, and the constants of ranking");
  std::vector<std::string> places, values, variants, tuned, ablated;
  std::size_t every = 1;
  app.add_option("sets", places, "NAME LIBRARY DATA of each set, in turn")->required();
  app.add_option("--set", values, "NAME=VALUE of a constant");
  app.add_option("--variants", variants, "print these ways of typing only")->delimiter(',');
  app.add_option("--every", every, "run every so many-th query");
  app.add_option("--tune", tuned, "search for these constants (all: every one)")->delimiter(',');
  app.add_option("--ablate", ablated, "print what these constants gain (all: every one)")
      ->delimiter(',');
  CLI11_PARSE(app, argc, argv);

  const nhanrong::text::Analyzer analyzer;
  std::vector<JudgedSet> sets;
  for (std::size_t i = 0; i + 2 < places.size(); i += 3) {
    sets.emplace_back(places[i], places[i + 1], places[i + 2], analyzer);
  }
  nhanrong::search::Ranking ranking;
  for (const std::string& value : values) {
    const auto equals = value.find('=');
    ranking.*find_constant(value.substr(0, equals)).value =
        std::stod(value.substr(std::min(equals, value.size() - 1) + 1));
  }
  const auto names = [](const std::vector<std::string>& asked) {
    if (asked != std::vector<std::string>{"all"}) return asked;
    std::vector<std::string> all;
    for (const Constant& constant : constants()) all.emplace_back(constant.name);
    return all;
  };
  if (!tuned.empty()) {
    ranking = tune(sets, ranking, names(tuned), every);
    for (const Constant& constant : constants()) {
      fmt::print("{} = {:g}\n", constant.name, ranking.*constant.value);
    }
    every = 1;
  }
  if (!ablated.empty()) {
    print_ablation(sets, ranking, names(ablated));
  } else {
    print_figures(sets, ranking, variants, {every, 0});
  }
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "nhanrong_relevance: {}\n", error.what());
  return 3;
}
