#pragma once
#include "corpus/library.h"
#include "corpus/reference.h"
#include "indexer/follower.h"
#include "text/analyzer.h"

namespace nhanrong::indexer {

/// Number of the next generation that is built. For who holds index/rebuild.lock.
int next_generation(const corpus::Library& library);

/// rebuild() for who holds index/rebuild.lock already.
int rebuild_locked(const corpus::Library& library, const corpus::Reference& reference,
                   const text::Analyzer& analyzer, const FollowProgress& progress);

}  // namespace nhanrong::indexer
