#pragma once
#include <cstddef>
#include <vector>

#include "text/token_view.h"
#include "text/values.h"

namespace nhanrong::text {

// Each reads what begins at token `i`, appends its values and returns the token behind them; `i`:
// nothing of its kind begins here. Tokens may be passed over without a value ("1.2.3").

std::size_t read_document_number(const TokenView& tokens, std::size_t i, std::vector<Value>& out);
std::size_t read_date(const TokenView& tokens, std::size_t i, std::vector<Value>& out);
std::size_t read_period(const TokenView& tokens, std::size_t i, std::vector<Value>& out);
std::size_t read_quantity(const TokenView& tokens, std::size_t i, std::vector<Value>& out);
std::size_t read_joined(const TokenView& tokens, std::size_t i, std::vector<Value>& out);

inline Value make_value(ValueKind kind, std::size_t first, std::size_t end) {
  return {kind, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - first), {}};
}

}  // namespace nhanrong::text
