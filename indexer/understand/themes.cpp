#include "indexer/understand/themes.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>

#include "indexer/understand/practice_words.h"

namespace nhanrong::indexer {
namespace {

// Chosen on the development and the tuning set; the figures hardly move around these values.
constexpr double kTitle = 3;       // a cue in the title
constexpr double kTitleAside = 1;  // the same behind "cho", "vùng", "thuộc" …
constexpr double kRepeated = 0.3;  // the same cue again
constexpr double kWeak = 0.5;      // a weak cue in the text
constexpr double kWeakInTitle = 1.0 / 3;
constexpr double kComponent = 1.5;
constexpr double kShareOfTitled = 0.5;  // of the strongest, for a theme that the title names
constexpr double kShareAside = 0.25;    // for one that it names aside
constexpr double kShareBeside = 0.8;    // for another one beside it
constexpr double kShare = 0.6;          // where the title names none
constexpr double kLeast = 1.5;
constexpr double kLeastOfOneCue = 1.6;
constexpr double kTokensOfLeast = 600;  // a longer text needs more
constexpr int kMostRepeats = 5;
constexpr std::size_t kMost = 4;

struct Score {
  double title = 0, full = 0, weak = 0;
  int cues = 0;         // different full ones
  bool titled = false;  // the title names it as the subject
  bool aside = false;   // or behind "cho", "vùng" …
  Span first{};         // of a full cue, else of a weak one
  bool has_full = false;

  /// A weak cue alone, in the title or in the text, says nothing.
  double total() const {
    const double beside = cues > 0 || weak >= 2 * kWeak ? weak : 0;
    return (cues > 0 || beside > 0 ? title : 0) + full + beside;
  }
};

class ThemeReader {
 public:
  ThemeReader(const Page& page, const std::vector<NameHit>& hits, const Context& context,
              const corpus::Reference& reference)
      : page_(page),
        context_(context),
        reference_(reference),
        programmes_(longest_of(hits, {NameKind::Programme})),
        subject_end_(subject_end()) {}

  void read(const std::vector<NameHit>& hits) {
    for (const NameHit& hit : longest_of(hits, {NameKind::Theme, NameKind::ThemeHint})) {
      const bool in_title = inside(context_.title, hit.start, hit.end);
      if (is_only_named(hit, in_title)) continue;
      const int times = (in_title ? in_title_ : in_text_)[cue_of(hit)]++;
      if (in_title && times == 0) {
        add_title_cue(hit);
      } else if (!in_title && times <= kMostRepeats) {
        add_cue(hit, times);
      }
    }
  }

  void add_components(const Findings& components) {
    if (components.empty()) return;
    for (const corpus::Row& component : reference_.table("components")) {
      const auto found = std::ranges::find(components, component["id"], &Finding::value);
      if (found == components.end()) continue;
      for (const auto id : component.list("theme_ids")) {
        Score* score = score_of(id);
        if (!score) continue;
        see(*score, found->span, true);
        score->full += kComponent;
        ++score->cues;
      }
    }
  }

  /// A training text is about training.
  void add_type() {
    if (context_.type != "tai-lieu-tap-huan") return;
    Score* score = score_of("tap-huan");
    if (!score) return;
    see(*score, context_.title, true);
    score->title += kTitle;
    score->titled = true;
    ++score->cues;
  }

  Findings take() const {
    std::vector<std::pair<double, std::uint32_t>> ranked;
    bool titled = false;
    for (const auto& [row, score] : scores_) {
      titled |= score.titled;
      if (const double total = score.total(); total > 0) ranked.emplace_back(total, row);
    }
    std::ranges::stable_sort(ranked,
                             [](const auto& a, const auto& b) { return a.first > b.first; });
    Findings themes;
    for (const auto& [total, row] : ranked) {
      const Score& score = scores_.at(row);
      if (themes.size() == kMost) break;
      if (!holds_good(score, total, ranked.front().first, titled)) continue;
      themes.push_back({std::string(reference_.table("themes")[row]["id"]), score.first,
                        !score.titled && total < kTitle});
    }
    return themes;
  }

 private:
  /// Tells cues apart: a hash of theme and words, cheaper than the words themselves.
  std::uint64_t cue_of(const NameHit& hit) const {
    constexpr std::uint64_t kFactor = 0x100000001B3;  // FNV
    std::uint64_t cue = hit.row + 1;
    for (std::size_t i = page_.token_at(hit.start);
         i < page_.tokens.size() && page_.tokens[i].start < hit.end; ++i) {
      cue = (cue ^ std::hash<std::string>()(page_.tokens[i].exact)) * kFactor;
    }
    return cue;
  }

  /// Byte of the title where its subject ends and for whom, where or within what begins.
  std::uint32_t subject_end() const {
    static const Words kAside(std::to_array<std::string_view>(
        {"cho", "vùng", "thuộc", "tại", "gắn", "trong", "từ", "với", "nhằm", "để", "ở", "qua"}));
    if (context_.title.end == 0) return 0;
    const std::size_t end = page_.token_at(context_.title.end);
    for (std::size_t i = page_.token_at(context_.title.start) + 1; i < end; ++i) {
      if (kAside.hold(page_.tokens[i].exact)) return page_.tokens[i].start;
    }
    return context_.title.end;
  }

  /// Is the cue a part of a programme's or an office's name?
  bool is_only_named(const NameHit& hit, bool in_title) const {
    if (inside(context_.issuer, hit.start, hit.end)) return true;
    const auto after = std::ranges::upper_bound(programmes_, hit.start, {}, &NameHit::start);
    if (after != programmes_.begin() && std::prev(after)->end >= hit.end) {
      if (!in_title) return true;
      // "… các dự án thuộc Chương trình mục tiêu quốc gia giảm nghèo bền vững" is about projects.
      const std::size_t programme = page_.token_at(std::prev(after)->start);
      static const auto kOf = name_key("thuộc");
      return programme > 0 && page_.tokens[programme - 1].exact == kOf;
    }
    return is_in_office(hit);
  }

  /// "Sở Nông nghiệp và Môi trường", "Bộ Giáo dục và Đào tạo": back over words with capitals.
  bool is_in_office(const NameHit& hit) const {
    static const Words kOffices(
        std::to_array<std::string_view>({"sở", "bộ", "phòng", "cục", "vụ", "ty", "viện"}));
    static const auto kAnd = name_key("và");
    constexpr std::size_t kMostWords = 8;
    if (page_.in_capitals || !is_upper(hit.start)) return false;
    for (std::size_t i = page_.token_at(hit.start), n = 0; i > 0 && n < kMostWords; ++n) {
      const text::Token& token = page_.tokens[--i];
      const auto gap = page_.text.substr(token.end, page_.tokens[i + 1].start - token.end);
      if (gap.find_first_of(".;:()") != std::string_view::npos) return false;
      if (!is_upper(token.start)) {
        if (token.exact != kAnd) return false;
      } else if (kOffices.hold(token.exact)) {
        return true;
      }
    }
    return false;
  }
  bool is_upper(std::uint32_t byte) const { return starts_upper(page_.text.substr(byte, 4)); }

  Score* score_of(std::string_view id) {
    const auto themes = reference_.table("themes");
    for (std::uint32_t row = 0; row < themes.size(); ++row) {
      if (themes[row]["id"] == id) return &scores_[row];
    }
    return nullptr;
  }

  static void see(Score& score, Span span, bool full) {
    if (score.has_full || (!full && score.first != Span{})) return;
    score.first = span;
    score.has_full = full;
  }

  void add_title_cue(const NameHit& hit) {
    const bool full = hit.kind == NameKind::Theme;
    const bool subject = hit.start < subject_end_;
    Score& score = scores_[hit.row];
    see(score, {hit.start, hit.end}, full);
    score.title += (subject ? kTitle : kTitleAside) * (full ? 1 : kWeakInTitle);
    if (!full) return;
    score.titled |= subject;
    score.aside |= !subject;
    ++score.cues;
  }

  void add_cue(const NameHit& hit, int times) {
    const bool full = hit.kind == NameKind::Theme;
    const double weight = times == 0 ? 1 : kRepeated;
    Score& score = scores_[hit.row];
    see(score, {hit.start, hit.end}, full);
    if (!full) {
      score.weak += kWeak * weight;
      return;
    }
    score.full += weight;
    if (times == 0) ++score.cues;
  }

  bool holds_good(const Score& score, double total, double best, bool titled) const {
    if (score.titled && total >= kShareOfTitled * best) return true;
    if (titled && score.aside && total >= kShareAside * best) return true;
    if (titled) return total >= kShareBeside * best && score.cues >= 2;
    const double least =
        std::max(kLeast, static_cast<double>(page_.tokens.size()) / kTokensOfLeast);
    return total >= least && total >= kShare * best && (score.cues >= 2 || total >= kLeastOfOneCue);
  }

  const Page& page_;
  const Context& context_;
  const corpus::Reference& reference_;
  const std::vector<NameHit> programmes_;
  const std::uint32_t subject_end_;
  std::map<std::uint32_t, Score> scores_;                      // by row of themes.tsv
  std::unordered_map<std::uint64_t, int> in_title_, in_text_;  // how often a cue stands
};

}  // namespace

Findings find_themes(const Page& page, const std::vector<NameHit>& hits, const Findings& components,
                     const Context& context, const corpus::Reference& reference) {
  ThemeReader reader(page, hits, context, reference);
  reader.read(hits);
  reader.add_components(components);
  reader.add_type();
  return reader.take();
}

}  // namespace nhanrong::indexer
