#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"
#include "corpus/reference.h"
#include "text/result.h"

namespace nhanrong::corpus {

struct ParsedRecord {
  Record record;
  std::vector<std::string> ignored;  // keys that only the program derives: taken off with a notice
};

/// Reads one JSON object with the fields of CONTRACT.md ("The record"): names are turned into ids,
/// `year` into `years`. Texts come back normalised, but `text` as it was given: how it is to be
/// read is the extractor's to find out. Errors: "json_invalid", "record_field_unknown",
/// "record_value_unknown", "record_value_invalid", "record_id_invalid"; `place` names the field.
text::Result<ParsedRecord> parse_record(std::string_view json, const Reference& reference);

/// The facet whose ids a coded field of the record holds: "provinces" → "province"; empty: the
/// field is not coded.
std::string_view facet_of(std::string_view field);

/// What a person corrects of a document: fields that hold from now on, fields that no longer do.
struct Correction {
  Values values;
  std::vector<std::string> withdrawn;
};

/// Reads a JSON merge patch (RFC 7396) of the fields of Values: a value corrects, null withdraws
/// the correction. "" says that the document has none, which a title cannot; so does []. Errors as
/// parse_record.
text::Result<Correction> parse_correction(std::string_view json, const Reference& reference);

/// Values as a JSON object with the keys of the record, and back (ours, not for outside input:
/// throws on bad input).
std::string values_to_json(const Values& values);
Values values_from_json(std::string_view json);

}  // namespace nhanrong::corpus
