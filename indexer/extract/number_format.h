#pragma once
#include <string>
#include <string_view>

namespace nhanrong::indexer {

/// How a spreadsheet shows a number, after its format code: 1234.5 by "#,##0.00" is "1.234,50",
/// 45265 by "d/m/yy" "05/12/2023". As Vietnamese write: comma for decimals, dots between thousands,
/// day before month, years with four digits. Source: ECMA-376 part 1, 18.8.30 and 18.8.31.
class NumberFormat {
 public:
  /// `code` as it stands in the file; of its sections the first counts. "" is "General".
  explicit NumberFormat(std::string_view code = {});
  /// The code of one of the formats that a file does not define.
  static std::string_view built_in(int id);

  /// `from_1904`: days are counted from 1904, as old Macintosh files do, not from 1900.
  std::string show(double value, bool from_1904) const;

 private:
  class Parser;
  std::string show_date(double value, bool from_1904) const;
  std::string show_number(double value) const;

  bool general_ = true;
  std::string before_, after_;  // "(", " triệu đồng", "%"
  int integer_zeros_ = 0;       // digits at least
  int decimals_ = 0;            // at most
  int decimal_zeros_ = 0;       // at least
  bool grouped_ = false;
  double factor_ = 1;  // 100 of a percentage, 0.001 of "0,"
  bool day_ = false, month_ = false, year_ = false, time_ = false, seconds_ = false;
  bool elapsed_ = false;  // "[h]:mm"
};

}  // namespace nhanrong::indexer
