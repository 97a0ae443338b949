#include "indexer/understand/units.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace nhanrong::indexer {
namespace {

constexpr std::string_view kCommunesOfTodaySince = "2025-07-01";
constexpr std::string_view kTablesSince = "2023-04";  // communes that ended before are not in them
constexpr std::size_t kVeryMany = 8;                  // so many provinces named decide nothing

/// When the text was written, as far as it matters which units there were.
struct Era {
  bool may_be_present;    // communes of today may be meant
  bool is_present;        // they are what a name means first
  bool tables_are_whole;  // every commune of the time is in the tables
  std::string date;       // ISO or its beginning; empty: unknown
};

Era era_of(const Context& context) {
  Era era{true, false, false, context.date};
  if (era.date.empty() && context.year > 0) era.date = std::to_string(context.year);
  if (era.date.empty()) return era;
  const bool during_2025 = era.date == "2025" || era.date == "2025-07";
  era.is_present = era.date >= kCommunesOfTodaySince;
  era.may_be_present = era.is_present || during_2025;
  era.tables_are_whole = era.date >= kTablesSince;
  return era;
}

using Provinces = std::set<std::string_view, std::less<>>;
using Candidates = std::vector<const NamedUnit*>;

class UnitChooser {
 public:
  UnitChooser(const Page& page, const Context& context,
              const std::vector<ProvinceMention>& provinces,
              const std::vector<UnitMention>& mentions)
      : page_(page),
        context_(context),
        provinces_(provinces),
        mentions_(mentions),
        era_(era_of(context)) {
    meant_.resize(mentions.size(), nullptr);
    for (const ProvinceMention& each : provinces) {
      named_.insert(each.id);
      if (inside(context.issuer, each.span.start, each.span.end)) issuers_.insert(each.id);
      if (inside(context.title, each.span.start, each.span.end)) titles_.insert(each.id);
    }
  }

  std::vector<MeantUnit> choose() {
    // What stands in a unit that is named beside it needs no other, and helps the rest.
    choose_all(UnitLevel::District, true);
    choose_all(UnitLevel::District, false);
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      if (mentions_[i].level == UnitLevel::District && meant_[i] != nullptr) {
        districts_.insert(meant_[i]->id);
      }
    }
    choose_all(UnitLevel::Commune, true);
    choose_all(UnitLevel::Commune, false);
    return result();
  }

 private:
  void choose_all(UnitLevel level, bool held) {
    district_before_ = nullptr;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      const UnitMention& mention = mentions_[i];
      if (mention.level == UnitLevel::District && meant_[i] != nullptr) {
        district_before_ = meant_[i];
        district_line_ = page_.line_at(mention.span.start);
      }
      const bool has_holder = mention.holder.kind != UnitHolder::None;
      const bool place_line = inside(context_.place_line, mention.span.start, mention.span.end);
      if (mention.level != level || has_holder != held || place_line) continue;
      meant_[i] = meant_by(mention);
      if (meant_[i] == nullptr) continue;
      resolved_.try_emplace({mention.units, mention.kind}, meant_[i]);
      if (inside(context_.issuer, mention.span.start, mention.span.end)) {
        issuers_.insert(meant_[i]->province);
        if (level == UnitLevel::District) issuing_district_ = meant_[i]->id;
      }
    }
  }

  /// What a name without a holder is decided by, beside what holds for the whole text.
  struct Surroundings {
    const NamedUnit* district;  // the last one named before
    bool same_line;             // in the line of the name
    const ProvinceMention* province;
    bool operator==(const Surroundings&) const = default;
  };

  const NamedUnit* meant_by(const UnitMention& mention) {
    const bool held = mention.holder.kind != UnitHolder::None;
    const Surroundings around{
        district_before_,
        district_before_ != nullptr && page_.line_at(mention.span.start) == district_line_,
        province_before(mention)};
    if (!held) {
      if (const auto before = resolved_.find({mention.units, mention.kind});
          before != resolved_.end()) {
        return before->second;
      }
      // A text may be full of one name that nothing decides.
      const auto undecided = undecided_.find({mention.units, mention.kind});
      if (undecided != undecided_.end() && undecided->second == around) return nullptr;
    }
    Candidates left;
    for (const NamedUnit* unit : *mention.units) {
      if (unit->present && !era_.may_be_present) continue;
      if (held ? is_held(*unit, mention.holder) : may_be_of_kind(*unit, mention)) {
        left.push_back(unit);
      }
    }
    // A commune's kind changes often; "thành phố Hòa Bình" is not the district of that name.
    if (mention.level == UnitLevel::District) keep_kind(left, mention.kind);
    const NamedUnit* one = held ? single(left, mention.kind) : nullptr;
    if (one == nullptr) one = by_context(left, mention, around);
    if (one == nullptr && !held) one = only_one(left, mention);
    if (one == nullptr && !held) undecided_[{mention.units, mention.kind}] = around;
    return one;
  }

  const NamedUnit* by_context(const Candidates& left, const UnitMention& mention,
                              const Surroundings& around) const {
    const auto narrowed = [&](const auto& fits) {
      Candidates some;
      std::ranges::copy_if(left, std::back_inserter(some),
                           [&](const NamedUnit* unit) { return fits(*unit); });
      return single(std::move(some), mention.kind);
    };
    const NamedUnit* one = nullptr;
    // What a text of today names is of today, unless it speaks of a district.
    if (era_.is_present && !around.same_line && mention.holder.kind == UnitHolder::None) {
      for (const Provinces* area : {&issuers_, &titles_, &named_}) {
        if (area == &named_ && named_.size() > kVeryMany) continue;
        one =
            narrowed([&](const NamedUnit& unit) { return unit.present && is_in_one(unit, *area); });
        if (one != nullptr) return one;
      }
      one = narrowed([](const NamedUnit& unit) { return unit.present; });
      if (one != nullptr && issuers_.empty()) return one;
      one = nullptr;
    }
    if (mention.level == UnitLevel::Commune) {
      const std::string_view last = around.district != nullptr ? around.district->id : "";
      for (const std::string_view district : {issuing_district_, last}) {
        one = narrowed([&](const NamedUnit& unit) { return is_in(unit, district); });
        if (one != nullptr) return one;
      }
      one = narrowed([&](const NamedUnit& unit) { return districts_.contains(unit.district); });
      if (one != nullptr) return one;
    }
    if (around.province != nullptr) {
      one = narrowed(
          [&](const NamedUnit& unit) { return is_in_province(unit, around.province->id); });
    }
    for (const Provinces* area : {&issuers_, &titles_, &named_}) {
      if (one != nullptr) return one;
      if (area == &named_ && named_.size() > kVeryMany) continue;
      one = narrowed([&](const NamedUnit& unit) { return is_in_one(unit, *area); });
    }
    return one;
  }

  /// Communes rise with the years: what a text of before calls xã may be a thị trấn or phường in
  /// the tables; none goes the other way.
  bool may_be_of_kind(const NamedUnit& unit, const UnitMention& mention) const {
    if (mention.level == UnitLevel::District || unit.kind == mention.kind) return true;
    return !era_.is_present && !unit.present &&
           (mention.kind == "xã" || (mention.kind == "thị trấn" && unit.kind == "phường"));
  }

  /// Can the unit be part of what is named beside it?
  bool is_held(const NamedUnit& unit, const UnitHolder& holder) const {
    switch (holder.kind) {
      case UnitHolder::None:
        return true;
      case UnitHolder::Unknown:
        return false;
      case UnitHolder::Province:
        return is_in_province(unit, provinces_[holder.place].id);
      case UnitHolder::District:
        break;
    }
    if (meant_[holder.place] != nullptr) return is_in(unit, meant_[holder.place]->id);
    const Namesakes& districts = *mentions_[holder.place].units;
    return std::ranges::any_of(districts, [&](const NamedUnit* d) { return is_in(unit, d->id); });
  }

  static bool is_in(const NamedUnit& unit, std::string_view district) {
    return !district.empty() && unit.district == district;
  }

  bool is_in_province(const NamedUnit& unit, std::string_view province) const {
    if (unit.province == province) return true;
    // Since the mergers "tỉnh Lào Cai" holds Yên Bái, whose old communes are spoken of still; Huế
    // had its name before.
    const bool holds = era_.may_be_present || province == "hue";
    return holds && unit.present_province == province;
  }

  bool is_in_one(const NamedUnit& unit, const Provinces& area) const {
    return std::ranges::any_of(
        area, [&](std::string_view province) { return is_in_province(unit, province); });
  }

  /// "tỉnh Tiền Giang có huyện Châu Thành": the last province named in the line before.
  const ProvinceMention* province_before(const UnitMention& mention) const {
    const auto behind =
        std::ranges::lower_bound(provinces_, mention.span.start, {},
                                 [](const ProvinceMention& each) { return each.span.start; });
    if (behind == provinces_.begin()) return nullptr;
    const ProvinceMention& last = *std::prev(behind);
    return page_.line_at(last.span.start) == page_.line_at(mention.span.start) ? &last : nullptr;
  }

  template <class Fits>
  static void keep(Candidates& units, const Fits& fits) {
    if (std::ranges::any_of(units, fits)) std::erase_if(units, std::not_fn(fits));
  }

  /// Leaves those of a kind, if there are any: now or earlier.
  static void keep_kind(Candidates& units, std::string_view kind) {
    keep(units, [kind](const NamedUnit* unit) {
      return unit->kind == kind || unit->earlier_kinds.find(kind) != std::string_view::npos;
    });
  }

  /// The one unit of several; those of the text's time come first, then those of the kind
  /// written.
  const NamedUnit* single(Candidates units, std::string_view kind) const {
    if (units.size() > 1) {
      keep(units, [this](const NamedUnit* unit) { return unit->present == era_.is_present; });
    }
    if (units.size() > 1) keep_kind(units, kind);
    if (units.size() > 1) keep(units, [this](const NamedUnit* unit) { return !has_ended(*unit); });
    return units.size() == 1 ? units.front() : nullptr;
  }

  /// Did a district end before the text was written? An undated one is taken for recent.
  bool has_ended(const NamedUnit& unit) const {
    if (unit.valid_to.empty() || unit.valid_to >= kTablesSince) return false;
    return era_.date.empty() || era_.date > unit.valid_to.substr(0, era_.date.size());
  }

  /// The unit whose name no other has.
  const NamedUnit* only_one(const Candidates& units, const UnitMention& mention) const {
    const NamedUnit* one = single(units, mention.kind);
    if (one == nullptr) return nullptr;
    if (mention.level == UnitLevel::District) return one;
    const bool of_kind = one->kind == mention.kind;
    // Undated, and another unit of today has the name.
    const bool moved = !era_.is_present && std::ranges::any_of(units, [&](const NamedUnit* other) {
      return other->present_province != one->present_province;
    });
    // A namesake at home may have ended before the tables begin.
    const bool elsewhere =
        !issuers_.empty() && !is_in_one(*one, issuers_) && !era_.tables_are_whole;
    return of_kind && !moved && !elsewhere ? one : nullptr;
  }

  std::vector<MeantUnit> result() const {
    std::vector<MeantUnit> found;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      if (meant_[i] == nullptr) continue;
      found.push_back(
          {meant_[i], mentions_[i].span, mentions_[i].holder.kind == UnitHolder::Province});
    }
    std::ranges::sort(found, {}, [](const MeantUnit& unit) { return unit.span.start; });
    return found;
  }

  const Page& page_;
  const Context& context_;
  const std::vector<ProvinceMention>& provinces_;
  const std::vector<UnitMention>& mentions_;
  const Era era_;
  std::vector<const NamedUnit*> meant_;                           // of each mention
  using Written = std::pair<const Namesakes*, std::string_view>;  // with the unit word
  std::map<Written, const NamedUnit*> resolved_;
  std::map<Written, Surroundings> undecided_;
  Provinces issuers_, titles_, named_;
  std::set<std::string_view> districts_;  // that the text means
  std::string_view issuing_district_;
  const NamedUnit* district_before_ = nullptr;
  std::size_t district_line_ = 0;
};

}  // namespace

std::vector<MeantUnit> UnitRule::read(const Page& page, const Context& context,
                                      const std::vector<ProvinceMention>& provinces) const {
  const auto mentions = find_unit_mentions(page, names_, provinces);
  if (mentions.empty()) return {};
  return UnitChooser(page, context, provinces, mentions).choose();
}

}  // namespace nhanrong::indexer
