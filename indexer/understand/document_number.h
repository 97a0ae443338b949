#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::indexer {

/// Number (số, ký hiệu) of a document: "263/QĐ-TTg", "07/2022/NQ-HĐND", "19-NQ/TW".
/// Source: Decree 30/2020/NĐ-CP, annex I; Party numbers put the type before the slash.
struct DocumentNumber {
  int serial;               // from 1; leading zeros are not kept
  std::optional<int> year;  // only legal normative documents carry one
  std::string_view symbol;  // "QĐ-TTg", "NQ/TW"; a view into the parsed text
  bool operator==(const DocumentNumber&) const = default;
};

/// Reads a number that fills all of `s` (UTF-8, NFC); nullopt: it is none.
std::optional<DocumentNumber> parse_document_number(std::string_view s);

/// A number within a text, written without blanks.
struct FoundNumber {
  std::string number;        // "133/BC-UBND" for "133 /BC-UBND"
  std::uint32_t start, end;  // byte range in the text
};

/// All numbers in a text, in order. A symbol without year needs two parts ("BC-UBND"), so that
/// "12/Sở" is none.
std::vector<FoundNumber> find_document_numbers(std::string_view text);

/// Part of a symbol that may be the type: "BC" of "BC-UBND", "NQ" of "NQ/TW".
std::string_view type_part(std::string_view symbol);

}  // namespace nhanrong::indexer
