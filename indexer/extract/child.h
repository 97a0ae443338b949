#pragma once
#include "indexer/extract/request.h"

namespace nhanrong::indexer {

/// Opens one file in this process, which may crash without harm: sets limits, shuts itself into the
/// sandbox, reads the file on descriptor `file` (pages of it that were read from images before
/// stand in `known_pages`) and writes messages to descriptor `out`. Returns the exit status.
int run_extraction_child(const ExtractionRequest& request, int file, int known_pages, int out,
                         const ReferenceSource& reference);

}  // namespace nhanrong::indexer
