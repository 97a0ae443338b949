#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "indexer/extract/extractor.h"

namespace nhanrong::indexer {

/// What all members of one file may come to, those of members included.
struct MemberLimits {
  int depth = 4;                        // containers in each other
  std::size_t members = 10'000;         // looked at
  std::uint64_t bytes = 1'000'000'000;  // unpacked, all together
};

/// Stands between the extractor of a container and the sink: reads each part as a file of its own
/// and hands its documents on under the part's name. A part that cannot be read is refused by name
/// ("format_unknown", "container_deep", "container_large" …); the others go on. Of those beyond the
/// limits the first thousand are named. Of several with one
/// name the second becomes "a.txt (2)".
class MemberReader final : public Sink {
 public:
  /// All outlive the reader. `container`: the whole file, which tells how its members are read.
  MemberReader(const std::vector<std::unique_ptr<Extractor>>& extractors, Sink& out,
               const Input& container, MemberLimits limits = {})
      : extractors_(extractors), out_(out), container_(container), limits_(limits) {}

  void document(Extracted document) override { out_.document(std::move(document)); }
  void refuse(int line, text::Error error) override { out_.refuse(line, std::move(error)); }
  void part(Part part) override { read(std::move(part), "", 1); }

 private:
  class Inner;
  void read(Part part, const std::string& container, int depth);
  std::string unused_name(std::string name);

  const std::vector<std::unique_ptr<Extractor>>& extractors_;
  Sink& out_;
  const Input& container_;
  MemberLimits limits_;
  std::set<std::string> names_;  // a document is known by its name
  std::size_t members_ = 0, left_out_ = 0;
  std::uint64_t bytes_ = 0;
};

/// The name of a member as it is kept: UTF-8 without control characters and empty or climbing
/// folders ("..", "/"), at most 1,000 bytes.
std::string clean_member_name(std::string_view written);

}  // namespace nhanrong::indexer
