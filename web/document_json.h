#pragma once
#include <string>

#include "corpus/catalogue.h"
#include "corpus/reference.h"
#include "web/citations.h"

namespace nhanrong::web {

/// The record of CONTRACT.md with what is derived: GET /api/v1/documents/{id}.
std::string document_json(const corpus::Document& document, const Citations& citations,
                          const corpus::Reference& reference);

}  // namespace nhanrong::web
