#include "indexer/file_intake.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "corpus/record_json.h"
#include "indexer/page_cache.h"
#include "indexer/spool.h"
#include "text/normalise.h"

namespace nhanrong::indexer {
namespace {

/// Text of all members of a container.
constexpr std::size_t kMostTextBytes = 64'000'000;

/// Keeps what a child says of one file until all is known, the bytes of members on disk; pages for
/// good, since each takes seconds.
class CollectingSink final : public Sink {
 public:
  CollectingSink(const corpus::Library& library, const std::string& sha256,
                 std::function<void()> page_read)
      : spool(library.folder), pages(library, sha256), page_read_(std::move(page_read)) {}

  void document(Extracted document) override {
    text_bytes_ += document.text.size();
    if (text_bytes_ > kMostTextBytes && !document.member.empty()) {
      return refuse(document.line, {"container_large", std::move(document.member),
                                    fmt::format("> {} MB", kMostTextBytes / 1'000'000)});
    }
    originals.push_back(spool.append(document.original));
    document.original = {};
    documents.push_back(std::move(document));
  }
  void refuse(int line, text::Error error) override {
    refused.emplace_back(line, std::move(error));
  }

  void page(const RecognisedPage& page) override {
    pages.keep(page);
    page_read_();
  }
  std::optional<RecognisedPage> find_page(const std::string& image) override {
    return pages.find(image);
  }

  Spool spool;
  PageCache pages;
  std::vector<Extracted> documents;
  std::vector<Spool::Range> originals;  // of each document
  std::vector<std::pair<int, text::Error>> refused;

 private:
  std::size_t text_bytes_ = 0;
  std::function<void()> page_read_;
};

}  // namespace

corpus::RuleVersions current_rules() {
  return {kExtractorVersion, text::kNormaliserVersion, kUnderstandingVersion};
}

corpus::Refusal make_refusal(const FoundFile& file, int line, text::Error error) {
  return {file.path.string(), line, std::move(error.code), std::move(error.place),
          std::move(error.detail)};
}

text::Result<std::string> read_file(const std::filesystem::path& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in && in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
  // An empty file sets eofbit alone.
  if (in.bad() || !bytes || !in.is_open()) {
    return text::failure("file_unreadable", path.string(), std::strerror(errno ? errno : EIO));
  }
  return std::move(bytes).str();
}

text::Result<corpus::Record> load_sidecar(const std::filesystem::path& sidecar,
                                          const corpus::Reference& reference,
                                          std::vector<std::string>& ignored) {
  constexpr std::uintmax_t kSidecarBytes = 1'000'000;
  const std::string name = sidecar.filename().string();
  std::error_code missing;
  if (std::filesystem::file_size(sidecar, missing) > kSidecarBytes && !missing) {
    return text::failure("file_too_large", name, "1 MB");
  }
  auto json = read_file(sidecar);
  if (!json) return text::failure("file_unreadable", name, json.error().detail);
  if (json->starts_with("\xEF\xBB\xBF")) json->erase(0, 3);
  auto parsed = corpus::parse_record(*json, reference);
  if (!parsed) {
    auto error = std::move(parsed.error());
    error.place = error.place.empty() ? name : name + ": " + error.place;
    return tl::unexpected(std::move(error));
  }
  if (parsed->record.text) return text::failure("record_field_unknown", name + ": text");
  ignored = std::move(parsed->ignored);
  return std::move(parsed->record);
}

std::vector<Intake> FileIntake::take_file(const FoundFile& file, const std::string& sha256,
                                          const corpus::Record& given,
                                          const IntakeOptions& options) const {
  std::vector<Intake> out;
  CollectingSink sink(library_, sha256, options.page_read);
  const auto extracted = extraction_.extract(
      file.path, sink, {options.encoding, options.recognise, sink.pages.pages()});
  std::vector<Read> read;
  std::int64_t unread = 0;
  for (std::size_t i = 0; i < sink.documents.size(); ++i) {
    Extracted& document = sink.documents[i];
    unread += static_cast<std::int64_t>(document.unread_pages.size());
    // Nothing of it can be said before its pages are read.
    if (document.text.empty() && !document.unread_pages.empty()) continue;
    if (document.line > 0) {
      if (file.sidecar) {
        out.emplace_back(
            make_refusal(file, 0, {"sidecar_of_records", file.sidecar->filename().string(), ""}));
        return out;
      }
      document.original = sink.spool.read(sink.originals[i]);
      for (auto& intake : take_record(file, std::move(document))) out.push_back(std::move(intake));
    } else if (extracted || !document.member.empty()) {
      document.given = given;
      if (!document.member.empty()) document.given.id.reset();  // it is the container's
      auto content = understanding_.understand(document);
      document.text = {};  // the content has it
      document.blocks = {};
      read.push_back({std::move(document), sink.originals[i], std::move(content)});
    }
  }
  if (unread > 0) out.emplace_back(corpus::UnreadFile{file.source, unread});
  for (Read& one : read) {
    if (holds_secret(one, read)) {
      sink.pages.forget();
      out.emplace_back(make_refusal(file, 0, {"secret", one.document.member, ""}));
    } else {
      one.document.original = sink.spool.read(one.original);
      out.push_back(take_document(file, sha256, extracted ? extracted->media_type : "", one));
      one.document.original = {};
    }
  }
  for (auto& [line, error] : sink.refused) {
    out.emplace_back(make_refusal(file, line, std::move(error)));
  }
  if (!extracted) {
    out.emplace_back(make_refusal(file, 0, extracted.error()));
  } else if (out.empty()) {
    out.emplace_back(make_refusal(file, 0, {"text_none", "", ""}));
  }
  return out;
}

/// Of a document with a secrecy marking nothing may be stored, so neither may the letter or archive
/// that it lies in.
bool FileIntake::holds_secret(const Read& container, const std::vector<Read>& all) {
  const std::string& name = container.document.member;
  return std::any_of(all.begin(), all.end(), [&](const Read& one) {
    const bool inside =
        name.empty() || one.document.member == name || one.document.member.starts_with(name + "/");
    return inside && !one.content && one.content.error().code == "secret";
  });
}

Intake FileIntake::take_document(const FoundFile& file, const std::string& sha256,
                                 const std::string& media_type, Read& read) const {
  Extracted& document = read.document;
  if (!read.content) {
    auto error = std::move(read.content.error());
    if (error.place.empty()) error.place = document.member;
    return make_refusal(file, 0, std::move(error));
  }
  corpus::NewDocument taken{
      file.source, {}, std::move(document.given), std::move(*read.content), current_rules()};
  if (document.member.empty()) {
    const auto bytes = read_file(file.path);
    if (!bytes || corpus::sha256_hex(*bytes) != sha256) {
      return make_refusal(file, 0, {"file_changed", "", ""});
    }
    corpus::store_original(library_, *bytes);
    taken.file = {sha256, bytes->size(), media_type, file.path.filename().string()};
  } else {
    taken.source.member = document.member;
    taken.file = {corpus::store_original(library_, document.original), document.original.size(),
                  document.media_type, document.member.substr(document.member.rfind('/') + 1)};
  }
  return taken;
}

std::vector<Intake> FileIntake::take_record(const FoundFile& file, Extracted record) const {
  std::vector<Intake> out;
  out.reserve(record.ignored.size() + 1);
  for (const auto& key : record.ignored) {
    out.emplace_back(IgnoredKey{file.path.string(), record.line, key});
  }
  auto content = understanding_.understand(record);
  if (!content) {
    out.emplace_back(make_refusal(file, record.line, std::move(content.error())));
    return out;
  }
  corpus::Source source = file.source;
  source.member = std::move(record.member);
  const std::string sha256 = corpus::store_original(library_, record.original);
  out.emplace_back(corpus::NewDocument{
      std::move(source),
      {sha256, record.original.size(), "application/json", file.path.stem().string() + ".json"},
      std::move(record.given),
      std::move(*content),
      current_rules()});
  return out;
}

}  // namespace nhanrong::indexer
