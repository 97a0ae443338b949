#include "brute_force.h"

#include <algorithm>
#include <cmath>

namespace nhanrong::search {

const std::vector<std::string> kBruteFacets = {"region", "province", "programme",   "component",
                                               "theme",  "role",     "type",        "year",
                                               "level",  "issuer",   "ethnic_group"};
const std::vector<std::string> kBruteRoles = {"result",   "shortcoming", "difficulty",
                                              "cause",    "lesson",      "practice",
                                              "solution", "proposal",    "task"};

namespace {
// The last one stands for what no row has.
const std::vector<std::string> kRowFacets = {
    "type",      "region",    "region_present", "province", "province_present",
    "programme", "component", "theme",          "year",     "collection",
    "issuer",    "level",     "ethnic_group",   "role"};
}  // namespace

std::uint32_t BruteForce::number(const std::string& form) {
  const auto [known, is_new] =
      numbers_.try_emplace(form, static_cast<std::uint32_t>(numbers_.size()));
  if (is_new) forms_.push_back(form);
  return known->second;
}

unsigned BruteForce::role_bit(const std::string& role) {
  for (std::size_t i = 0; i < kBruteRoles.size(); ++i) {
    if (kBruteRoles[i] == role) return 1U << i;
  }
  return 0;
}

std::size_t BruteForce::place_of(const std::string& row_facet) {
  const auto found = std::find(kRowFacets.begin(), kRowFacets.end(), row_facet);
  return static_cast<std::size_t>(found - kRowFacets.begin());
}

BruteForce::Tokens BruteForce::tokens_of(std::string_view text, std::uint32_t start,
                                         std::uint32_t end) {
  Tokens tokens;
  for (const auto& token : analyzer_.analyse(text).tokens) {
    if (token.start < start || token.start >= end) continue;
    tokens.push_back({number(token.exact), number(token.folded)});
  }
  return tokens;
}

void BruteForce::put(const indexer::IndexDocument& document) {
  Text text;
  text.title = tokens_of(document.title, 0, static_cast<std::uint32_t>(document.title.size()));
  for (const auto& passage : document.passages) {
    text.passages.push_back({tokens_of(document.text, passage.start, passage.end), 0});
    for (const std::string& role : passage.roles) text.passages.back().roles |= role_bit(role);
  }
  text.values.resize(kRowFacets.size());
  for (const auto& [facet, value] : document.facets) {
    text.values[place_of(facet)].insert(number(value));
  }
  text.internal = (document.flags & 1) != 0;
  texts_[document.document] = std::move(text);
  frequencies_.clear();
}

void BruteForce::remove(std::int64_t document) {
  texts_.erase(document);
  frequencies_.clear();
}

BruteForce::Phrase BruteForce::words_of(const std::string& text, const BruteQuery& query,
                                        bool prefix) {
  Phrase words;
  for (const auto& token : analyzer_.analyse(text).tokens) {
    const Wanted folded{false, prefix, number(token.folded)};
    const Wanted exact{true, prefix, number(token.exact)};
    const std::string typed = text.substr(token.start, token.end - token.start);
    words.push_back({token.exact != token.folded ? exact : folded, folded,
                     !prefix && query.stop_words.contains(typed), typed});
  }
  return words;
}

bool BruteForce::is(std::uint32_t form, const Wanted& wanted) const {
  if (!wanted.prefix) return form == wanted.form;
  std::string begins = forms_[wanted.form];
  if (begins.back() >= '1' && begins.back() <= '5') begins.pop_back();
  return forms_[form].compare(0, begins.size(), begins) == 0;
}

bool BruteForce::has(const Token& token, const Wanted& wanted) const {
  return is(wanted.exact ? token.exact : token.folded, wanted);
}

bool BruteForce::in_a_row(const Tokens& tokens, const Phrase& phrase) const {
  for (std::size_t start = 0; start + phrase.size() <= tokens.size(); ++start) {
    std::size_t i = 0;
    while (i < phrase.size() && has(tokens[start + i], phrase[i].as_typed)) ++i;
    if (i == phrase.size()) return true;
  }
  return false;
}

std::uint64_t BruteForce::passages_with(const Wanted& wanted) {
  const auto known = frequencies_.find(wanted);
  if (known != frequencies_.end()) return known->second;
  if (wanted.prefix) {  // as frequent as the most frequent word that begins so
    std::uint64_t most = 0;
    for (std::uint32_t form = 0; form < forms_.size(); ++form) {
      if (is(form, wanted)) most = std::max(most, passages_with({wanted.exact, false, form}));
    }
    return frequencies_[wanted] = most;
  }
  const auto holds = [&](const Tokens& tokens) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [&](const Token& t) { return has(t, wanted); });
  };
  std::uint64_t passages = 0, titles = 0;
  for (const auto& [key, text] : texts_) {
    if (holds(text.title)) ++titles;
    for (const Passage& passage : text.passages) passages += holds(passage.tokens) ? 1 : 0;
  }
  return frequencies_[wanted] = std::max(passages, titles);
}

BruteForce::Rule BruteForce::make_rule(const Phrase& words, bool ignore_marks, bool all) {
  // Each syllable once; a stop word is one that stands nowhere as another word.
  std::map<Wanted, bool> content;
  std::map<Wanted, std::string> typed;
  for (const QueryWord& word : words) {
    const Wanted& wanted = ignore_marks ? word.folded : word.as_typed;
    content[wanted] = content[wanted] || !word.stop;
    typed.try_emplace(wanted, word.typed);
  }
  const bool any_content =
      std::any_of(content.begin(), content.end(), [](const auto& c) { return c.second; });
  std::map<Wanted, std::uint64_t> frequency;
  for (const auto& [wanted, is_content] : content) {
    if (all || is_content || !any_content) frequency[wanted] = passages_with(wanted);
  }
  Rule rule;
  bool any_known = false;
  for (const auto& [wanted, passages] : frequency) {
    if (passages == 0) rule.unknown.push_back(typed[wanted]);
    if (passages > 0) any_known = true;
  }
  if (any_known && !all) std::erase_if(frequency, [](const auto& f) { return f.second == 0; });

  std::uint64_t library = 0;
  for (const auto& [key, text] : texts_) library += text.passages.size();
  std::vector<double> weights;
  double weight = 0;
  for (const auto& [wanted, passages] : frequency) {
    rule.words.push_back(wanted);
    weights.push_back(std::log((static_cast<double>(library) + 1) /
                               static_cast<double>(std::max<std::uint64_t>(passages, 1))));
    weight += weights.back();
  }
  for (const double w : weights) {
    rule.masses.push_back(all ? 1 : std::max(1L, std::lround(200 * (w / weight))));
    rule.total += rule.masses.back();
  }
  rule.whole = all || rule.words.size() <= 3;
  const double share = rule.whole ? 1 : rule.words.size() <= 7 ? 0.5 : 0.3;
  rule.need = std::lround(std::ceil(share * static_cast<double>(rule.total) - 1e-6));
  return rule;
}

long BruteForce::mass(const Rule& rule, Held held) {
  long sum = 0;
  for (std::size_t i = 0; i < rule.masses.size(); ++i) {
    if ((held >> i & 1) != 0) sum += rule.masses[i];
  }
  return sum;
}

std::vector<BruteForce::Found> BruteForce::look(const std::vector<const Text*>& texts,
                                                const Rule& rule) const {
  // What a token holds by its exact and by its folded form.
  std::vector<Held> by_exact(numbers_.size()), by_folded(numbers_.size());
  for (std::size_t i = 0; i < rule.words.size(); ++i) {
    const Wanted& wanted = rule.words[i];
    for (std::uint32_t form = 0; form < forms_.size(); ++form) {
      if (is(form, wanted)) (wanted.exact ? by_exact : by_folded)[form] |= Held{1} << i;
    }
  }
  const auto held_by = [&](const Tokens& tokens) {
    Held held = 0;
    for (const Token& token : tokens) held |= by_exact[token.exact] | by_folded[token.folded];
    return held;
  };
  std::vector<Found> all;
  for (const Text* text : texts) {
    Found found{held_by(text->title), {}};
    for (const Passage& passage : text->passages) found.passages.push_back(held_by(passage.tokens));
    all.push_back(std::move(found));
  }
  return all;
}

bool BruteForce::matches(const Rule& rule, const Found& found) {
  Held whole = found.title;
  for (const Held held : found.passages) whole |= held;
  if (rule.whole) return mass(rule, whole) >= rule.need;
  return std::any_of(found.passages.begin(), found.passages.end(),
                     [&](Held held) { return mass(rule, held | found.title) >= rule.need; });
}

BruteForce::Part BruteForce::part_of(const BrutePart& part, const BruteQuery& query) {
  if (part.kind == BrutePart::Kind::Year) return {part.kind, {}, number(part.text)};
  return {part.kind, words_of(part.text, query, part.kind == BrutePart::Kind::Prefix), 0};
}

BruteForce::Group BruteForce::group_of(const BruteGroup& group, const BruteQuery& query) {
  Group made{{}, group.excluded};
  for (const BruteSide& side : group.sides) {
    auto& parts = made.sides.emplace_back();
    for (const BrutePart& part : side) parts.push_back(part_of(part, query));
    // A stop word decides only where nothing else does.
    const auto is_stop = [](const Part& part) {
      return part.kind == BrutePart::Kind::Word && part.words.front().stop;
    };
    if (!std::all_of(parts.begin(), parts.end(), is_stop)) std::erase_if(parts, is_stop);
  }
  return made;
}

/// `alone`: passages to read as if neither title nor others were there; null: the document.
bool BruteForce::holds(const Part& part, const Text& text,
                       const std::vector<const Passage*>* alone) const {
  switch (part.kind) {
    case BrutePart::Kind::Year:
      return text.values[place_of("year")].contains(part.year);
    case BrutePart::Kind::Title:
      return in_a_row(text.title, part.words);
    default:
      break;
  }
  if (alone != nullptr) {
    return std::any_of(alone->begin(), alone->end(),
                       [&](const Passage* p) { return in_a_row(p->tokens, part.words); });
  }
  return in_a_row(text.title, part.words) ||
         std::any_of(text.passages.begin(), text.passages.end(),
                     [&](const Passage& p) { return in_a_row(p.tokens, part.words); });
}

bool BruteForce::holds(const Group& group, const Text& text,
                       const std::vector<const Passage*>* alone) const {
  if (group.excluded && alone != nullptr) return true;  // asked of the document
  const bool any = std::any_of(group.sides.begin(), group.sides.end(), [&](const auto& side) {
    return std::all_of(side.begin(), side.end(),
                       [&](const Part& part) { return holds(part, text, alone); });
  });
  return any != group.excluded;
}

/// Roles whose passages, read as if nothing else were there, match.
unsigned BruteForce::roles(const Rule& rule, const Found& found, const Text& text,
                           const std::vector<Group>& groups) const {
  unsigned out = 0;
  std::vector<const Passage*> alone;
  Found found_alone{0, {}};
  for (unsigned role = 1; role < 1U << kBruteRoles.size(); role <<= 1) {
    alone.clear();
    found_alone.passages.clear();
    for (std::size_t p = 0; p < text.passages.size(); ++p) {
      if ((text.passages[p].roles & role) == 0) continue;
      alone.push_back(&text.passages[p]);
      found_alone.passages.push_back(found.passages[p]);
    }
    if (alone.empty() || !matches(rule, found_alone)) continue;
    const bool hold = std::all_of(groups.begin(), groups.end(),
                                  [&](const Group& group) { return holds(group, text, &alone); });
    if (hold) out |= role;
  }
  return out;
}

BruteAnswer BruteForce::search(const BruteQuery& query) {
  Phrase words;
  std::vector<Group> groups;
  const auto take_words = [&](const std::string& text, bool prefix) {
    for (const auto& word : words_of(text, query, prefix)) words.push_back(word);
  };
  const auto take_phrase = [&](const std::string& text, bool excluded) {
    groups.push_back(group_of({{{{BrutePart::Kind::Phrase, text}}}, excluded}, query));
  };
  for (const auto& word : query.words) take_words(word, false);
  for (const auto& prefix : query.prefixes) take_words(prefix, true);
  for (const auto& phrase : query.phrases) {
    take_words(phrase, false);
    take_phrase(phrase, false);
  }
  for (const auto& phrase : query.excluded) take_phrase(phrase, true);
  for (const auto& group : query.groups) groups.push_back(group_of(group, query));

  // Hard conditions that are no facets.
  std::vector<const Text*> texts;
  for (const auto& [key, text] : texts_) {
    if (text.internal && !query.internal) continue;
    if (query.collection &&
        !text.values[place_of("collection")].contains(number(*query.collection))) {
      continue;
    }
    const bool hold = std::all_of(groups.begin(), groups.end(),
                                  [&](const Group& group) { return holds(group, text, nullptr); });
    if (hold) texts.push_back(&text);
  }

  const auto count = [&](const Rule& rule, const std::vector<Found>& found) {
    return std::count_if(found.begin(), found.end(),
                         [&](const Found& f) { return matches(rule, f); });
  };
  BruteAnswer answer;
  const Rule all_rule = make_rule(words, false, true);
  const auto all_found = look(texts, all_rule);
  Rule rule = query.all || words.empty() ? all_rule : make_rule(words, false, false);
  auto found = look(texts, rule);
  long matching = count(rule, found);
  if (!query.all && !words.empty() && matching < 10) {
    Rule folded = make_rule(words, true, false);
    const auto folded_found = look(texts, folded);
    if (const long n = count(folded, folded_found); n > matching) {
      rule = folded;
      found = folded_found;
      matching = n;
      answer.relaxed = "marks_ignored";
    }
    const double step = static_cast<double>(rule.total) / static_cast<double>(rule.words.size());
    Rule lower = rule;
    bool fewer = false;
    for (double need = static_cast<double>(rule.need); matching < 10 && need > step + 1e-3;) {
      need -= step;
      lower.need = std::lround(std::ceil(need - 1e-6));
      if (const long n = count(lower, found); n > matching) {
        rule = lower;
        matching = n;
        fewer = true;
      }
    }
    if (fewer) answer.relaxed += answer.relaxed.empty() ? "fewer_words" : " fewer_words";
  }
  answer.unknown = {rule.unknown.begin(), rule.unknown.end()};

  struct Filter {
    std::size_t place;
    std::set<std::uint32_t> values;
    unsigned roles = 0;
  };
  const auto row_facet = [&](const std::string& facet) {
    return facet + (query.present && (facet == "province" || facet == "region") ? "_present" : "");
  };
  std::map<std::string, Filter> filters;
  for (const auto& [facet, values] : query.filters) {
    Filter& filter = filters[facet];
    filter.place = place_of(row_facet(facet));
    for (const std::string& value : values) {
      filter.values.insert(number(value));
      filter.roles |= role_bit(value);
    }
  }
  // Which facets refuse a document.
  const auto refusing = [&](const Text& text, unsigned found_roles) {
    std::vector<std::string> out;
    for (const auto& [facet, filter] : filters) {
      const auto& have = text.values[filter.place];
      const bool taken =
          facet == "role" ? (found_roles & filter.roles) != 0
                          : std::any_of(filter.values.begin(), filter.values.end(),
                                        [&](std::uint32_t value) { return have.contains(value); });
      if (!taken) out.push_back(facet);
    }
    return out;
  };
  struct Counts {
    std::string facet;
    std::size_t place;
    std::vector<std::uint64_t> by_value;  // by number of the value
  };
  std::vector<Counts> counts;
  for (const auto& facet : kBruteFacets) {
    counts.push_back(
        {facet, place_of(row_facet(facet)), std::vector<std::uint64_t>(numbers_.size())});
  }
  std::vector<std::uint64_t> role_counts(kBruteRoles.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (matches(rule, found[i])) {
      const unsigned found_roles = roles(rule, found[i], *texts[i], groups);
      const auto refused = refusing(*texts[i], found_roles);
      if (refused.empty()) ++answer.total;
      for (Counts& c : counts) {
        const bool others_take = refused.empty() || (refused.size() == 1 && refused[0] == c.facet);
        if (!others_take) continue;
        for (const auto value : texts[i]->values[c.place]) ++c.by_value[value];
        if (c.facet != "role") continue;
        for (std::size_t r = 0; r < kBruteRoles.size(); ++r) role_counts[r] += found_roles >> r & 1;
      }
    }
    if (!matches(all_rule, all_found[i])) continue;
    const unsigned all_roles =
        filters.contains("role") ? roles(all_rule, all_found[i], *texts[i], groups) : 0;
    if (refusing(*texts[i], all_roles).empty()) ++answer.all_words_total;
  }
  for (const auto& [form, n] : numbers_) {
    for (const Counts& c : counts) {
      if (c.by_value[n] > 0) answer.facets[c.facet][form] = c.by_value[n];
    }
  }
  for (std::size_t r = 0; r < kBruteRoles.size(); ++r) {
    if (role_counts[r] > 0) answer.facets["role"][kBruteRoles[r]] = role_counts[r];
  }
  return answer;
}

}  // namespace nhanrong::search
