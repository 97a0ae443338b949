#include "indexer/extract/members.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "indexer/extract/formats.h"
#include "text/normalise.h"

namespace nhanrong::indexer {
namespace {

/// What other programs leave in archives beside what people put there.
bool is_litter(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.empty() || name.front() == '.' || name.starts_with("~$") || name == "Thumbs.db" ||
         name == "desktop.ini" || path.starts_with("__MACOSX/");
}

}  // namespace

std::string clean_member_name(std::string_view written) {
  constexpr std::size_t kMostBytes = 1000;
  const auto bytes = std::as_bytes(std::span(written));
  auto decoded = text::decode(bytes);
  std::string name = decoded ? text::normalise(*decoded) : text::normalise(written);
  std::replace(name.begin(), name.end(), '\\', '/');
  std::string clean;
  for (std::string_view rest = name; !rest.empty();) {
    const auto end = std::min(rest.find('/'), rest.size());
    const std::string_view folder = rest.substr(0, end);
    if (!folder.empty() && folder != "." && folder != "..") {
      if (!clean.empty()) clean += '/';
      for (const char c : folder) clean += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::size_t length = std::min(clean.size(), kMostBytes);
  while (length < clean.size() && length > 0 &&
         (static_cast<unsigned char>(clean[length]) & 0xC0) == 0x80) {
    --length;
  }
  clean.resize(length);
  return clean;
}

/// The sink of a member.
class MemberReader::Inner final : public Sink {
 public:
  Inner(MemberReader& reader, const Part& part, std::string name, std::string_view media_type,
        int depth)
      : reader_(reader),
        part_(part),
        name_(std::move(name)),
        media_type_(media_type),
        depth_(depth) {}

  void document(Extracted document) override {
    if (document.line == 0) {
      document.original = part_.bytes;
      document.media_type = media_type_;
    }
    document.member = document.member.empty() ? name_ : name_ + "/" + document.member;
    reader_.out_.document(std::move(document));
  }
  void refuse(int line, text::Error error) override {
    error.place = error.place.empty() ? name_ : name_ + "/" + error.place;
    reader_.out_.refuse(line, std::move(error));
  }
  void part(Part part) override { reader_.read(std::move(part), name_ + "/", depth_ + 1); }

 private:
  MemberReader& reader_;
  const Part& part_;
  std::string name_;
  std::string media_type_;
  int depth_;
};

std::string MemberReader::unused_name(std::string name) {
  if (names_.insert(name).second) return name;
  for (int n = 2;; ++n) {
    std::string other = fmt::format("{} ({})", name, n);
    if (names_.insert(other).second) return other;
  }
}

void MemberReader::read(Part part, const std::string& container, int depth) {
  const std::string written = container + clean_member_name(part.name);
  if (is_litter(written) || part.bytes.empty()) return;
  const std::string name = unused_name(written);
  ++members_;
  bytes_ += part.bytes.size();
  if (members_ > limits_.members || bytes_ > limits_.bytes) {
    // Archives in archives may name millions.
    constexpr std::size_t kMostNamed = 1000;
    if (++left_out_ > kMostNamed) return;
    return out_.refuse(0,
                       {"container_large", name,
                        fmt::format("> {} / {} MB", limits_.members, limits_.bytes / 1'000'000)});
  }
  if (depth > limits_.depth) {
    return out_.refuse(0, {"container_deep", name, fmt::format("> {}", limits_.depth)});
  }
  const Input input{written.substr(written.rfind('/') + 1), std::as_bytes(std::span(part.bytes)),
                    container_.encoding, container_.pages, name};
  const Extractor* const extractor = find_extractor(extractors_, input);
  if (!extractor) return out_.refuse(0, {"format_unknown", name, describe_unknown(input)});
  Inner inner(*this, part, name, extractor->media_type(), depth);
  if (auto read = extractor->extract(input, inner); !read) {
    inner.refuse(0, std::move(read.error()));
  }
}

}  // namespace nhanrong::indexer
