#include "indexer/understand/personal_data.h"

#include <algorithm>
#include <array>
#include <optional>

#include "indexer/understand/personal_address.h"
#include "indexer/understand/personal_email.h"
#include "indexer/understand/personal_subjects.h"
#include "indexer/understand/personal_table.h"
#include "indexer/understand/surnames.h"
#include "indexer/understand/value_place.h"

namespace nhanrong::indexer {
namespace {

using corpus::PersonalKind;
using corpus::PersonalRange;
using text::Token;
using text::TokenKind;

constexpr std::size_t kNoLine = static_cast<std::size_t>(-1);

template <std::size_t kSize>
bool is_one_of(std::string_view word, const std::array<std::string_view, kSize>& words) {
  return std::ranges::find(words, word) != words.end();
}

/// Reads one page, line by line.
class PersonalReader {
 public:
  PersonalReader(const Page& page, const PersonalLabels& labels, const ProvinceCodes& provinces)
      : page_(page),
        labels_(labels),
        provinces_(provinces),
        table_(page, labels),
        places_(page, labels),
        at_(page.text.find('@')) {}

  std::vector<PersonalRange> read() {
    for (line_ = 0; line_ < page_.lines.size(); ++line_) read_line();
    settle();
    return tidy();
  }

 private:
  /// Of a person only if a person's form or an office's stands around it.
  struct Doubtful {
    PersonalRange range;
    std::size_t line;
    bool unless_office;  // else: only in a person's form
  };

  const Token& token(std::size_t i) const { return page_.tokens[i]; }
  std::string_view gap_before(std::size_t i) const {
    const std::uint32_t start = i == 0 ? 0 : token(i - 1).end;
    return page_.text.substr(start, token(i).start - start);
  }
  bool gap_has(std::size_t i, std::string_view any) const {
    return gap_before(i).find_first_of(any) != std::string_view::npos;
  }

  void read_line() {
    const Line& line = page_.lines[line_];
    if (line.tokens == 0) return;
    const auto row = table_.read(line_, found_);
    office_ = public_ = person_ = birth_ = identity_ = email_ = false;
    line_end_ = line.first_token + line.tokens;
    const std::size_t before = found_.size();
    line_found_ = before;
    for (std::size_t i = line.first_token; i < line_end_;) {
      read_emails(token(i).start);
      i = token(i).kind == TokenKind::Number ? read_number(i) : read_word(i, row);
    }
    read_emails(line.end);
    if (row == PersonalTable::Row::None) read_list_line(line);
  }

  /// Addresses around each '@' up to the byte `end` that were not read yet.
  void read_emails(std::uint32_t end) {
    for (; at_ < end; at_ = page_.text.find('@', at_ + 1)) {
      const auto span = read_email(page_, static_cast<std::uint32_t>(at_));
      if (span) weigh_email(*span);
    }
  }

  /// An address of the free-mail domains is a person's but for those that an office gives as its
  /// own; any other only in a person's form.
  void weigh_email(Span span) {
    const std::string_view address = page_.of(span);
    if (public_ || is_mail_of_office(address)) return;
    const PersonalRange range{PersonalKind::Email, span.start, span.end};
    const bool of_person = person_ || birth_ || identity_;
    if (is_free_mail(address)) {
      if (of_person || !email_ || names_person(span.start)) {
        found_.push_back(range);
      } else if (!office_) {
        doubtful_.push_back({range, line_, true});
      }
    } else if (email_ && (of_person || !office_)) {
      doubtful_.push_back({range, line_, false});
    }
  }

  /// Does the line name a person before the byte: "Anh Lò Văn Páo, cán bộ Phòng Dân tộc"?
  bool names_person(std::uint32_t end) const {
    const auto word = [this](std::size_t i) {
      return page_.of(Span{token(i).start, token(i).end});
    };
    for (std::size_t i = page_.lines[line_].first_token; i + 1 < line_end_; ++i) {
      if (token(i + 1).end > end) break;
      if (is_surname(word(i)) && gap_before(i + 1) == " " && starts_upper(word(i + 1))) return true;
    }
    return false;
  }

  /// A number that is a person's whatever its label; returns the token to go on with.
  std::size_t read_number(std::size_t i) {
    const char first = page_.text[token(i).start];
    if (first != '0' && first != '8') return i + 1;
    if (const auto span = read_plain_identity_number(page_, i, line_end_, provinces_)) {
      return add(PersonalKind::IdentityNumber, *span);
    }
    if (public_) return i + 1;
    const auto span = read_plain_mobile(page_, i, line_end_);
    return span ? add(PersonalKind::Phone, *span) : i + 1;
  }

  std::size_t read_word(std::size_t i, PersonalTable::Row row) {
    const auto cue = labels_.match(page_, i, line_end_);
    if (!cue) return i + 1;
    const std::size_t next = i + cue->tokens;
    switch (cue->cue) {
      case PersonalCue::BirthDate:
        return read_birth(i, next);
      case PersonalCue::IdentityNumber:
      case PersonalCue::Passport:
        return read_identity(cue->cue, next);
      case PersonalCue::Phone:
        return read_phones(next);
      case PersonalCue::BankAccount:
      case PersonalCue::Account:
        return read_bank_account(cue->cue, next);
      case PersonalCue::HomeAddress:
      case PersonalCue::Residence:
      case PersonalCue::Address:
      case PersonalCue::BirthPlace:
        return row == PersonalTable::Row::None ? read_address(cue->cue, i, next) : next;
      case PersonalCue::Email:
        email_ = true;
        return next;
      case PersonalCue::Person:
        person_ = true;
        add_subject(true);
        return next;
      case PersonalCue::Office:
      case PersonalCue::OfficeName:
        note_office(*cue, i);
        return next;
      case PersonalCue::PublicLine:
        public_ = true;
        return next;
      case PersonalCue::OtherNumber:
        return behind_number(next);
      case PersonalCue::Filler:
      case PersonalCue::Rest:
        break;
    }
    return next;
  }

  void note_office(const FoundCue& cue, std::size_t i) {
    // Of a form, "Đơn vị công tác" says where its person works.
    constexpr std::array<std::string_view, 3> kOfPersons{"don", "co", "noi"};
    office_ = true;
    // "UBND XÃ CHẾ TẠO", "Hợp tác xã Nà Hẩu", but not "Ban đầu".
    const Token& first = token(i);
    const bool names = cue.tokens > 1 || (first.end - first.start > 1 &&
                                          is_in_capitals(page_.of(Span{first.start, first.end})));
    const bool opens = i == page_.lines[line_].first_token && names;
    if (cue.cue == PersonalCue::OfficeName || (opens && !is_one_of(first.folded, kOfPersons))) {
      add_subject(false);
    }
  }

  /// Token behind the number that follows, if one does.
  std::size_t behind_number(std::size_t i) const {
    std::size_t at = i;
    while (at < line_end_) {
      const auto filler = labels_.match(page_, at, line_end_, true);
      if (!filler) break;
      at += filler->tokens;
    }
    const auto span = read_account(page_, at, line_end_, 1);
    return span ? page_.token_at(span->end) : i;
  }

  std::size_t add(PersonalKind kind, Span span) {
    found_.push_back({kind, span.start, span.end});
    birth_ = birth_ || kind == PersonalKind::BirthDate;
    identity_ = identity_ || kind == PersonalKind::IdentityNumber;
    return std::max(page_.token_at(span.end), page_.token_at(span.start) + 1);
  }
  void add_subject(bool person) { subjects_.add(line_, person); }

  std::size_t read_birth(std::size_t i, std::size_t next) {
    if (token(i).folded == "sinh" && !opens_birth(i)) return next;
    const ValuePlace value = places_.behind(line_, next, {.more_words = false});
    const auto span = read_birth_date(page_, value.first, value.end);
    if (!span || counts_births(i, value, *span)) {
      if (token(i).folded != "sinh") head_birth_ = line_;
      return next;
    }
    add_subject(true);
    return add(PersonalKind::BirthDate, *span);
  }

  /// "Sinh năm 2023 có 120 trẻ": a year alone at the beginning of a sentence about it.
  bool counts_births(std::size_t i, const ValuePlace& value, Span span) const {
    constexpr std::uint32_t kYearBytes = 4;
    const std::size_t behind = page_.token_at(span.end);
    if (value.marked || span.end - span.start > kYearBytes || behind >= line_end_) return false;
    const bool opens = i == page_.lines[line_].first_token || gap_before(i).starts_with(". ");
    return opens && gap_before(behind) == " " &&
           !starts_upper(page_.text.substr(token(behind).start, 4));
  }

  /// "sinh năm" of a person, not of "học sinh năm 2023", "phát sinh năm 2022".
  bool opens_birth(std::size_t i) const {
    constexpr std::array<std::string_view, 26> kOther{
        "hoc", "ve",   "phat", "dan",   "tuyen", "tai", "an",    "ho",   "ky",
        "hy",  "khai", "moi",  "y",     "thi",   "tre", "em",    "thai", "si",
        "thu", "gia",  "ngu",  "luong", "giam",  "gio", "quyen", "tu"};
    if (i == page_.lines[line_].first_token) return true;
    const std::string_view gap = gap_before(i);
    if (gap.find_first_not_of(' ') != gap.npos) return true;
    const Token& before = token(i - 1);
    if (is_one_of(before.folded, kOther)) return false;
    return starts_upper(page_.text.substr(before.start, before.end - before.start)) ||
           before.folded == "toi";
  }

  std::size_t read_identity(PersonalCue cue, std::size_t next) {
    const ValuePlace value = places_.behind(line_, next, {});
    auto span = read_identity_number(page_, value.first, value.end);
    if (!span) span = read_passport(page_, value.first, value.end);
    if (!span) {
      if (cue == PersonalCue::IdentityNumber) head_identity_ = line_;
      return next;
    }
    add_subject(true);
    return add(PersonalKind::IdentityNumber, *span);
  }

  /// One telephone or several: "0216 3852 123 / 0912 345 678".
  std::size_t read_phones(std::size_t next) {
    const ValuePlace value = places_.behind(line_, next, {});
    std::size_t at = value.first;
    for (bool first = true; at < value.end; first = false) {
      if (!first && !gap_has(at, "/,;-") && token(at).folded != "va") break;
      if (!first && token(at).folded == "va") ++at;
      const auto span = read_phone(page_, at, value.end);
      if (!span) break;
      if (const auto mobile = read_plain_mobile(page_, at, value.end)) {
        at = public_ ? page_.token_at(mobile->end) : add(PersonalKind::Phone, *mobile);
        continue;
      }
      const bool of_office = office_ || public_ || value.of_office;
      if (!of_office) {
        doubtful_.push_back({{PersonalKind::Phone, span->start, span->end}, line_, false});
      }
      at = page_.token_at(span->end);
    }
    return std::max(at == value.first ? next : at, next);
  }

  std::size_t read_bank_account(PersonalCue cue, std::size_t next) {
    constexpr std::size_t kLeast = 6, kLeastBare = 9;
    const ValuePlace value = places_.behind(line_, next, {});
    const auto span = read_account(page_, value.first, value.end,
                                   cue == PersonalCue::BankAccount ? kLeast : kLeastBare);
    if (!span) return next;
    const std::size_t behind = page_.token_at(span->end);
    if (!office_ && !value.of_office && !names_holder_office(behind)) {
      doubtful_.push_back({{PersonalKind::BankAccount, span->start, span->end}, line_, true});
    }
    return std::max(behind, next);
  }

  /// Does the line go on with the treasury or with an office as holder of the account? "Phòng giao
  /// dịch" is the bank's.
  bool names_holder_office(std::size_t from) const {
    for (std::size_t i = from; i < line_end_; ++i) {
      const auto cue = labels_.match(page_, i, line_end_);
      if (!cue || cue->cue != PersonalCue::Office) continue;
      if (token(i).folded == "kho" || token(i).folded == "kbnn") return true;
      if (token(i).folded == "phong" && i + 1 < line_end_ && token(i + 1).folded == "giao")
        continue;
      if (gap_has(i, ":")) return true;
      if (token(i).folded == "ubnd" || token(i).folded == "uy") return true;
    }
    return false;
  }

  std::size_t read_address(PersonalCue cue, std::size_t i, std::size_t next) {
    // "cơ quan thường trú", "phóng viên thường trú"
    constexpr std::array<std::string_view, 4> kOther{"quan", "vien", "ban", "dong"};
    if (cue == PersonalCue::HomeAddress && i > page_.lines[line_].first_token &&
        gap_before(i) == " " && is_one_of(token(i - 1).folded, kOther)) {
      return next;
    }
    if (next < line_end_) {
      const auto other = labels_.match(page_, next, line_end_);
      // "Địa chỉ đơn vị công tác"
      if (other && other->cue == PersonalCue::Rest) return next;
    }
    const ValuePlace value = places_.behind(line_, next, {.address = true});
    // Laws say "có hộ khẩu thường trú tại địa phương"; of a person more is told in the line.
    const bool prose = cue == PersonalCue::Residence || !value.colon;
    if (prose && !birth_ && !identity_ && !(person_ && value.marked)) return next;
    if (value.first >= value.end || (value.of_office && cue == PersonalCue::Address)) return next;
    if (labels_.match(page_, value.first, value.end) &&
        (cue == PersonalCue::Address || !starts_place(page_, value.first))) {
      return next;  // the next label, or an office
    }
    std::size_t end = address_end(page_, labels_, value.first, value.end, prose);
    if (end == value.end && value.end == line_end_ && !prose) {
      end = wrapped_address_end(page_, labels_, line_);
    }
    if (!names_place(page_, value.first, end)) return next;
    const Span span{token(value.first).start, token(end - 1).end};
    if (cue == PersonalCue::Address) {
      doubtful_.push_back({{PersonalKind::HomeAddress, span.start, span.end}, line_, false});
    } else {
      add(cue == PersonalCue::BirthPlace ? PersonalKind::BirthPlace : PersonalKind::HomeAddress,
          span);
      add_subject(true);
    }
    // Numbers within it are found by the loop as well; tidy() joins them.
    return std::min(std::max(end, next), std::max(line_end_, next));
  }

  /// Lists whose columns are blanks (PDF): lines under "Họ và tên Ngày sinh …" with a date of
  /// birth.
  void read_list_line(const Line& line) {
    constexpr int kPatience = 3;
    const bool head = person_ && head_birth_ == line_ && found_.size() == line_found_ &&
                      page_.of(line).find(':') == std::string_view::npos;
    if (head) {
      list_lines_ = kPatience;
      list_identity_ = head_identity_ == line_;
      return;
    }
    if (list_lines_ == 0) return;
    --list_lines_;
    if (token(line.first_token).kind != TokenKind::Number) return;
    for (std::size_t i = line.first_token + 1; i < line_end_; ++i) {
      if (token(i).kind != TokenKind::Number) continue;
      if (const auto date = read_listed_birth_date(page_, i, line_end_)) {
        i = add(PersonalKind::BirthDate, *date) - 1;
        list_lines_ = kPatience;
      } else if (list_identity_ && token(i).end - token(i).start == 9) {
        add(PersonalKind::IdentityNumber, {token(i).start, token(i).end});
      }
    }
  }

  void settle() {
    for (const Doubtful& each : doubtful_) {
      if (subjects_.is_of_person(each.line).value_or(each.unless_office))
        found_.push_back(each.range);
    }
  }

  std::vector<PersonalRange> tidy() {
    std::ranges::stable_sort(found_, {}, &PersonalRange::start);
    std::vector<PersonalRange> tidy;
    tidy.reserve(found_.size());
    for (const PersonalRange& range : found_) {
      if (range.start >= range.end) continue;
      if (!tidy.empty() && range.start < tidy.back().end) {
        tidy.back().end = std::max(tidy.back().end, range.end);
      } else {
        tidy.push_back(range);
      }
    }
    return tidy;
  }

  const Page& page_;
  const PersonalLabels& labels_;
  const ProvinceCodes& provinces_;
  PersonalTable table_;
  ValuePlaces places_;
  std::vector<PersonalRange> found_;
  std::vector<Doubtful> doubtful_;
  PersonalSubjects subjects_;

  std::size_t line_ = 0, line_end_ = 0;
  std::size_t line_found_ = 0;                                  // of found_ before the line
  bool office_ = false, public_ = false, person_ = false;       // told in the line so far
  bool birth_ = false, identity_ = false;                       // found in it
  bool email_ = false;                                          // its label stands in it
  std::size_t at_;                                              // the next '@' of the text
  std::size_t head_birth_ = kNoLine, head_identity_ = kNoLine;  // last line with a bare label
  int list_lines_ = 0;                                          // that may still belong to a list
  bool list_identity_ = false;
};

}  // namespace

PersonalDataRule::PersonalDataRule(const corpus::Reference& reference) {
  // Circular 07/2016/TT-BCA gives the provinces the codes of the statistical office, with a zero
  // before them.
  for (const corpus::Row& row : reference.table("provinces")) {
    std::size_t code = 0;
    for (const char digit : row["gso_code"]) {
      if (digit < '0' || digit > '9') break;
      code = code * 10 + static_cast<std::size_t>(digit - '0');
    }
    if (row["set"] == "63" && code > 0 && code < provinces_.size()) provinces_.set(code);
  }
}

std::vector<PersonalRange> PersonalDataRule::find(const Page& page) const {
  return PersonalReader(page, labels_, provinces_).read();
}

}  // namespace nhanrong::indexer
