#include "text/name_matcher.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <map>
#include <unordered_map>

#include "text/letters.h"
#include "text/token_scanner.h"
#include "text/utf8.h"

namespace nhanrong::text {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr std::size_t kLongestGap = 8;  // no name has more punctuation in one place

/// What stands between two tokens, with blanks, dashes, '&' and harmless full stops left out.
struct Gap {
  std::string hard;        // the punctuation that counts
  bool full_stop = false;  // one stood there, harmless or not
  bool operator==(const Gap&) const = default;
};

bool is_loose(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '-' || c == '&' || c == 0xA0 || c == 0x2013 ||
         c == 0x2014 || c == 0x2212;
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019;
}

/// "TP", "Q", "TX": no syllable, so that a full stop after it ends no sentence.
bool is_vowelless(std::string_view folded) {
  return folded.find_first_of("aeiouy") == std::string_view::npos;
}

Gap read_gap(std::string_view between, const Token& before) {
  Gap gap;
  int lines = 0;
  for (std::size_t i = 0; i < between.size() && gap.hard.size() < kLongestGap;) {
    const std::size_t start = i;
    const char32_t c = next_code_point(between, i);
    if (c == '\n' && ++lines == 2) gap.hard += '\n';
    if (is_loose(c)) continue;
    if (c == '.') {
      gap.full_stop = true;
      const bool ends_sentence =
          i < between.size() && (between[i] == ' ' || between[i] == '\n' || between[i] == '\t');
      if (!ends_sentence || is_vowelless(before.folded)) continue;
    }
    gap.hard += is_apostrophe(c) ? std::string_view("'") : between.substr(start, i - start);
  }
  return gap;
}

/// May the text have `written` where the name has `named`?
bool meets(const Gap& named, const Gap& written) {
  if (named.hard == written.hard) return true;
  return named.full_stop && written.hard == ".";
}

/// Letter case of a text, a letter each: 'A', 'a' or '-' where there is none (digits).
std::string case_pattern(std::string_view s) {
  const LetterTable& table = LetterTable::get();
  std::string pattern;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_code_point(s, i);
    if (c == kInvalidCodePoint) continue;
    const Letter letter = table[c];
    if (letter.kind == LetterKind::Letter) pattern += letter.lower == c ? 'a' : 'A';
  }
  return pattern;
}

struct Name {
  std::uint32_t value;
  NameCase letter_case;
  std::vector<Gap> gaps;  // before the second token, third …
  std::string pattern;    // of NameCase::Written
};

struct Node {
  std::uint32_t fail = 0;
  std::uint32_t shorter = kNone;  // the longest proper suffix that ends names
  std::uint32_t tokens = 0;       // how many lead here
  std::vector<std::uint32_t> names;
};

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};

std::uint64_t edge(std::uint32_t node, std::uint32_t token) {
  return static_cast<std::uint64_t>(node) << 32 | token;
}

}  // namespace

struct NameMatcher::Impl {
  std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>> ids;
  std::unordered_map<std::uint64_t, std::uint32_t> edges;
  std::vector<Node> nodes{1};
  std::vector<Name> names;
  bool built = true;

  std::uint32_t child(std::uint32_t node, std::uint32_t token) const {
    const auto it = edges.find(edge(node, token));
    return it == edges.end() ? kNone : it->second;
  }

  std::uint32_t step(std::uint32_t node, std::uint32_t token) const {
    for (;; node = nodes[node].fail) {
      if (const std::uint32_t next = child(node, token); next != kNone) return next;
      if (node == 0) return 0;
    }
  }

  bool stands(const Name& name, std::string_view text, std::span<const Token> tokens,
              std::size_t first) const {
    for (std::size_t i = 0; i < name.gaps.size(); ++i) {
      const Token& before = tokens[first + i];
      const Token& after = tokens[first + i + 1];
      if (!meets(name.gaps[i],
                 read_gap(text.substr(before.end, after.start - before.end), before))) {
        return false;
      }
    }
    if (name.letter_case == NameCase::Any) return true;
    const std::size_t start = tokens[first].start;
    const std::string pattern =
        case_pattern(text.substr(start, tokens[first + name.gaps.size()].end - start));
    return pattern == name.pattern || pattern.find('a') == std::string::npos;
  }
};

NameMatcher::NameMatcher() : impl_(std::make_unique<Impl>()) {}
NameMatcher::~NameMatcher() = default;
NameMatcher::NameMatcher(NameMatcher&&) noexcept = default;
NameMatcher& NameMatcher::operator=(NameMatcher&&) noexcept = default;

void NameMatcher::add(std::string_view name, std::uint32_t value, NameCase letter_case) {
  const std::vector<Token> tokens = scan_tokens(name);
  if (tokens.empty()) return;
  Name made{value, letter_case, {}, case_pattern(name)};
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0) {
      const std::size_t start = tokens[i - 1].end;
      made.gaps.push_back(read_gap(name.substr(start, tokens[i].start - start), tokens[i - 1]));
    }
    const auto fresh_id = static_cast<std::uint32_t>(impl_->ids.size());
    const std::uint32_t id = impl_->ids.try_emplace(tokens[i].exact, fresh_id).first->second;
    const auto fresh_node = static_cast<std::uint32_t>(impl_->nodes.size());
    const auto [it, added] = impl_->edges.try_emplace(edge(node, id), fresh_node);
    node = it->second;
    if (added) impl_->nodes.push_back({0, kNone, static_cast<std::uint32_t>(i + 1), {}});
  }
  impl_->nodes[node].names.push_back(static_cast<std::uint32_t>(impl_->names.size()));
  impl_->names.push_back(std::move(made));
  impl_->built = false;
}

void NameMatcher::build() {
  Impl& m = *impl_;
  struct Edge {
    std::uint32_t parent, token, child;
  };
  std::vector<Edge> order;
  order.reserve(m.edges.size());
  for (const auto& [key, child] : m.edges) {
    order.push_back(
        {static_cast<std::uint32_t>(key >> 32), static_cast<std::uint32_t>(key), child});
  }
  // Nearest to the root first: a fail link leads to fewer tokens.
  std::sort(order.begin(), order.end(), [&m](const Edge& a, const Edge& b) {
    return m.nodes[a.child].tokens < m.nodes[b.child].tokens;
  });
  for (const Edge& e : order) {
    Node& node = m.nodes[e.child];
    node.fail = e.parent == 0 ? 0 : m.step(m.nodes[e.parent].fail, e.token);
    const Node& fail = m.nodes[node.fail];
    node.shorter = !fail.names.empty() ? node.fail : fail.shorter;
  }
  m.built = true;
}

std::vector<NameMatch> NameMatcher::find(std::string_view nfc) const {
  return impl_->names.empty() ? std::vector<NameMatch>() : find(nfc, scan_tokens(nfc));
}

std::vector<NameMatch> NameMatcher::find(std::string_view nfc,
                                         std::span<const Token> tokens) const {
  assert(impl_->built);
  const Impl& m = *impl_;
  std::vector<NameMatch> found;
  if (m.names.empty()) return found;
  std::uint32_t state = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto id = m.ids.find(std::string_view(tokens[i].exact));
    state = id == m.ids.end() ? 0 : m.step(state, id->second);
    for (std::uint32_t at = state; at != kNone; at = m.nodes[at].shorter) {
      const Node& node = m.nodes[at];
      for (const std::uint32_t index : node.names) {
        const Name& name = m.names[index];
        const std::size_t first = i + 1 - node.tokens;
        if (m.stands(name, nfc, tokens, first)) {
          found.push_back({tokens[first].start, tokens[i].end, name.value});
        }
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const NameMatch& a, const NameMatch& b) {
    if (a.start != b.start) return a.start < b.start;
    return a.end != b.end ? a.end > b.end : a.name < b.name;
  });
  return found;
}

std::vector<NameMatch> longest(std::vector<NameMatch> matches) {
  std::stable_sort(matches.begin(), matches.end(), [](const NameMatch& a, const NameMatch& b) {
    const std::uint32_t size_a = a.end - a.start;
    const std::uint32_t size_b = b.end - b.start;
    return size_a != size_b ? size_a > size_b : a.start < b.start;
  });
  std::map<std::uint32_t, std::uint32_t> taken;  // start → end, without overlaps
  std::erase_if(matches, [&taken](const NameMatch& m) {
    const auto next = taken.lower_bound(m.end);
    if (next != taken.begin()) {
      const auto [start, end] = *std::prev(next);
      if (end > m.start) return start != m.start || end != m.end;  // the same place: both stay
    }
    taken.emplace(m.start, m.end);
    return false;
  });
  std::stable_sort(matches.begin(), matches.end(),
                   [](const NameMatch& a, const NameMatch& b) { return a.start < b.start; });
  return matches;
}

}  // namespace nhanrong::text
