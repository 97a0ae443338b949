#include "text/stop_words.h"

#include <array>
#include <set>
#include <string>

#include "text/syllable.h"

namespace nhanrong::text {
namespace {

constexpr std::array kStopWords = {
    "và",   "của",  "các", "là",    "có",   "được", "cho",   "trong", "với",   "để",   "từ",
    "theo", "khi",  "về",  "như",   "đã",   "ở",    "này",   "đó",    "những", "một",  "không",
    "thì",  "mà",   "ra",  "vào",   "lại",  "cũng", "do",    "bị",    "tại",   "trên", "ai",
    "gì",   "nào",  "bao", "nhiêu", "đâu",  "sao",  "thế",   "hay",   "phải",  "bằng", "cái",
    "đến",  "hoặc", "nếu", "sẽ",    "đang", "rất",  "người", "việc"};

}  // namespace

bool is_stop_word(std::string_view exact) {
  static const auto exact_forms = [] {
    std::set<std::string, std::less<>> forms;
    for (const std::string_view word : kStopWords) forms.insert(text::tone_key(word));
    return forms;
  }();
  return exact_forms.contains(exact);
}

}  // namespace nhanrong::text
