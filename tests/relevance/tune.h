#pragma once
#include <string>
#include <vector>

#include "judged_set.h"
#include "search/ranking.h"

namespace nhanrong::relevance {

/// One constant of search/ranking.h, and where to look for its best value.
struct Constant {
  const char* name;
  double search::Ranking::*value;
  double low, high, step;
  double neutral;  // what it is where its idea is left out
};
const std::vector<Constant>& constants();
/// Throws std::runtime_error if there is none of that name.
const Constant& find_constant(const std::string& name);

/// Coordinate descent over `tuned`: each constant in turn goes up or down by its step as long as
/// the mean nDCG@10 of all sets and of the ways of typing that differ (asis, nodia, typo, kw,
/// kwnodia) grows. Prints each step taken.
search::Ranking tune(const std::vector<JudgedSet>& sets, search::Ranking start,
                     const std::vector<std::string>& tuned, std::size_t every);

/// Prints what each constant gains: the mean with its neutral value against the mean with its own,
/// over all queries and over the two halves of them.
void print_ablation(const std::vector<JudgedSet>& sets, const search::Ranking& ranking,
                    const std::vector<std::string>& names);

}  // namespace nhanrong::relevance
