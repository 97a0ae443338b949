#pragma once
#include "indexer/extract/request.h"

namespace nhanrong::indexer {

/// Opens one file in this process, which may crash without harm: sets limits, shuts itself into the
/// sandbox, reads the file on descriptor `file` and writes messages to descriptor `out`. Returns
/// the exit status.
int run_extraction_child(const ExtractionRequest& request, int file, int out,
                         const ReferenceSource& reference);

}  // namespace nhanrong::indexer
