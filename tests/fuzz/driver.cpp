#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

// A short run of a fuzz target in the test suite, where no libFuzzer is linked: the seeds, then so
// many mixtures of them, always the same ones. Finding new paths is libFuzzer's: scripts/fuzz.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kLongest = 32768;

class Mixer {
 public:
  explicit Mixer(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

  std::string mix() {
    std::string s = seed();
    for (std::size_t i = 1 + below(6); i > 0; --i) change(s);
    s.resize(std::min(s.size(), kLongest));
    return s;
  }

 private:
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
  const std::string& seed() { return seeds_[below(seeds_.size())]; }

  void change(std::string& s) {
    const std::size_t at = below(s.size() + 1);
    switch (below(5)) {
      case 0:
        s.erase(at, 1 + below(8));
        break;
      case 1:
        s.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 2: {
        const std::string& other = seed();
        const std::size_t from = below(other.size());
        s.insert(at, other.substr(from, 1 + below(24)));
        break;
      }
      case 3:
        if (at < s.size()) s[at] = static_cast<char>(s[at] ^ (1 << below(8)));
        break;
      default:
        s.insert(at, s.substr(at, below(64)));
    }
  }

  std::mt19937 random_{20260101};
  std::vector<std::string> seeds_;
};

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

/// usage: NAME_check RUNS [SEED…]   SEED: a file, or a folder of files
int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::vector<std::string> seeds{"", "Số: 1719/QĐ-TTg, ngày 11/7/2023\n"};
  const auto add = [&](const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  };
  for (int i = 2; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      add(argv[i]);
      continue;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) add(file);
  }
  for (const std::string& seed : seeds) run(seed);
  const int runs = std::atoi(argv[1]);
  Mixer mixer(seeds);
  for (int i = 0; i < runs; ++i) run(mixer.mix());
  std::printf("%zu seeds, %d mixtures\n", seeds.size(), runs);
  return 0;
}
