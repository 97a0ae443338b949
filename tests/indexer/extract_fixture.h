#pragma once
#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/reference.h"
#include "indexer/extract/extractor.h"
#include "indexer/extract/members.h"

namespace nhanrong::indexer {

/// Keeps what an extractor finds.
class TestSink final : public Sink {
 public:
  void document(Extracted document) override { documents.push_back(std::move(document)); }
  void refuse(int line, text::Error error) override {
    refused.push_back(fmt::format("{}: {} {}", line, error.code, error.place));
  }

  std::vector<Extracted> documents;
  std::vector<std::string> refused;
};

/// A document as one line a block: "H2 II. KIẾN NGHỊ", "L1 item", "T a|b", "P text".
inline std::string outline(const Extracted& document) {
  static constexpr std::array<std::string_view, 4> kKinds = {"P", "H", "L", "T"};
  std::string out;
  for (const auto& block : document.blocks) {
    std::string line = document.text.substr(block.start, block.end - block.start);
    for (char& c : line) {
      if (c == '\t') c = '|';
    }
    out += kKinds[static_cast<std::size_t>(block.kind)];
    if (block.level > 0) out += std::to_string(block.level);
    out += " " + line + "\n";
  }
  return out;
}

inline std::filesystem::path extract_fixture(std::string_view name) {
  return std::filesystem::path(NHANRONG_SOURCE_DIR "/tests/fixtures/extract") / name;
}

/// Runs the extractor that accepts `bytes` here, without a child, and those of the files inside.
/// Returns the outlines, each member's below its name ("[a.txt]"), the refusals, or "! code" for a
/// file that is refused.
inline std::string extract_here(std::string name, std::string_view bytes) {
  static const corpus::Reference reference;
  const auto extractors = make_extractors([]() -> const corpus::Reference& { return reference; });
  const Input input{std::move(name), std::as_bytes(std::span(bytes))};
  const Extractor* const extractor = find_extractor(extractors, input);
  if (!extractor) return "! format_unknown\n";
  TestSink sink;
  MemberReader members(extractors, sink, {});
  const auto result = extractor->extract(input, members);
  std::string out;
  for (const auto& document : sink.documents) {
    if (!document.member.empty()) out += "[" + document.member + "]\n";
    out += outline(document);
  }
  for (const auto& refused : sink.refused) out += "! " + refused + "\n";
  if (!result) out += "! " + result.error().code + "\n";
  return out;
}

/// Calls `take` with copies of `bytes` that are cut short or have some bits turned, the same ones
/// each time: whoever reads them may refuse, but not crash.
template <class Take>
void damage(const std::string& bytes, const Take& take) {
  std::minstd_rand random(1);
  const auto below = [&random](std::size_t end) { return random() % end; };
  for (int i = 0; i < 100; ++i) take(bytes.substr(0, below(bytes.size())));
  for (int i = 0; i < 300; ++i) {
    std::string turned = bytes;
    // Every other time near the start, where headers are.
    const std::size_t end = i % 2 == 0 ? turned.size() : std::min<std::size_t>(turned.size(), 2048);
    for (std::size_t flips = 1 + below(8); flips > 0; --flips) {
      char& byte = turned[below(end)];
      byte = static_cast<char>(byte ^ 1 << below(8));
    }
    take(turned);
  }
}

inline void write_test_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  if (!out) throw std::runtime_error("cannot write " + path.string());
}

inline std::string read_test_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A folder that goes with the object.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "nhanrong-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace nhanrong::indexer
