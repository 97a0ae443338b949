#include "search/condition_checker.h"

#include <algorithm>
#include <string_view>

#include "search/phrase.h"

namespace nhanrong::search {
namespace {

using Kind = Condition::Kind;

bool has_all(MaskView mask, const std::vector<std::uint32_t>& bits) {
  return std::all_of(bits.begin(), bits.end(),
                     [&](std::uint32_t bit) { return (mask[bit / 64] >> (bit % 64) & 1) != 0; });
}

/// Do the words of a passage alone decide about some part of it?
bool depends_on_passages(const PlannedCondition& condition) {
  if (condition.is->kind == Kind::Words) return true;
  if (condition.is->kind == Kind::Not) return false;
  return std::any_of(condition.parts.begin(), condition.parts.end(), depends_on_passages);
}

/// 20230700 → 20230701 and 20230731, as far as a date is known.
std::int32_t first_day(std::int32_t date) {
  if (date % 10000 == 0) return date + 101;
  return date % 100 == 0 ? date + 1 : date;
}
std::int32_t last_day(std::int32_t date) {
  if (date % 10000 == 0) return date + 1231;
  return date % 100 == 0 ? date + 31 : date;
}

}  // namespace

void ConditionChecker::look_at(std::uint32_t row) {
  row_ = row;
  for (Known& known : known_) known.passages.clear();
}

RoleBits ConditionChecker::roles_of_passage(std::uint32_t passage) const {
  return snapshot_.passages[snapshot_.first_passages[row_] - 1 + passage].roles & kAllRoles;
}

ConditionChecker::Known& ConditionChecker::known_of(const Condition& condition) const {
  for (Known& known : known_) {
    if (known.condition == &condition) return known;
  }
  known_.push_back({&condition, std::nullopt, {}});
  return known_.back();
}

bool ConditionChecker::holds_row(std::uint32_t passage, bool title,
                                 const Condition& condition) const {
  const auto docid = snapshot_.first_passages[row_] + passage;
  if (title) return read_row(docid, true, condition);
  Known& known = known_of(condition);
  known.passages.resize(passages());
  Known::Answer& answer = known.passages[passage];
  if (answer == Known::Answer::Unknown) {
    answer = read_row(docid, false, condition) ? Known::Answer::Yes : Known::Answer::No;
  }
  return answer == Known::Answer::Yes;
}

bool ConditionChecker::read_row(std::uint32_t docid, bool title, const Condition& condition) const {
  if (snapshot_.tokens != nullptr && docid <= snapshot_.tokens->passages()) {
    auto& phrase = known_of(condition).phrase;
    if (!phrase) phrase.emplace(*snapshot_.tokens, condition.phrase);
    return phrase->is_in(snapshot_.tokens->sequence(docid, title));
  }
  const std::string data = snapshot_.stored_sequence(docid);
  const auto line_end = std::min(data.find('\n'), data.size());
  const auto text = std::string_view(data);
  return holds_phrase(
      title ? text.substr(0, line_end) : text.substr(std::min(line_end + 1, data.size())),
      condition.phrase);
}

RoleBits ConditionChecker::roles(const PlannedCondition& condition) const {
  if (!depends_on_passages(condition)) return kAllRoles;
  RoleBits has = 0;
  for (std::uint32_t p = 0; p < passages(); ++p) has |= roles_of_passage(p);
  RoleBits found = 0;
  for (RoleBits role = 1; role <= kAllRoles; role <<= 1) {
    if ((has & role) != 0 && holds(condition, role)) found |= role;
  }
  return found;
}

/// `role`: only passages of that role count; 0: all, and the title.
bool ConditionChecker::holds(const PlannedCondition& condition, RoleBits role) const {
  const auto part_holds = [&](const PlannedCondition& part) { return holds(part, role); };
  switch (condition.is->kind) {
    case Kind::All:
      return std::all_of(condition.parts.begin(), condition.parts.end(), part_holds);
    case Kind::Any:
      return std::any_of(condition.parts.begin(), condition.parts.end(), part_holds);
    case Kind::Not:
      return !holds(condition.parts.front(), 0);
    case Kind::Words:
      return holds_words(condition, role);
    case Kind::Title:
      return title_holds(condition);
    case Kind::Issuer:
      return has_all(held_.body(row_, 0), condition.bits);
    case Kind::Term:
      for (std::uint32_t p = 0; p < passages(); ++p) {
        if (has_all(held_.body(row_, p), condition.bits)) return true;
      }
      return false;
    case Kind::Facet:
      return holds_facet(condition);
    case Kind::Dates:
      return is_issued_within(condition.is->from, condition.is->to);
  }
  return false;
}

bool ConditionChecker::holds_words(const PlannedCondition& condition, RoleBits role) const {
  if (role == 0 && title_holds(condition)) return true;
  for (std::uint32_t p = 0; p < passages(); ++p) {
    if (role != 0 && (roles_of_passage(p) & role) == 0) continue;
    if (passage_holds(p, condition)) return true;
  }
  return false;
}

bool ConditionChecker::passage_holds(std::uint32_t passage,
                                     const PlannedCondition& condition) const {
  if (!has_all(held_.body(row_, passage), condition.bits)) return false;
  if (condition.bits_decide) return true;
  return holds_row(passage, false, *condition.is);
}

bool ConditionChecker::title_holds(const PlannedCondition& condition) const {
  if (!has_all(held_.title(row_), condition.bits)) return false;
  if (condition.bits_decide) return true;
  return holds_row(0, true, *condition.is);
}

bool ConditionChecker::holds_facet(const PlannedCondition& condition) const {
  if (condition.roles != 0) {
    for (std::uint32_t p = 0; p < passages(); ++p) {
      if ((roles_of_passage(p) & condition.roles) != 0) return true;
    }
    return false;
  }
  const auto values = snapshot_.values_of(row_);
  return std::any_of(values.begin(), values.end(), [&](std::uint32_t code) {
    return std::find(condition.codes.begin(), condition.codes.end(), code) != condition.codes.end();
  });
}

bool ConditionChecker::is_issued_within(std::int32_t from, std::int32_t to) const {
  const std::int32_t date = snapshot_.dates[row_];
  return date != 0 && last_day(date) >= from && first_day(date) <= to;
}

}  // namespace nhanrong::search
