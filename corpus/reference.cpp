#include "corpus/reference.h"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <utility>

#include "text/embedded_file.h"
#include "text/letters.h"
#include "text/normalise.h"
#include "text/syllable.h"
#include "text/utf8.h"

namespace nhanrong::embedded {
std::span<const text::EmbeddedFile> reference_tables();
}

namespace nhanrong::corpus {
namespace {

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> parts;
  parts.reserve(static_cast<std::size_t>(std::ranges::count(s, separator)) + 1);
  for (;;) {
    const std::size_t end = s.find(separator);
    parts.push_back(s.substr(0, end));
    if (end == std::string_view::npos) return parts;
    s.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> lines_of(std::string_view table) {
  std::vector<std::string_view> lines = split(table, '\n');
  std::erase_if(lines, [](std::string_view line) { return line.empty(); });
  return lines;
}

/// Words of a written name: runs of letters and digits, lower case.
std::vector<std::string> words_of(std::string_view written) {
  const std::string clean = text::lower(text::normalise(written));
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < clean.size();) {
    const std::size_t start = i;
    const char32_t c = text::next_code_point(clean, i);
    const bool in_word =
        c != text::kInvalidCodePoint && text::LetterTable::get()[c].kind != text::LetterKind::Other;
    if (in_word) {
      words.back().append(clean, start, i - start);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// Keys of names: '=' and words by tone key, so that both tone styles meet; '~' and words without
// marks.
std::string exact_key(const std::vector<std::string>& words) {
  std::string key = "=";
  for (const std::string& word : words) key.append(text::tone_key(word)).append(1, ' ');
  return key;
}

std::string folded_key(const std::vector<std::string>& words) {
  std::string key = "~";
  for (const std::string& word : words) key.append(text::fold(word)).append(1, ' ');
  return key;
}

/// Collects the written forms of one facet. Of ids that share a key the one wins to which it is
/// closer: its id, then its name, then an alias, then what is an alias only within a text.
class NameKeys {
 public:
  enum Closeness : int { Id, Name, Alias, WeakAlias };

  void add(std::string_view written, std::string_view id, Closeness closeness) {
    const std::vector<std::string> words = words_of(written);
    if (words.empty()) return;
    add_key(exact_key(words), id, closeness);
    add_key(folded_key(words), id, closeness);
  }

  template <class Map>
  void store(Map& ids) const {
    for (const auto& [key, owners] : keys_) {
      ids[key] = owners.ids.size() == 1 ? *owners.ids.begin() : std::string();
    }
  }

 private:
  struct Owners {
    Closeness closeness;
    std::set<std::string> ids;
  };

  void add_key(const std::string& key, std::string_view id, Closeness closeness) {
    Owners& owners = keys_.try_emplace(key, Owners{closeness, {}}).first->second;
    if (closeness > owners.closeness) return;
    if (closeness < owners.closeness) owners = {closeness, {}};
    owners.ids.emplace(id);
  }

  std::map<std::string, Owners> keys_;
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kFacetTables = {{
    {"type", "doctypes"},
    {"region", "regions"},
    {"province", "provinces"},
    {"programme", "programmes"},
    {"component", "components"},
    {"theme", "themes"},
    {"role", "roles"},
    {"ethnic_group", "ethnic_groups"},
}};

Unit unit_of(const Row& row, std::string_view province) {
  return {std::string(row["id"]), std::string(row["name"]), std::string(row["kind"]),
          std::string(province)};
}

bool has_column(const std::vector<std::string_view>& columns, std::string_view name) {
  return std::find(columns.begin(), columns.end(), name) != columns.end();
}

}  // namespace

Row::Row(const std::vector<std::string_view>* columns, std::vector<std::string_view> cells)
    : columns_(columns), cells_(std::move(cells)) {}

std::string_view Row::operator[](std::string_view column) const {
  const auto found = std::find(columns_->begin(), columns_->end(), column);
  if (found == columns_->end()) throw std::out_of_range("no column " + std::string(column));
  const auto i = static_cast<std::size_t>(found - columns_->begin());
  return i < cells_.size() ? cells_[i] : std::string_view();
}

std::vector<std::string_view> Row::list(std::string_view column) const {
  const std::string_view cell = (*this)[column];
  return cell.empty() ? std::vector<std::string_view>() : split(cell, '|');
}

Reference::Reference() {
  for (const text::EmbeddedFile& file : embedded::reference_tables()) {
    const std::string_view name = file.name.substr(0, file.name.rfind(".tsv"));
    Table& table = tables_[std::string(name)];
    const std::vector<std::string_view> lines = lines_of(file.bytes);
    table.columns = split(lines.at(0), '\t');
    table.rows.reserve(lines.size() - 1);
    for (std::size_t i = 1; i < lines.size(); ++i) {
      table.rows.emplace_back(&table.columns, split(lines[i], '\t'));
    }
  }
  for (const auto& [facet, table] : kFacetTables) read_labels(facet, table);
  read_levels();
  read_provinces();
  read_units();
  for (const auto& [facet, labels] : labels_) {
    for (std::size_t i = 0; i < labels.size(); ++i) label_places_[facet][labels[i].id] = i;
  }
}

void Reference::read_labels(std::string_view facet, std::string_view table_name) {
  const Table& table = tables_.at(std::string(table_name));
  const auto cell = [&table](const Row& row, std::string_view column) {
    return has_column(table.columns, column) ? row[column] : std::string_view();
  };
  const auto cells = [&table](const Row& row, std::string_view column) {
    return has_column(table.columns, column) ? row.list(column) : std::vector<std::string_view>();
  };
  std::vector<Label>& labels = labels_[std::string(facet)];
  NameKeys keys;
  std::set<std::string_view> seen;
  for (const Row& row : table.rows) {
    const std::string_view id = cell(row, has_column(table.columns, "id") ? "id" : "code");
    const std::string_view name = row["name"];
    const std::vector<std::string_view> aliases = cells(row, "aliases");
    std::string_view short_name = cell(row, "short_name");
    if (short_name.empty()) short_name = cell(row, "name_short");
    // Names of components fill two lines; their first alias says which one it is.
    if (facet == "component" && !aliases.empty()) short_name = aliases.front();
    if (seen.insert(id).second) {
      labels.push_back({std::string(id), std::string(name),
                        std::string(short_name.empty() ? name : short_name),
                        std::string(cell(row, "name_en"))});
    }
    keys.add(id, id, NameKeys::Id);
    keys.add(name, id, NameKeys::Name);
    keys.add(short_name, id, NameKeys::Alias);
    keys.add(cell(row, "full_name"), id, NameKeys::Alias);
    keys.add(cell(row, "name_en"), id, NameKeys::Alias);
    for (const std::string_view alias : aliases) keys.add(alias, id, NameKeys::Alias);
    for (const std::string_view alias : cells(row, "ambiguous_aliases")) {
      keys.add(alias, id, NameKeys::WeakAlias);
    }
    // The abbreviations of provinces are not official and mean other things as well.
    if (facet == "type") keys.add(cell(row, "abbr"), id, NameKeys::WeakAlias);
  }
  keys.store(ids_[std::string(facet)]);
}

void Reference::read_levels() {
  const std::vector<Label> levels = {{"central", "Trung ương", "Trung ương", "Central"},
                                     {"province", "Tỉnh", "Tỉnh", "Province"},
                                     {"district", "Huyện", "Huyện", "District"},
                                     {"commune", "Xã", "Xã", "Commune"}};
  NameKeys keys;
  for (const Label& level : levels) {
    keys.add(level.id, level.id, NameKeys::Id);
    keys.add(level.name, level.id, NameKeys::Name);
    keys.add("cấp " + level.name, level.id, NameKeys::Alias);
    keys.add(level.name_en, level.id, NameKeys::Alias);
  }
  keys.store(ids_["level"]);
  labels_["level"] = levels;
}

void Reference::read_provinces() {
  for (const Row& row : tables_.at("provinces").rows) {
    Province& province = provinces_[std::string(row["id"])];
    if (row["set"] == "63") {
      province.old = true;
      province.row = &row;
      province.successor = row["successor_id"];
      province.old_region = row["region_id"];
      provinces_[province.successor].predecessors.emplace_back(row["id"]);
    } else {
      province.present = true;
      province.present_row = &row;
      if (province.row == nullptr) province.row = &row;
      province.present_region = row["region_id"];
    }
  }
}

void Reference::read_units() {
  communes_.reserve(tables_.at("communes").rows.size());
  for (const Row& row : tables_.at("districts").rows) districts_.emplace(row["id"], &row);
  for (const Row& row : tables_.at("communes").rows) communes_.emplace(row["id"], &row);
}

std::span<const Row> Reference::table(std::string_view name) const {
  const auto found = tables_.find(name);
  if (found == tables_.end()) throw std::out_of_range("no table " + std::string(name));
  return found->second.rows;
}

std::optional<std::string> Reference::find_id(std::string_view facet,
                                              std::string_view written) const {
  const auto keys = ids_.find(facet);
  if (keys == ids_.end()) return std::nullopt;
  const std::vector<std::string> words = words_of(written);
  if (words.empty()) return std::nullopt;
  auto found = keys->second.find(exact_key(words));
  if (found == keys->second.end()) found = keys->second.find(folded_key(words));
  if (found == keys->second.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

const Label* Reference::find_label(std::string_view facet, std::string_view id) const {
  const auto places = label_places_.find(facet);
  if (places == label_places_.end()) return nullptr;
  const auto place = places->second.find(id);
  return place == places->second.end() ? nullptr : &labels_.find(facet)->second[place->second];
}

std::string Reference::label(std::string_view facet, std::string_view id,
                             text::Language language) const {
  const Label* label = find_label(facet, id);
  if (label == nullptr) return std::string(id);
  const bool english = language == text::Language::English && !label->name_en.empty();
  return english ? label->name_en : label->name;
}

std::string Reference::short_label(std::string_view facet, std::string_view id,
                                   text::Language language) const {
  const Label* label = find_label(facet, id);
  if (label == nullptr) return std::string(id);
  const bool english = language == text::Language::English && !label->name_en.empty();
  return english ? label->name_en : label->short_name;
}

std::span<const Label> Reference::values(std::string_view facet) const {
  const auto found = labels_.find(facet);
  return found == labels_.end() ? std::span<const Label>() : std::span<const Label>(found->second);
}

std::string Reference::present_province(std::string_view province_id) const {
  const auto found = provinces_.find(province_id);
  if (found == provinces_.end() || found->second.present) return std::string(province_id);
  return found->second.successor;
}

std::vector<std::string> Reference::predecessors(std::string_view province_id) const {
  const auto found = provinces_.find(province_id);
  return found == provinces_.end() ? std::vector<std::string>() : found->second.predecessors;
}

std::string Reference::region_of(std::string_view province_id, bool present) const {
  const auto found = provinces_.find(province_id);
  if (found == provinces_.end()) return {};
  const Province& province = found->second;
  if (!present) return province.old ? province.old_region : province.present_region;
  return province.present ? province.present_region
                          : provinces_.find(province.successor)->second.present_region;
}

bool Reference::is_old_province(std::string_view id) const {
  const auto found = provinces_.find(id);
  return found != provinces_.end() && found->second.old;
}

bool Reference::is_present_province(std::string_view id) const {
  const auto found = provinces_.find(id);
  return found != provinces_.end() && found->second.present;
}

std::vector<std::string> Reference::compounds() const {
  // Longer names are clauses rather than words.
  constexpr std::size_t kMaxSyllables = 6;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kTerms = {{
      {"provinces", "name"},
      {"provinces", "aliases"},
      {"regions", "name"},
      {"regions", "aliases"},
      {"programmes", "short_name"},
      {"programmes", "aliases"},
      {"doctypes", "name"},
      {"themes", "cue_terms"},
      {"synonyms", "term"},
      {"ministries", "name"},
      {"ethnic_groups", "name"},
      {"abbreviations", "expansions"},
  }};
  std::set<std::string> terms;
  for (const auto& [table_name, column] : kTerms) {
    for (const Row& row : table(table_name)) {
      for (const std::string_view term : row.list(column)) {
        const bool plain = term.find_first_of(",;:./()&-0123456789") == std::string_view::npos;
        const std::size_t syllables = words_of(term).size();
        if (plain && syllables >= 2 && syllables <= kMaxSyllables) terms.insert(text::lower(term));
      }
    }
  }
  return {terms.begin(), terms.end()};
}

std::optional<Unit> Reference::find_unit(std::string_view id) const {
  for (const auto* units : {&districts_, &communes_}) {
    const auto found = units->find(id);
    if (found != units->end()) return unit_of(*found->second, (*found->second)["province_id"]);
  }
  const auto province = provinces_.find(id);
  if (province == provinces_.end() || province->second.row == nullptr) return std::nullopt;
  return unit_of(*province->second.row, id);
}

std::vector<Unit> Reference::present_units(std::string_view id) const {
  std::string_view province = id;
  if (const auto district = districts_.find(id); district != districts_.end()) {
    province = (*district->second)["province_id"];
  }
  std::vector<Unit> present;
  if (const auto commune = communes_.find(id); commune != communes_.end()) {
    const Row& row = *commune->second;
    province = row["province_id"];
    if (row["set"] == "new") return {unit_of(row, province)};
    for (const auto successor : row.list("successor_ids")) {
      const Row& now = *communes_.at(successor);
      present.push_back(unit_of(now, now["province_id"]));
    }
    if (!present.empty()) return present;
  }
  const auto holder = provinces_.find(present_province(province));
  if (holder != provinces_.end() && holder->second.present_row != nullptr) {
    present.push_back(unit_of(*holder->second.present_row, holder->first));
  }
  return present;
}

Strings present_provinces(const Reference& reference, const Strings& provinces) {
  Strings present;
  for (const std::string& province : provinces) {
    std::string unit = reference.present_province(province);
    if (std::find(present.begin(), present.end(), unit) == present.end()) {
      present.push_back(std::move(unit));
    }
  }
  return present;
}

}  // namespace nhanrong::corpus
