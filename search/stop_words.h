#pragma once
#include "text/stop_words.h"

namespace nhanrong::search {

using text::is_stop_word;

}  // namespace nhanrong::search
