#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/document.h"
#include "text/formats.h"

namespace nhanrong::corpus {

/// One line of a reference table, by column name. Views live as long as the program (the tables are
/// built in).
class Row {
 public:
  Row(const std::vector<std::string_view>* columns, std::vector<std::string_view> cells);
  /// The cell of a column; empty where the table has none in this row. Throws std::out_of_range for
  /// an unknown column.
  std::string_view operator[](std::string_view column) const;
  /// The parts of a cell between '|'.
  std::vector<std::string_view> list(std::string_view column) const;

 private:
  const std::vector<std::string_view>* columns_;
  std::vector<std::string_view> cells_;
};

/// A value of a coded field: what people see of an id.
struct Label {
  std::string id, name, short_name, name_en;
};

/// A province, district or commune: {"h137", "Mù Căng Chải", "huyện", "yen-bai"}.
struct Unit {
  std::string id, name;
  std::string kind;  // tỉnh, huyện, quận, thị xã, thành phố, xã, phường, thị trấn, đặc khu
  std::string province;  // that it is part of; a province is its own
  bool operator==(const Unit&) const = default;
};

/// The reference tables (corpus/reference/*.tsv), built into the program. Const after construction,
/// safe to share.
class Reference {
 public:
  Reference();
  Reference(const Reference&) = delete;  // rows point into the tables
  Reference(Reference&&) noexcept = default;

  /// All rows of a table: table("provinces"). Throws std::out_of_range for an unknown table.
  std::span<const Row> table(std::string_view name) const;

  /// The id for what people write in a coded field of a record (id, name or alias; case, marks'
  /// placement and blanks aside): find_id("province", "Đắc Lắc") → "dak-lak". Fields are facet
  /// names: type region province programme component theme role level ethnic_group. nullopt: no
  /// such value, or one that several share.
  std::optional<std::string> find_id(std::string_view facet, std::string_view written) const;
  /// Name to show. Unknown ids come back as they are; years are their own label.
  std::string label(std::string_view facet, std::string_view id, text::Language language) const;
  std::string short_label(std::string_view facet, std::string_view id,
                          text::Language language) const;
  /// All values of a coded facet in the order of its table.
  std::span<const Label> values(std::string_view facet) const;

  /// The province of today that holds an old one: "yen-bai" → "lao-cai". An id of today comes back.
  std::string present_province(std::string_view province_id) const;
  /// Old provinces now in this one: "lao-cai" → yen-bai, lao-cai.
  std::vector<std::string> predecessors(std::string_view province_id) const;
  /// Region of a province, `present`: of the six since 2025 for one of the 34; else of those of
  /// 2021 for one of the 63 (a province that exists only since 2025 gives its region of 2025).
  std::string region_of(std::string_view province_id, bool present) const;
  /// The unit of an id of provinces.tsv, districts.tsv or communes.tsv; nullopt: there is none.
  std::optional<Unit> find_unit(std::string_view id) const;
  /// The units that hold it today: of a province or district the province, of an old commune the
  /// communes it went to (its province where they are not known), of a commune of today itself.
  std::vector<Unit> present_units(std::string_view id) const;
  /// Is the id one of the 63 until 2025-06-30, of the 34 since?
  bool is_old_province(std::string_view id) const;
  bool is_present_province(std::string_view id) const;

  /// Names, aliases and table terms of several syllables for Analyzer::segment.
  std::vector<std::string> compounds() const;

 private:
  struct Table {
    std::vector<std::string_view> columns;
    std::vector<Row> rows;
  };
  struct Province {
    bool old = false, present = false;  // one of the 63, of the 34
    std::string successor;              // of today
    std::vector<std::string> predecessors;
    std::string old_region, present_region;
    const Row* row = nullptr;  // of the 63 where there is one
    const Row* present_row = nullptr;
  };
  template <class T>
  using ByName = std::map<std::string, T, std::less<>>;

  void read_labels(std::string_view facet, std::string_view table);
  void read_levels();
  void read_provinces();
  void read_units();
  const Label* find_label(std::string_view facet, std::string_view id) const;

  ByName<Table> tables_;
  ByName<std::vector<Label>> labels_;
  ByName<ByName<std::size_t>> label_places_;  // facet → id → place in labels_
  ByName<Province> provinces_;
  std::unordered_map<std::string_view, const Row*> districts_, communes_;  // by id
  ByName<ByName<std::string>> ids_;  // facet → key of a name → id; empty where several share it
};

/// Present-day units of what a document names, in the order named, each once.
Strings present_provinces(const Reference& reference, const Strings& provinces);

}  // namespace nhanrong::corpus
