#pragma once
#include <string_view>

namespace nhanrong::search {

/// What the writer of `typed` may have left out at no cost.
enum class Marks : bool { Count, Free };

/// How far a syllable is from another one, by their exact forms ("mơi", "mơi1"): another tone 0.3,
/// a shape mark more, less or other 0.5, d and đ 0.3, i and y 0.2, a letter more, less or other 1,
/// two neighbours exchanged 1. With Marks::Free every mark that `typed` lacks is free.
double spelling_distance(std::string_view typed, std::string_view meant, Marks marks);

}  // namespace nhanrong::search
