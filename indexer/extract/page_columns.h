#pragma once
#include <optional>
#include <string>
#include <vector>

#include "indexer/extract/page_layout.h"

namespace nhanrong::indexer {

/// A part of a page that is set in two columns; lines top down, words joined by one blank.
struct PageColumns {
  std::vector<std::string> left, right;
  double top, bottom;  // whole height of the page belongs to the part between them
};

/// The head of Decree 30 (issuer beside motto): nothing above the body stands outside it. nullopt:
/// no motto with something on its left. The gap may be as narrow as a blank.
std::optional<PageColumns> find_head_columns(const std::vector<PrintedWord>& page);

/// The foot: "Nơi nhận:" with the receivers, the signature on its right.
std::optional<PageColumns> find_foot_columns(const std::vector<PrintedWord>& page);

}  // namespace nhanrong::indexer
