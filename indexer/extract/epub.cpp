#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <span>

#include "indexer/extract/document_builder.h"
#include "indexer/extract/formats.h"
#include "indexer/extract/html.h"
#include "indexer/extract/line_shape.h"
#include "indexer/extract/package.h"
#include "indexer/extract/xml.h"
#include "text/normalise.h"

// Books: EPUB 3.3, which holds EPUB 2.
namespace nhanrong::indexer {
namespace {

constexpr const char* kContainer = "META-INF/container.xml";
constexpr std::size_t kMaxChapters = 10'000;
constexpr std::size_t kMaxTextBytes = 100'000'000;

/// "ch%C6%B0%C6%A1ng 1.xhtml#a" as a name in the package.
std::string name_of(std::string_view address) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  std::string out;
  address = address.substr(0, address.find('#'));
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool coded = address[i] == '%' && i + 2 < address.size() && digit(address[i + 1]) >= 0 &&
                       digit(address[i + 2]) >= 0;
    if (coded) {
      out += static_cast<char>(digit(address[i + 1]) * 16 + digit(address[i + 2]));
      i += 2;
    } else {
      out += address[i];
    }
  }
  return out;
}

/// "<title/>" as "<title></title>": XHTML may close any element so, HTML only those that are always
/// empty; a title that stays open would swallow the page.
std::string with_end_tags(std::string_view xhtml) {
  static constexpr std::array<std::string_view, 12> kVoid = {
      "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"};
  std::string out;
  for (std::size_t at = 0; at < xhtml.size();) {
    const auto start = std::min(xhtml.find('<', at), xhtml.size());
    const auto end = xhtml.find('>', start);
    if (end == std::string_view::npos) return out.append(xhtml.substr(at));
    out.append(xhtml.substr(at, end + 1 - at));
    const auto tag = xhtml.substr(start + 1, end - start - 1);
    const auto name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    const bool empty = tag.ends_with('/') && !name.empty() && name[0] != '!' && name[0] != '?';
    if (empty && std::find(kVoid.begin(), kVoid.end(), name) == kVoid.end()) {
      out.resize(out.size() - 2);
      out.append("></").append(name).append(">");
    }
    at = end + 1;
  }
  return out;
}

/// The description of a book: title, and its chapters in reading order.
struct Book {
  std::string title;
  std::vector<std::string> chapters;
};

text::Result<Book> load_book(const ZipArchive& archive) {
  pugi::xml_document container, description;
  if (auto loaded = load_part(archive, kContainer, container); !loaded) {
    return tl::unexpected(std::move(loaded.error()));
  }
  const auto root = child(child(container.document_element(), "rootfiles"), "rootfile");
  const std::string part(attribute(root, "full-path"));
  if (auto loaded = load_part(archive, part, description); !loaded) {
    return tl::unexpected(std::move(loaded.error()));
  }
  const auto package = description.document_element();
  std::map<std::string_view, std::string> names;
  for (const auto& item : child(package, "manifest").children()) {
    if (attribute(item, "media-type").find("html") == std::string_view::npos) continue;
    names[attribute(item, "id")] = resolve_target(part, name_of(attribute(item, "href")));
  }
  Book book{child(child(package, "metadata"), "title").text().get(), {}};
  std::set<std::string> seen;
  for (const auto& reference : child(package, "spine").children()) {
    const auto name = names.find(attribute(reference, "idref"));
    if (name == names.end() || !seen.insert(name->second).second) continue;
    book.chapters.push_back(name->second);
  }
  return book;
}

class EpubExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/epub+zip"; }

  bool accepts(const Input& input) const override {
    if (!looks_like_zip(as_chars(input))) return false;
    const auto archive = ZipArchive::open(input.bytes);
    return archive && archive->contains(kContainer);
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    const auto archive = ZipArchive::open(input.bytes);
    if (!archive) return text::failure("file_damaged", "", "ZIP");
    const auto book = load_book(*archive);
    if (!book) return tl::unexpected(book.error());
    if (book->chapters.size() > kMaxChapters) {
      return text::failure("text_too_large", "", fmt::format("> {}", kMaxChapters));
    }
    Extracted document;
    document.title = without_blanks(text::normalise(book->title));
    for (const auto& chapter : book->chapters) {
      const auto bytes = archive->read(chapter);
      if (!bytes) return tl::unexpected(bytes.error());
      const std::string html = with_end_tags(*bytes);
      auto page = read_html({chapter, std::as_bytes(std::span(html)), input.encoding});
      if (!page) return tl::unexpected(std::move(page.error()));
      append(document, *page);
      if (document.text.size() > kMaxTextBytes) {
        return text::failure("text_too_large", "",
                             fmt::format("> {} MB", kMaxTextBytes / 1'000'000));
      }
    }
    if (document.blocks.empty()) return text::failure("text_none");
    document.encoding_given = input.encoding.has_value();
    sink.document(std::move(document));
    return {};
  }
};

}  // namespace

std::unique_ptr<Extractor> make_epub_extractor() { return std::make_unique<EpubExtractor>(); }

}  // namespace nhanrong::indexer
