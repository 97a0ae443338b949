#pragma once
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Runs the real program as its users do.
namespace nhanrong::test {

/// A folder that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void write_file(const std::filesystem::path& path, const std::string& bytes);
std::string read_file(const std::filesystem::path& path);

struct Outcome {
  int status = -1;  // exit status; -1 when a signal ended it
  std::string out, err;
};

using Environment = std::map<std::string, std::string>;

/// Runs to the end.
Outcome run(const std::vector<std::string>& arguments, const Environment& environment = {});

/// A running program whose standard output is read line by line through a small pipe, so that it
/// cannot run far ahead.
class Running {
 public:
  explicit Running(const std::vector<std::string>& arguments, const Environment& environment = {});
  ~Running();  // kills it
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  std::optional<std::string> read_line();
  void kill_now();  // SIGKILL, and waits
  int terminate();  // SIGTERM, and waits; its exit status
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  std::string buffer_;
};

/// `nhanrong serve` on a free port.
class RunningServer {
 public:
  explicit RunningServer(const std::filesystem::path& library, const Environment& environment = {});
  int port() const { return port_; }
  Running& process() { return process_; }
  struct Response {
    int status = 0;
    std::string body;
    std::map<std::string, std::string> headers;  // lower-case names
  };
  Response get(const std::string& target,
               const std::map<std::string, std::string>& headers = {}) const;

 private:
  Running process_;
  int port_ = 0;
};

/// `text` as it stands in a URL.
std::string url_encode(const std::string& text);

}  // namespace nhanrong::test
