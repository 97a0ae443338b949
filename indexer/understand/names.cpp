#include "indexer/understand/names.h"

#include <algorithm>

namespace nhanrong::indexer {
namespace {

constexpr std::uint32_t kKindShift = 24;

std::uint32_t packed(NameKind kind, std::size_t row) {
  return static_cast<std::uint32_t>(kind) << kKindShift | static_cast<std::uint32_t>(row);
}

/// The string of a not_when entry without the remark in brackets.
std::string_view without_remark(std::string_view entry) {
  return trimmed(entry.substr(0, entry.find('(')));
}

}  // namespace

void Names::add(std::string_view name, NameKind kind, std::size_t row, text::NameCase letter_case) {
  if (!name.empty()) matcher_.add(name, packed(kind, row), letter_case);
}

void Names::add_themes(const corpus::Reference& reference) {
  std::size_t row = 0;
  for (const corpus::Row& theme : reference.table("themes")) {
    const auto passing = theme.list("passing_terms");
    for (const std::string_view column : {"cue_terms", "cue_phrases"}) {
      for (const auto cue : theme.list(column)) {
        const bool weak = std::ranges::find(passing, cue) != passing.end();
        add(cue, weak ? NameKind::ThemeHint : NameKind::Theme, row, text::NameCase::Any);
      }
    }
    for (const auto cue : theme.list("weak_cue_terms")) {
      add(cue, NameKind::ThemeHint, row, text::NameCase::Any);
    }
    ++row;
  }
}

Names::Names(const corpus::Reference& reference) {
  using text::NameCase;
  std::size_t row = 0;
  for (const corpus::Row& province : reference.table("provinces")) {
    add(province["name"], NameKind::Province, row, NameCase::Written);
    for (const auto alias : province.list("aliases")) {
      add(alias, NameKind::Province, row, NameCase::Written);
    }
    for (const auto entry : province.list("not_when")) {
      const std::string_view name = without_remark(entry);
      // "tỉnh Hà Nam (Trung Quốc)": only the remark tells them apart.
      if (name.starts_with("tỉnh")) continue;
      // "thái bình (viết thường)" is what letter case tells already; a place line is cut off
      // before.
      if (name.find_first_of("0123456789,") == std::string_view::npos && starts_upper(name)) {
        add(name, NameKind::NotProvince, row, NameCase::Written);
      } else if (entry.find("(viết thường)") == std::string_view::npos &&
                 name.find_first_of("0123456789") == std::string_view::npos &&
                 !name.starts_with("Hà Nội,")) {
        add(name, NameKind::NotProvince, row, NameCase::Any);
      }
    }
    ++row;
  }
  row = 0;
  for (const corpus::Row& region : reference.table("regions")) {
    add(region["name"], NameKind::Region, row, NameCase::Written);
    add("vùng " + std::string(region["name"]), NameKind::Region, row, NameCase::Any);
    for (const auto alias : region.list("aliases")) {
      add(alias, NameKind::Region, row, NameCase::Written);
    }
    ++row;
  }
  const auto add_table = [&](std::string_view table, std::string_view name_column,
                             std::string_view sure, std::string_view hint, NameKind sure_kind,
                             NameKind hint_kind) {
    std::size_t at = 0;
    for (const corpus::Row& each : reference.table(table)) {
      if (!name_column.empty()) add(each[name_column], sure_kind, at, NameCase::Any);
      for (const auto name : each.list(sure)) add(name, sure_kind, at, NameCase::Any);
      for (const auto name : each.list(hint)) add(name, hint_kind, at, NameCase::Any);
      ++at;
    }
  };
  add_table("programmes", "name", "aliases", "ambiguous_aliases", NameKind::Programme,
            NameKind::ProgrammeHint);
  add_table("components", "name", "aliases", "ambiguous_aliases", NameKind::Component,
            NameKind::ComponentHint);
  add_themes(reference);
  row = 0;
  for (const corpus::Row& group : reference.table("beneficiaries")) {
    for (const auto term : group.list("terms"))
      add(term, NameKind::Beneficiary, row, NameCase::Any);
    ++row;
  }
  row = 0;
  for (const corpus::Row& group : reference.table("ethnic_groups")) {
    add(group["name"], NameKind::EthnicGroup, row, NameCase::Written);
    for (const auto alias : group.list("aliases")) {
      // "người Việt" are mostly the people of the whole country.
      if (alias != "Việt") add(alias, NameKind::EthnicGroup, row, NameCase::Written);
    }
    ++row;
  }
  row = 0;
  for (const corpus::Row& cue : reference.table("passage_roles")) {
    if (cue["cue_type"] == "inline") add(cue["cue"], NameKind::Cue, row, NameCase::Any);
    ++row;
  }
  matcher_.build();
}

std::vector<NameHit> Names::find(const Page& page) const {
  std::vector<NameHit> hits;
  for (const text::NameMatch& match : matcher_.find(page.text, page.tokens)) {
    hits.push_back({match.start, match.end, static_cast<NameKind>(match.name >> kKindShift),
                    match.name & ((1U << kKindShift) - 1)});
  }
  return hits;
}

std::vector<NameHit> longest_of(const std::vector<NameHit>& hits,
                                std::initializer_list<NameKind> kinds) {
  std::vector<text::NameMatch> matches;
  for (const NameHit& hit : hits) {
    if (std::ranges::find(kinds, hit.kind) != kinds.end()) {
      matches.push_back({hit.start, hit.end, packed(hit.kind, hit.row)});
    }
  }
  std::vector<NameHit> kept;
  for (const text::NameMatch& match : text::longest(std::move(matches))) {
    const NameHit hit{match.start, match.end, static_cast<NameKind>(match.name >> kKindShift),
                      match.name & ((1U << kKindShift) - 1)};
    const bool twice = !kept.empty() && kept.back().start == hit.start &&
                       kept.back().kind == hit.kind && kept.back().row == hit.row;
    if (!twice) kept.push_back(hit);
  }
  return kept;
}

}  // namespace nhanrong::indexer
