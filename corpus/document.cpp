#include "corpus/document.h"

namespace nhanrong::corpus {

Values merge(const Values& first, const Values& second) {
  Values merged = first;
  const auto fill = [](auto& value, const auto& fallback) {
    if (!value) value = fallback;
  };
  fill(merged.title, second.title);
  fill(merged.type, second.type);
  fill(merged.number, second.number);
  fill(merged.issuer, second.issuer);
  fill(merged.level, second.level);
  fill(merged.date, second.date);
  fill(merged.source_url, second.source_url);
  fill(merged.language, second.language);
  fill(merged.years, second.years);
  fill(merged.provinces, second.provinces);
  fill(merged.provinces_about, second.provinces_about);
  fill(merged.regions, second.regions);
  fill(merged.programmes, second.programmes);
  fill(merged.components, second.components);
  fill(merged.themes, second.themes);
  fill(merged.ethnic_groups, second.ethnic_groups);
  return merged;
}

}  // namespace nhanrong::corpus
