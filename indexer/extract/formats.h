#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "indexer/extract/extractor.h"

namespace nhanrong::indexer {

/// One function a format, each in the file of its name.
std::unique_ptr<Extractor> make_pdf_extractor();
std::unique_ptr<Extractor> make_docx_extractor();
std::unique_ptr<Extractor> make_xlsx_extractor();
std::unique_ptr<Extractor> make_pptx_extractor();
std::unique_ptr<Extractor> make_odf_extractor();
std::unique_ptr<Extractor> make_epub_extractor();
std::unique_ptr<Extractor> make_archive_extractor();
std::unique_ptr<Extractor> make_mail_extractor();
std::unique_ptr<Extractor> make_doc_extractor();
std::unique_ptr<Extractor> make_xls_extractor();
std::unique_ptr<Extractor> make_ppt_extractor();
std::unique_ptr<Extractor> make_msg_extractor();
std::unique_ptr<Extractor> make_rtf_extractor();
std::unique_ptr<Extractor> make_html_extractor();
std::unique_ptr<Extractor> make_image_extractor();
std::unique_ptr<Extractor> make_csv_extractor();
std::unique_ptr<Extractor> make_jsonl_extractor(ReferenceSource reference);
std::unique_ptr<Extractor> make_markdown_extractor();
std::unique_ptr<Extractor> make_text_extractor();

/// The bytes as characters; a view into the input.
std::string_view as_chars(const Input& input);

/// Does the name end so, in any letter case? `suffix` in lower case: ".jsonl".
bool has_suffix(const Input& input, std::string_view suffix);

/// Is it a compound file with this stream? One whose tables cannot be read is what its name says.
bool is_ole_with(const Input& input, std::string_view stream, std::string_view suffix);

/// What a file that nobody accepts seems to be: "ZIP (XLSB, ODG …)", else "?".
std::string describe_unknown(const Input& input);

/// The first bytes (a multiple of 4) as UTF-8 with ASCII letters in lower case, for looking at what
/// the format may be; empty for what is no text (NUL bytes, RTF).
std::string sniff_text(const Input& input, std::size_t most_bytes = 4096);

}  // namespace nhanrong::indexer
