#include "indexer/understand/personal_email.h"

#include <algorithm>
#include <array>
#include <string>

namespace nhanrong::indexer {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_of_box(char c) {
  return is_letter(c) || is_digit(c) || std::string_view("._%+-").find(c) != std::string_view::npos;
}
bool is_of_domain(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-'; }

std::string lower(std::string_view s) {
  std::string out(s);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

/// "gmail.com" behind the '@' of an address, in small letters.
std::string domain_of(std::string_view address) {
  return lower(trimmed(address.substr(address.find('@') + 1)));
}

/// A name with an ending of two letters or more behind a point.
bool is_domain(std::string_view s) {
  const std::size_t point = s.rfind('.');
  if (point == std::string_view::npos || point == 0 || s.find("..") != s.npos) return false;
  const std::string_view ending = s.substr(point + 1);
  return ending.size() >= 2 && std::ranges::all_of(ending, is_letter);
}

}  // namespace

std::optional<Span> read_email(const Page& page, std::uint32_t at) {
  constexpr std::uint32_t kMostBox = 64, kMostDomain = 255;  // RFC 5321, 4.5.3.1
  const std::string_view text = page.text;
  const auto blank = [&](std::size_t i) { return i < text.size() && text[i] == ' '; };
  std::uint32_t box_end = at, domain = at + 1;
  if (at > 0 && blank(at - 1)) --box_end;
  if (blank(domain)) ++domain;
  const bool parted = box_end != at || domain != at + 1;
  std::uint32_t start = box_end;
  while (start > 0 && box_end - start < kMostBox && is_of_box(text[start - 1])) --start;
  while (start < box_end && !is_letter(text[start]) && !is_digit(text[start])) ++start;
  std::uint32_t end = domain;
  while (end < text.size() && end - domain < kMostDomain && is_of_domain(text[end])) ++end;
  while (end > domain && !is_letter(text[end - 1])) --end;  // the sentence's full stop
  if (start == box_end || !is_domain(text.substr(domain, end - domain))) return std::nullopt;
  const Span span{start, end};
  if (parted && !is_free_mail(page.of(span))) return std::nullopt;
  return span;
}

bool is_free_mail(std::string_view address) {
  constexpr std::array<std::string_view, 20> kDomains{
      "gmail.com",      "googlemail.com", "yahoo.com",   "yahoo.com.vn",   "ymail.com",
      "rocketmail.com", "hotmail.com",    "outlook.com", "outlook.com.vn", "live.com",
      "msn.com",        "icloud.com",     "me.com",      "aol.com",        "proton.me",
      "protonmail.com", "zoho.com",       "mail.com",    "gmx.com",        "yandex.com"};
  return std::ranges::find(kDomains, domain_of(address)) != kDomains.end();
}

bool is_mail_of_office(std::string_view address) {
  constexpr std::array<std::string_view, 21> kOffices{
      "ubnd",     "hdnd",    "ubmt",   "mttq",     "thcs",       "thpt",     "ptdt",
      "tieuhoc",  "mamnon",  "htx",    "hoptacxa", "vanphong",   "congty",   "trungtam",
      "benhvien", "tramyte", "vanthu", "baocao",   "hoinongdan", "hoiphunu", "doanthanhnien"};
  std::string box = lower(address.substr(0, address.find('@')));
  std::erase_if(box, [](char c) { return !is_letter(c); });
  return std::ranges::any_of(
      kOffices, [&box](std::string_view office) { return box.find(office) != std::string::npos; });
}

}  // namespace nhanrong::indexer
