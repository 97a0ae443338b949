#pragma once
#include <exception>
#include <string>

#include "app/context.h"
#include "corpus/catalogue.h"
#include "text/result.h"

namespace nhanrong::app {

/// One line in Vietnamese, one in English, on standard error.
void report_error(Context& context, const text::Error& error);
/// The same for what was thrown: catalogue, disk, index.
void report_failure(Context& context, const std::exception_ptr& failure);

text::Error to_error(const corpus::Refusal& refusal);

/// {"path": …, "line": …, "code": …, "reason": …, "reason_en": …} of CONTRACT.md, without line end.
std::string refusal_json(Context& context, const corpus::Refusal& refusal);

}  // namespace nhanrong::app
