#include "indexer/understand/personal_table.h"

#include <algorithm>

#include "indexer/understand/personal_email.h"
#include "indexer/understand/personal_values.h"

namespace nhanrong::indexer {
namespace {

using corpus::PersonalKind;

bool is_label(PersonalCue cue) { return cue <= PersonalCue::Email; }

bool is_number_of_person(PersonalCue cue) {
  return is_label(cue) && cue < PersonalCue::HomeAddress;
}

}  // namespace

bool PersonalTable::has_tab(std::size_t line) const {
  return line < page_.lines.size() &&
         page_.of(page_.lines[line]).find('\t') != std::string_view::npos;
}

std::vector<PersonalTable::Cell> PersonalTable::cells_of(std::size_t line) const {
  const Line& of = page_.lines[line];
  // The line is trimmed: empty first cells stand before it.
  const std::size_t before = page_.text.rfind('\n', of.start);
  std::size_t at = before == std::string_view::npos ? 0 : before + 1;
  std::size_t token = of.first_token;
  const std::size_t end = of.first_token + of.tokens;
  std::vector<Cell> cells;
  while (at <= of.end) {
    const std::size_t stop = std::min<std::size_t>(page_.text.find('\t', at), of.end);
    Cell cell{token, token};
    while (token < end && page_.tokens[token].start < stop) ++token;
    cell.end = token;
    cells.push_back(cell);
    at = stop + 1;
  }
  return cells;
}

/// What a head says of its column: Filler where it says nothing of persons. "Số hộ có điện thoại"
/// counts households: a label stands at the beginning, at most behind "Số" and the like.
PersonalCue PersonalTable::cue_of(const Cell& cell) const {
  constexpr std::size_t kMostBefore = 2;
  PersonalCue cue = PersonalCue::Filler;
  for (std::size_t i = cell.first; i < cell.end;) {
    const auto found = labels_.match(page_, i, cell.end);
    if (!found) {
      ++i;
      continue;
    }
    const bool opens = i - cell.first <= kMostBefore;
    i += found->tokens;
    const bool of_office = found->cue == PersonalCue::Office || found->cue == PersonalCue::Rest ||
                           found->cue == PersonalCue::OfficeName;
    if (of_office) return PersonalCue::Office;
    if (!opens) continue;
    if (cue == PersonalCue::Filler || found->cue == PersonalCue::Person) cue = found->cue;
  }
  return cue;
}

bool PersonalTable::is_label_line(std::size_t line) const {
  const Line& of = page_.lines[line];
  if (of.tokens == 0) return false;
  const auto found = labels_.match(page_, of.first_token, of.first_token + of.tokens);
  return found && (is_label(found->cue) || found->cue == PersonalCue::Rest ||
                   found->cue == PersonalCue::Person);
}

bool PersonalTable::read_head(std::size_t line, const std::vector<Cell>& cells) {
  constexpr std::size_t kLeastCells = 3, kMostDigits = 3;
  // In a form of four columns the next line begins with a label, too.
  if (cells.size() < kLeastCells || !has_tab(line + 1) || is_label_line(line + 1)) return false;
  const Line& of = page_.lines[line];
  // A row of a body begins with its number.
  if (page_.tokens[of.first_token].kind == text::TokenKind::Number) return false;
  for (std::size_t i = of.first_token; i < of.first_token + of.tokens; ++i) {
    const text::Token& token = page_.tokens[i];
    if (token.kind == text::TokenKind::Number && token.end - token.start > kMostDigits) {
      return false;
    }
  }
  std::vector<Column> columns;
  columns.reserve(cells.size());
  bool persons = false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const PersonalCue cue = cue_of(cells[i]);
    persons = persons || cue == PersonalCue::Person;
    if (is_label(cue)) columns.push_back({i, cue});
  }
  if (columns.empty()) return false;
  const bool numbers = std::ranges::any_of(
      columns, [](const Column& column) { return is_number_of_person(column.cue); });
  // Places of models and offices have a column "Địa chỉ", offices have telephones, too.
  std::erase_if(columns, [&](const Column& column) {
    if (column.cue == PersonalCue::Address) return !persons || !numbers;
    const bool of_anyone =
        (column.cue >= PersonalCue::Phone && column.cue <= PersonalCue::Account) ||
        column.cue == PersonalCue::Email;
    return of_anyone && !persons;
  });
  columns_ = std::move(columns);
  return true;
}

/// "Nam | Nữ" under "Năm sinh": a year stands in one of both.
bool PersonalTable::read_second_head(const std::vector<Cell>& cells) {
  std::vector<Column> more;
  more.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].end - cells[i].first != 1) continue;
    const std::string& word = page_.tokens[cells[i].first].folded;
    if (word == "nam" || word == "nu") more.push_back({i, PersonalCue::BirthDate});
  }
  if (more.size() != 2) return false;
  columns_.insert(columns_.end(), more.begin(), more.end());
  return true;
}

void PersonalTable::read_cell(const Cell& cell, PersonalCue cue,
                              std::vector<corpus::PersonalRange>& found) {
  if (cell.first == cell.end) return;
  std::optional<Span> span;
  auto kind = PersonalKind::HomeAddress;
  switch (cue) {
    case PersonalCue::BirthDate:
      span = read_birth_date(page_, cell.first, cell.end);
      kind = PersonalKind::BirthDate;
      break;
    case PersonalCue::IdentityNumber:
      span = read_identity_number(page_, cell.first, cell.end);
      kind = PersonalKind::IdentityNumber;
      break;
    case PersonalCue::Passport:
      span = read_passport(page_, cell.first, cell.end);
      kind = PersonalKind::IdentityNumber;
      break;
    case PersonalCue::Phone:
      span = read_phone(page_, cell.first, cell.end);
      kind = PersonalKind::Phone;
      break;
    case PersonalCue::BankAccount:
    case PersonalCue::Account:
      span = read_account(page_, cell.first, cell.end, 6);
      kind = PersonalKind::BankAccount;
      break;
    case PersonalCue::Email: {
      const Span whole{page_.tokens[cell.first].start, page_.tokens[cell.end - 1].end};
      const std::size_t at = page_.of(whole).find('@');
      if (at == std::string_view::npos) return;
      span = read_email(page_, whole.start + static_cast<std::uint32_t>(at));
      if (span && is_mail_of_office(page_.of(*span))) return;
      kind = PersonalKind::Email;
      break;
    }
    default: {
      const auto opening = labels_.match(page_, cell.first, cell.end);
      if (opening && opening->cue == PersonalCue::Office) return;
      span = Span{page_.tokens[cell.first].start, page_.tokens[cell.end - 1].end};
      if (cue == PersonalCue::BirthPlace) kind = PersonalKind::BirthPlace;
    }
  }
  if (span) found.push_back({kind, span->start, span->end});
}

PersonalTable::Row PersonalTable::read(std::size_t line,
                                       std::vector<corpus::PersonalRange>& found) {
  constexpr int kMostOtherLines = 2;  // a page's foot and head
  if (!has_tab(line)) {
    if (++other_lines_ > kMostOtherLines) columns_.clear();
    return Row::None;
  }
  other_lines_ = 0;
  const auto cells = cells_of(line);
  if (read_head(line, cells)) return Row::Head;
  // A form in two columns right below.
  if (!columns_.empty() && is_label_line(line)) columns_.clear();
  if (columns_.empty()) return Row::None;
  if (read_second_head(cells)) return Row::Head;
  for (const Column& column : columns_) {
    if (column.cell < cells.size()) read_cell(cells[column.cell], column.cue, found);
  }
  return Row::Body;
}

}  // namespace nhanrong::indexer
