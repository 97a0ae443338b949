#include "indexer/understand/ethnic_groups.h"

#include <algorithm>
#include <array>

#include "text/syllable.h"

namespace nhanrong::indexer {
namespace {

constexpr std::size_t kMostGroups = 12;

/// Does the text before a name say that a group of people follows?
bool is_announced(std::string_view before) {
  constexpr std::size_t kLongest = 40;  // bytes
  constexpr std::array<std::string_view, 7> kCues = {"dan toc",   "dong bao", "nguoi",   "ba con",
                                                     "toc nguoi", "phu nu",   "hoc sinh"};
  const std::string folded =
      text::fold(trimmed(before.substr(before.size() - std::min(before.size(), kLongest))));
  return std::ranges::any_of(kCues, [&](std::string_view cue) {
    if (!folded.ends_with(cue)) return false;
    return folded.size() == cue.size() || folded[folded.size() - cue.size() - 1] == ' ' ||
           folded[folded.size() - cue.size() - 1] == '(';
  });
}

/// "Mông, Dao và Tày"
bool joins_list(std::string_view between) {
  constexpr std::array<std::string_view, 7> kJoints = {",", ";", "và", ", và", "-", "–", "hoặc"};
  const std::string_view joint = trimmed(between);
  return joint.size() < between.size() && std::ranges::find(kJoints, joint) != kJoints.end();
}

/// The first word of a longer name: "người Mường Lay", "đồng bào Thái Nguyên".
bool goes_on_as_name(std::string_view after) {
  return after.starts_with(" ") &&
         starts_upper(after.substr(1, after.find_first_of(" ,.;:", 1) - 1));
}

}  // namespace

Findings find_ethnic_groups(const Page& page, const std::vector<NameHit>& hits,
                            const corpus::Reference& reference) {
  const auto groups = reference.table("ethnic_groups");
  Findings found;
  std::uint32_t list_end = 0;  // of the last name that counted
  const auto named = longest_of(hits, {NameKind::EthnicGroup});
  for (std::size_t i = 0; i < named.size();) {
    const NameHit& hit = named[i];
    const std::size_t same = i;
    while (i < named.size() && named[i].start == hit.start) ++i;
    if (i - same > 1) continue;  // a name that several groups have
    const bool listed =
        list_end > 0 && joins_list(page.text.substr(list_end, hit.start - list_end));
    if (!listed && !is_announced(page.text.substr(0, hit.start))) continue;
    if (goes_on_as_name(page.text.substr(hit.end))) continue;
    list_end = hit.end;
    add_once(found, {std::string(groups[hit.row]["code"]), {hit.start, hit.end}});
  }
  if (found.size() > kMostGroups) found.clear();
  return found;
}

}  // namespace nhanrong::indexer
