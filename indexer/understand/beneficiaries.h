#pragma once
#include "corpus/reference.h"
#include "indexer/understand/findings.h"
#include "indexer/understand/names.h"

namespace nhanrong::indexer {

/// Groups of people and organisations that a text is for (đối tượng thụ hưởng), strongest first, at
/// most five: those that its title names, and those named three times or more, in long texts
/// oftener. Names of programmes and of mass organisations ("Hội Phụ nữ") do not count.
Findings find_beneficiaries(const Page& page, const std::vector<NameHit>& hits,
                            const Context& context, const corpus::Reference& reference);

}  // namespace nhanrong::indexer
