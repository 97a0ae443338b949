#pragma once
#include <vector>

#include "corpus/personal_data.h"
#include "corpus/reference.h"
#include "indexer/understand/page.h"
#include "indexer/understand/personal_labels.h"
#include "indexer/understand/personal_values.h"

namespace nhanrong::indexer {

/// Finds birth dates, identity numbers, telephone numbers, bank accounts, home and e-mail
/// addresses and places of birth of persons: by their labels ("Ngày sinh:", "CCCD số"), by heads of
/// columns, and by shape where a number can be nothing else. What belongs to an office (telephone
/// of a letterhead, account at the treasury, hotline) is none. A mere year of birth counts where it
/// is labelled as such: with the name beside it, it tells who somebody is, and "ngày, tháng, năm
/// sinh" is one datum to the law. Source: Law 91/2025/QH15 on the protection of personal data,
/// article 2 (data that tells or helps to tell a certain person). Const, safe to share between
/// threads; one pass over the tokens.
class PersonalDataRule {
 public:
  explicit PersonalDataRule(const corpus::Reference& reference);
  /// In order of the text, none overlapping another.
  std::vector<corpus::PersonalRange> find(const Page& page) const;

 private:
  PersonalLabels labels_;
  ProvinceCodes provinces_;
};

}  // namespace nhanrong::indexer
