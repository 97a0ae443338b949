#include "text/document_kinds.h"

#include <algorithm>
#include <bitset>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/syllable.h"

namespace nhanrong::text {
namespace {

constexpr KindUse kCiting = KindUse::Citing, kWorking = KindUse::Working, kSymbol = KindUse::Symbol;

// Abbreviations: Decree 30/2020/NĐ-CP, annex III; those of legal normative documents: Decree
// 78/2025/NĐ-CP; kết luận, thông tri, quy định: the Party's guide 36-HD/VPTW.
constexpr DocumentKind kKinds[] = {
    {"qđ", "qd", "quyết định", kCiting, kCiting},
    {"nq", "nq", "nghị quyết", kCiting, kCiting},
    {"nqlt", "nqlt", "nghị quyết liên tịch", kCiting, kCiting},
    {"nđ", "nd", "nghị định", kCiting, kCiting},
    {"tt", "tt", "thông tư", kCiting, kCiting},
    {"ttlt", "ttlt", "thông tư liên tịch", kCiting, kCiting},
    {"ct", "ct", "chỉ thị", kCiting, kSymbol},
    {"kl", "kl", "kết luận", kWorking, kCiting},
    {"cv", "cv", "công văn", kCiting, kCiting},
    {"cđ", "cd", "công điện", kCiting, kSymbol},
    {"hd", "hd", "hướng dẫn", kWorking, kCiting},
    {"tb", "tb", "thông báo", kWorking, kWorking},
    {"tc", "tc", "thông cáo", kWorking, kSymbol},
    {"kh", "kh", "kế hoạch", kWorking, kWorking},
    {"bc", "bc", "báo cáo", kWorking, kWorking},
    {"ttr", "ttr", "tờ trình", kWorking, kCiting},
    {"vbhn", "vbhn", "văn bản hợp nhất", kWorking, kCiting},
    {"bb", "bb", "biên bản", kWorking, kSymbol},
    {"gm", "gm", "giấy mời", kWorking, kSymbol},
    {"qyđ", "qyd", "quy định", kSymbol, kSymbol},
    {"qc", "qc", "quy chế", kSymbol, kSymbol},
    {"pl", "pl", "pháp lệnh", kSymbol, kSymbol},
    {"pa", "pa", "phương án", kSymbol, kSymbol},
    {"ctr", "ctr", "", kSymbol, kSymbol},
    {"da", "da", "", kSymbol, kSymbol},  // dự án; not đề án without its đ
    {"đa", "da", "", kSymbol, kSymbol},
    {"hđ", "hd", "", kSymbol, kSymbol},
};

// Offices of numbers; what matters is which word may be one in lower case and where đ belongs.
constexpr std::string_view kOffices[] = {
    "ttg",     "cp",    "vpcp",    "qh",    "ubtvqh", "vpqh",  "ctn",   "tw",      "tu",
    "hu",      "vptw",  "ubnd",    "hđnd",  "ub",     "vp",    "btc",   "bkh",     "bkhđt",
    "bnn",     "bnnmt", "bnnptnt", "bnv",   "byt",    "bgdđt", "bgd",   "btnmt",   "bxd",
    "bct",     "bgtvt", "bvhttdl", "btttt", "bkhcn",  "btp",   "bca",   "bqp",     "bng",
    "blđtbxh", "ubdt",  "bdt",     "bdttg", "nhnn",   "ttcp",  "ktnn",  "mttw",    "mttq",
    "vpđp",    "bcđ",   "bcđtw",   "snn",   "snv",    "stc",   "skhđt", "sldtbxh", "slđtbxh",
    "sgdđt",   "syt",   "ldtbxh",  "hnd",   "hlhpn"};

struct KindSyllables {
  const DocumentKind* kind;
  std::vector<std::string> exact, folded;
};

std::size_t first_two_bytes(std::string_view word) {
  const auto byte = [word](std::size_t i) {
    return i < word.size() ? std::size_t{static_cast<unsigned char>(word[i])} : 0;
  };
  return byte(0) << 8 | byte(1);
}

/// The tables with the syllables of names taken apart; made once.
struct Tables {
  std::unordered_map<std::string_view, const DocumentKind*> kinds;    // by either form
  std::unordered_map<std::string, std::string_view> offices;          // by the folded form
  std::unordered_map<std::string, std::vector<KindSyllables>> names;  // by first folded syllable

  std::bitset<1 << 16> beginnings;  // first two bytes of abbreviations and folded names

  Tables() {
    for (const DocumentKind& kind : kKinds) {
      kinds.emplace(kind.abbreviation, &kind);
      kinds.emplace(kind.folded, &kind);
      beginnings.set(first_two_bytes(kind.abbreviation));
      beginnings.set(first_two_bytes(kind.folded));
      if (!kind.name.empty()) add_name(kind);
    }
    for (auto& [first, candidates] : names) {
      std::ranges::stable_sort(candidates, std::greater{},
                               [](const KindSyllables& k) { return k.exact.size(); });
    }
    for (const std::string_view office : kOffices) offices.emplace(fold(office), office);
  }

  void add_name(const DocumentKind& kind) {
    KindSyllables syllables{&kind, {}, {}};
    for (std::size_t start = 0; start < kind.name.size();) {
      const std::size_t end = std::min(kind.name.find(' ', start), kind.name.size());
      const std::string_view syllable = kind.name.substr(start, end - start);
      syllables.exact.push_back(tone_key(syllable));
      syllables.folded.push_back(fold(syllable));
      start = end + 1;
    }
    const std::string first = syllables.folded.front();
    beginnings.set(first_two_bytes(first));
    names[first].push_back(std::move(syllables));
  }

  static const Tables& get() {
    static const Tables tables;
    return tables;
  }
};

bool begins(const TokenView& tokens, std::size_t i, const KindSyllables& name) {
  for (std::size_t n = 0; n < name.exact.size(); ++n) {
    if (!tokens.is(i + n, {name.exact[n], name.folded[n]})) return false;
    if (n > 0 && !tokens.follows(i + n - 1)) return false;
  }
  return true;
}

}  // namespace

bool may_begin_kind(const Token& token) {
  constexpr std::size_t kLongest = 6;  // no kind begins with a longer syllable
  if (token.folded.size() > kLongest) return false;
  const auto& beginnings = Tables::get().beginnings;
  return beginnings.test(first_two_bytes(token.folded)) ||
         beginnings.test(first_two_bytes(token.exact));
}

const DocumentKind* find_kind(const Token& token) {
  const auto& kinds = Tables::get().kinds;
  const auto found = kinds.find(token.exact);
  return found == kinds.end() ? nullptr : found->second;
}

std::string_view find_office(std::string_view folded) {
  const auto& offices = Tables::get().offices;
  const auto found = offices.find(std::string(folded));
  return found == offices.end() ? std::string_view{} : found->second;
}

std::optional<KindName> find_kind_name(const TokenView& tokens, std::size_t i) {
  const auto& names = Tables::get().names;
  const auto found = names.find(tokens[i].folded);
  if (found == names.end()) return std::nullopt;
  for (const KindSyllables& name : found->second) {
    if (begins(tokens, i, name)) return KindName{name.kind, i + name.exact.size()};
  }
  return std::nullopt;
}

}  // namespace nhanrong::text
