#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"

namespace nhanrong::corpus {

/// Kinds of facts of a practice card, in the order they are shown; evidence has them as
/// "practice_cost". In Vietnamese: vấn đề, cách làm, nơi áp dụng, thời gian bắt đầu, đối tượng thụ
/// hưởng, kinh phí, nguồn kinh phí, kết quả, điều kiện áp dụng, nơi liên hệ.
inline constexpr std::array<std::string_view, 10> kPracticeFields{
    "problem", "solution", "place",   "since",      "beneficiaries",
    "cost",    "funding",  "results", "conditions", "contact"};
inline constexpr std::string_view kPracticePrefix = "practice_";

/// All facts of one kind.
struct PracticeFacts {
  std::string_view field;              // one of kPracticeFields
  std::vector<const Evidence*> facts;  // into the evidence asked; at least one
};

/// The practice card of a document; empty for one that tells of no practice.
std::vector<PracticeFacts> practice_facts(const std::vector<Evidence>& evidence);

/// The card as the record has it: {"cost": "1,2 tỷ đồng; …", "results": ["…"]}; results are a list,
/// facts of the other kinds are joined by "; ". Empty string: there is no card.
std::string practice_json(const std::vector<Evidence>& evidence);

}  // namespace nhanrong::corpus
