#include "indexer/page_cache.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "indexer/extract/message.h"

namespace nhanrong::indexer {
namespace {

/// SHA-256 in hex: what a child names becomes part of a path.
bool is_hash(const std::string& image) {
  constexpr std::size_t kDigits = 64;
  return image.size() == kDigits &&
         image.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::optional<RecognisedPage> read_page(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return decode_page(std::string{std::istreambuf_iterator<char>(in), {}});
}

}  // namespace

std::optional<RecognisedPage> PageCache::find(const std::string& image) {
  if (!is_hash(image)) return std::nullopt;
  auto page = read_page(library_.recognised_image(image));
  if (page) images_.push_back(image);
  return page;
}

void PageCache::keep(const RecognisedPage& page) {
  std::filesystem::create_directories(pages_.parent_path());
  const std::string line = encode_page(page) + "\n";
  // A name in a container may come again with other bytes; its images are known all the same.
  if (page.member.empty()) std::ofstream(pages_, std::ios::app | std::ios::binary) << line;
  if (!is_hash(page.image)) return;
  const auto path = library_.recognised_image(page.image);
  std::filesystem::create_directories(path.parent_path());
  images_.push_back(page.image);
  // What was found here comes again; written anew it would be empty for who reads it meanwhile.
  if (read_page(path)) return;
  // A line that was cut is no page: nothing needs a rename.
  std::ofstream(path, std::ios::binary) << line;
}

void PageCache::forget() {
  std::ifstream in(pages_);
  for (std::string line; std::getline(in, line);) {
    if (const auto page = decode_page(line); page && is_hash(page->image)) {
      images_.push_back(page->image);
    }
  }
  std::filesystem::remove(pages_);
  for (const std::string& image : images_) {
    std::filesystem::remove(library_.recognised_image(image));
  }
  images_.clear();
}

}  // namespace nhanrong::indexer
