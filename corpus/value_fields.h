#pragma once
#include "corpus/document.h"

namespace nhanrong::corpus {

/// Calls `visit(key, value)` for each field of Values in the order of the record.
template <class AnyValues, class Visit>
void for_each_value(AnyValues& values, const Visit& visit) {
  visit("title", values.title);
  visit("type", values.type);
  visit("number", values.number);
  visit("issuer", values.issuer);
  visit("level", values.level);
  visit("date", values.date);
  visit("years", values.years);
  visit("provinces", values.provinces);
  visit("provinces_about", values.provinces_about);
  visit("regions", values.regions);
  visit("programmes", values.programmes);
  visit("components", values.components);
  visit("themes", values.themes);
  visit("ethnic_groups", values.ethnic_groups);
  visit("source_url", values.source_url);
  visit("language", values.language);
}

}  // namespace nhanrong::corpus
