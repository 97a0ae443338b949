#include <algorithm>
#include <array>
#include <utility>

#include "indexer/extract/extractor.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/ole_file.h"
#include "indexer/extract/page_reader.h"
#include "text/normalise.h"

namespace nhanrong::indexer {
namespace {

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

void Sink::page(const RecognisedPage& /*page*/) {}

std::optional<RecognisedPage> Sink::find_page(const std::string& /*image*/) { return std::nullopt; }

std::string_view as_chars(const Input& input) {
  // Bytes and characters share a representation.
  return {reinterpret_cast<const char*>(input.bytes.data()), input.bytes.size()};
}

bool has_suffix(const Input& input, std::string_view suffix) {
  if (input.name.size() < suffix.size()) return false;
  const std::size_t start = input.name.size() - suffix.size();
  for (std::size_t i = 0; i < suffix.size(); ++i) {
    if (lower_ascii(input.name[start + i]) != suffix[i]) return false;
  }
  return true;
}

bool is_ole_with(const Input& input, std::string_view stream, std::string_view suffix) {
  if (!looks_like_ole(as_chars(input))) return false;
  const auto file = OleFile::open(as_chars(input));
  return file ? file->find(file->root(), stream) != nullptr : has_suffix(input, suffix);
}

std::string describe_unknown(const Input& input) {
  struct Magic {
    std::string_view start, name;
  };
  static constexpr std::array<Magic, 2> kMagic = {
      {{"PK", "ZIP (XLSB, ODG …)"}, {"\xD0\xCF\x11\xE0", "OLE (PUB, VSD, MSI …)"}}};
  for (const auto& magic : kMagic) {
    if (as_chars(input).starts_with(magic.start)) return std::string(magic.name);
  }
  return "?";
}

std::string sniff_text(const Input& input, std::size_t most_bytes) {
  // UTF-16 and UTF-32 with a byte order mark; a multiple of 4 does not cut a unit.
  const auto bytes = input.bytes.first(std::min(input.bytes.size(), most_bytes));
  std::string head(as_chars({{}, bytes}));
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") ||
      head.starts_with(std::string_view("\0\0\xFE\xFF", 4))) {
    auto decoded = text::decode(bytes.first(bytes.size() / 4 * 4));
    head = decoded ? std::move(*decoded) : std::string();
  }
  if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
  if (head.find('\0') != std::string::npos || head.starts_with("{\\rtf")) return {};
  for (char& c : head) c = lower_ascii(c);
  return head;
}

std::vector<std::unique_ptr<Extractor>> make_extractors(ReferenceSource reference) {
  std::vector<std::unique_ptr<Extractor>> extractors;
  extractors.push_back(make_pdf_extractor());
  extractors.push_back(make_xlsx_extractor());
  extractors.push_back(make_pptx_extractor());
  extractors.push_back(make_odf_extractor());
  extractors.push_back(make_epub_extractor());
  // Before DOCX, which takes what Word encrypted: a compound file, too.
  extractors.push_back(make_doc_extractor());
  extractors.push_back(make_xls_extractor());
  extractors.push_back(make_ppt_extractor());
  extractors.push_back(make_msg_extractor());
  extractors.push_back(make_docx_extractor());
  extractors.push_back(make_rtf_extractor());
  extractors.push_back(make_image_extractor());
  // A zip that is no document of an office program is an archive.
  extractors.push_back(make_archive_extractor());
  // A letter may hold HTML.
  extractors.push_back(make_mail_extractor());
  extractors.push_back(make_html_extractor());
  extractors.push_back(make_jsonl_extractor(std::move(reference)));
  extractors.push_back(make_csv_extractor());
  extractors.push_back(make_markdown_extractor());
  extractors.push_back(make_text_extractor());
  return extractors;
}

const Extractor* find_extractor(const std::vector<std::unique_ptr<Extractor>>& extractors,
                                const Input& input) {
  for (const auto& extractor : extractors) {
    if (extractor->accepts(input)) return extractor.get();
  }
  return nullptr;
}

}  // namespace nhanrong::indexer
