#pragma once
#include <random>
#include <string>
#include <string_view>

#include "text/utf8.h"

namespace nhanrong::text {

inline constexpr std::string_view kPieces[] = {
    "nghiêng", "Hoà",     "hòa",    "THUỶ",   "Đắk",    "ước",     "263/QĐ-TTg",  "11/7/2023",
    "98,5%",   "DTTS&MN", "Ia-Mơ",  " ",      " ",      " ",       ". ",          "; ",
    ", ",      "\n",      "\r\n",   "\t",     ":",      "?",       "!",           "-",
    "–",       "(",       "\u00A0", "\u200B", "\u200D", "\u00AD",  "\uFEFF",      "\u0301",
    "\u0302",  "\u0323",  "\u031B", "\u0306", "\u02CB", "a",       "e",           "o",
    "u",       "\u0131",  "Ð",      "ƣ",      "ö",      "ñ",       "č",           "Ελ",
    "ά",       "ខ្មែរ",    "й",      "2021",   "²",      "ß",       "İ",           "\u1E4D",
    "ﬁ",       "\uFF0F",  "\u2028", "_",      "'",      "T\u0308", "\u1100\u1161"};

/// Text of pieces that meet each other badly: letters in several forms, lone marks, look-alikes,
/// punctuation, broken UTF-8.
inline std::string random_text(std::mt19937& random, int pieces, bool broken_bytes = true) {
  std::string text;
  for (int i = 0; i < pieces; ++i) {
    switch (random() % (broken_bytes ? 12 : 11)) {
      case 0: {
        const auto c = static_cast<char32_t>(1 + random() % 0x2FFFF);
        if (c < 0xD800 || c > 0xDFFF) append_utf8(text, c);
        break;
      }
      case 11:
        text += static_cast<char>(random() % 256);
        break;
      default:
        text += kPieces[random() % std::size(kPieces)];
    }
  }
  return text;
}

}  // namespace nhanrong::text
