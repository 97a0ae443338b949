#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "corpus/catalogue.h"
#include "corpus/reference.h"
#include "web/citations.h"

namespace nhanrong::web {

/// The record of CONTRACT.md with what is derived: GET /api/v1/documents/{id}.
std::string document_json(const corpus::Document& document, const Citations& citations,
                          const corpus::Reference& reference);

/// [{"kind": "phone", "start": 40, "end": 50}]
nlohmann::json personal_json(const corpus::Content& content);

}  // namespace nhanrong::web
