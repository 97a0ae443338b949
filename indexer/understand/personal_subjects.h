#pragma once
#include <cstddef>
#include <optional>
#include <vector>

namespace nhanrong::indexer {

/// The lines of a text that say whose data follows: a person's ("Họ và tên", a birth date) or an
/// office's ("Tên đơn vị", a letterhead).
class PersonalSubjects {
 public:
  /// Lines come in order; a line that names both is the person's.
  void add(std::size_t line, bool person);
  /// Whose data a line holds: the nearest above says so, at most eight lines away, else a person
  /// just below. nullopt: nobody's that is told.
  std::optional<bool> is_of_person(std::size_t line) const;

 private:
  struct Subject {
    std::size_t line;
    bool person;
  };
  std::vector<Subject> subjects_;
};

}  // namespace nhanrong::indexer
