#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "indexer/extract/formats.h"
#include "indexer/extract/zip_archive.h"
#include "text/encoding_detection.h"
#include "text/normalise.h"
#include "text/utf8.h"

// Archives as libarchive reads them. What lies in them is read by members.cpp; what it takes of all
// of them together is bounded there, what one archive may unpack to here.
namespace nhanrong::indexer {
namespace {

constexpr int kMaxEntries = 10'000;  // folders included
constexpr std::uint64_t kMaxMemberBytes = 100'000'000;
constexpr std::uint64_t kMaxBytes = 1'000'000'000;
/// Archives of office files unpack to at most some fifty times their size.
constexpr std::uint64_t kMaxRatio = 500;
constexpr std::uint64_t kSmallBytes = 10'000'000;

struct Free {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, Free>;

/// libarchive hands names out in the encoding of the thread's locale; "C" knows no Vietnamese
/// letter. Without the locale's files such names come back with question marks.
class Utf8Names {
 public:
  Utf8Names()
      : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)),
        before_(locale_ ? ::uselocale(locale_) : nullptr) {}
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;
  ~Utf8Names() {
    if (!locale_) return;
    ::uselocale(before_);
    ::freelocale(locale_);
  }

 private:
  locale_t locale_, before_;
};

/// Only what libarchive unpacks itself: for some other filters it would start programs.
Reader open(std::span<const std::byte> bytes) {
  Reader reader(archive_read_new());
  if (!reader) throw std::bad_alloc();
  for (const auto support : {archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
                             archive_read_support_filter_xz, archive_read_support_filter_lzma,
                             archive_read_support_filter_zstd, archive_read_support_filter_compress,
                             archive_read_support_format_zip, archive_read_support_format_7zip,
                             archive_read_support_format_tar, archive_read_support_format_rar,
                             archive_read_support_format_rar5, archive_read_support_format_raw}) {
    support(reader.get());
  }
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return {};
  return reader;
}

std::string message(archive* reader) {
  const char* const said = archive_error_string(reader);
  return text::normalise(said ? said : "");
}

/// Reads a byte of a name as MS-DOS wrote it, code page 437.
std::string decode_dos(std::string_view bytes) {
  static constexpr std::u32string_view kUpper =
      U"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌"
      U"█▄▌▐▀"
      U"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";
  static_assert(kUpper.size() == 128);
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      text::append_utf8(out, kUpper[byte - 0x80U]);
    }
  }
  return out;
}

bool is_utf8(std::string_view name) {
  return text::decode(std::as_bytes(std::span(name))).has_value();
}

/// How the names of one archive are written that are no UTF-8: old zips do not say. All of them
/// together show it, as the text of a document does.
class NameDecoder {
 public:
  void gather(std::string_view name) {
    if (!is_utf8(name)) gathered_.append(name).push_back('\n');
  }
  std::string decode(std::string_view name) const {
    if (is_utf8(name)) return std::string(name);
    const auto encoding = text::detect(gathered_);
    return encoding ? text::decode_as(*encoding, name) : decode_dos(name);
  }

 private:
  std::string gathered_;
};

/// Names stand in the directory at the end of a zip, so they can be seen before; in other formats
/// they are UTF-8 or between the contents.
NameDecoder gather_names(const Input& input) {
  NameDecoder names;
  if (!looks_like_zip(as_chars(input))) return names;
  const Reader reader = open(input.bytes);
  archive_entry* entry = nullptr;
  for (int n = 0; reader && n < kMaxEntries; ++n) {
    if (archive_read_next_header(reader.get(), &entry) < ARCHIVE_WARN) break;
    if (const char* const name = archive_entry_pathname(entry)) names.gather(name);
  }
  return names;
}

/// "bang.csv" of "bang.csv.gz": what holds one file without a name.
std::string name_without_suffix(const std::string& name) {
  const auto dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

class ArchiveReader {
 public:
  ArchiveReader(const Input& input, Sink& sink)
      : input_(input), sink_(sink), names_(gather_names(input)), reader_(open(input.bytes)) {}

  text::Result<void> read() {
    if (!reader_) return text::failure("file_damaged");
    for (int entries = 0;; ++entries) {
      archive_entry* entry = nullptr;
      const int status = archive_read_next_header(reader_.get(), &entry);
      if (status == ARCHIVE_EOF) break;
      if (status < ARCHIVE_WARN || holds_nothing_packed()) return failed();
      if (entries >= kMaxEntries) {
        return text::failure("container_large", name_of(entry), fmt::format("> {}", kMaxEntries));
      }
      if (archive_entry_filetype(entry) != AE_IFREG) continue;
      if (auto taken = take(entry); !taken) return taken;
    }
    if (found_ == 0) return text::failure("archive_empty");
    return {};
  }

 private:
  /// "Raw" takes anything; it is meant for what is packed without names (.gz, .xz).
  bool holds_nothing_packed() const {
    return archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW &&
           archive_filter_count(reader_.get()) <= 1;
  }

  std::string name_of(archive_entry* entry) const {
    if (archive_format(reader_.get()) == ARCHIVE_FORMAT_RAW) {
      return name_without_suffix(input_.name);
    }
    const char* const name = archive_entry_pathname(entry);
    return name ? names_.decode(name) : "?";
  }

  text::Result<void> failed() const {
    // The list of names itself may be encrypted (7z, RAR).
    const bool locked = archive_read_has_encrypted_entries(reader_.get()) > 0;
    return text::failure(locked ? "archive_password" : "file_damaged", "", message(reader_.get()));
  }

  /// Errors end the archive; a member that cannot be read is refused, and the next one comes.
  text::Result<void> take(archive_entry* entry) {
    std::string name = name_of(entry);
    ++found_;
    if (archive_entry_is_encrypted(entry)) {
      sink_.refuse(0, {"member_password", std::move(name), ""});
      return {};
    }
    if (archive_entry_size_is_set(entry) &&
        archive_entry_size(entry) > static_cast<std::int64_t>(kMaxMemberBytes)) {
      return refuse_large(std::move(name));
    }
    std::string bytes;
    for (;;) {
      const auto n = archive_read_data(reader_.get(), buffer_.data(), buffer_.size());
      if (n == 0) break;
      if (n < 0) {
        const bool ends = n == ARCHIVE_FATAL;
        sink_.refuse(0, {"file_damaged", std::move(name), message(reader_.get())});
        return ends ? failed() : text::Result<void>{};
      }
      bytes.append(buffer_.data(), static_cast<std::size_t>(n));
      unpacked_ += static_cast<std::uint64_t>(n);
      if (unpacked_ > kSmallBytes && unpacked_ / kMaxRatio > input_.bytes.size()) {
        return text::failure("file_bomb", "", name);
      }
      if (unpacked_ > kMaxBytes) {
        return text::failure("container_large", name,
                             fmt::format("> {} MB", kMaxBytes / 1'000'000));
      }
      if (bytes.size() > kMaxMemberBytes) return refuse_large(std::move(name));
    }
    sink_.part({std::move(name), std::move(bytes)});
    return {};
  }

  text::Result<void> refuse_large(std::string name) {
    sink_.refuse(0, {"file_too_large", std::move(name),
                     fmt::format("> {} MB", kMaxMemberBytes / 1'000'000)});
    return {};
  }

  const Input& input_;
  Sink& sink_;
  Utf8Names locale_;
  NameDecoder names_;
  Reader reader_;
  std::array<char, 65'536> buffer_{};
  int found_ = 0;
  std::uint64_t unpacked_ = 0;
};

/// A document of a program that nothing here reads: its parts alone are no documents.
bool is_package(const Input& input) {
  const auto archive = ZipArchive::open(input.bytes);
  return archive && (archive->contains("[Content_Types].xml") || archive->contains("mimetype"));
}

class ArchiveExtractor final : public Extractor {
 public:
  std::string_view media_type() const override { return "application/zip"; }

  bool accepts(const Input& input) const override {
    const auto bytes = as_chars(input);
    for (const std::string_view start : {"7z\xBC\xAF\x27\x1C", "Rar!\x1A\x07", "\x1F\x8B",
                                         "\xFD\x37zXZ", "BZh", "\x28\xB5\x2F\xFD"}) {
      if (bytes.starts_with(start)) return true;
    }
    constexpr std::size_t kTarMagic = 257;  // POSIX.1-1988, ustar
    return (looks_like_zip(bytes) && !is_package(input)) ||
           (bytes.size() > kTarMagic && bytes.substr(kTarMagic).starts_with("ustar"));
  }

  text::Result<void> extract(const Input& input, Sink& sink) const override {
    return ArchiveReader(input, sink).read();
  }
};

}  // namespace

std::unique_ptr<Extractor> make_archive_extractor() { return std::make_unique<ArchiveExtractor>(); }

}  // namespace nhanrong::indexer
