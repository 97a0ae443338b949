#include "tests/app/program.h"

#include <fcntl.h>
#include <httplib.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace nhanrong::test {
namespace {

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    read = ends[0];
    write = ends[1];
  }
};

pid_t spawn(const std::vector<std::string>& arguments, const Environment& environment, int out,
            int err) {
  std::vector<std::string> words{NHANRONG_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> settings;
  for (char** entry = environ; *entry; ++entry) {
    const std::string setting = *entry;
    const auto name = setting.substr(0, setting.find('='));
    if (!environment.contains(name) && !name.starts_with("NHANRONG_")) settings.push_back(setting);
  }
  for (const auto& [name, value] : environment) settings.push_back(name + "=" + value);
  const auto pointers = [](std::vector<std::string>& from) {
    std::vector<char*> to;
    for (auto& item : from) to.push_back(item.data());
    to.push_back(nullptr);
    return to;
  };
  auto argv = pointers(words);
  auto envp = pointers(settings);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  if (err >= 0) posix_spawn_file_actions_adddup2(&actions, err, 2);
  pid_t pid = -1;
  const int failed =
      posix_spawn(&pid, NHANRONG_PROGRAM, &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error(std::string("cannot start ") + NHANRONG_PROGRAM);
  return pid;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "nhanrong-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("mkdtemp");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Outcome run(const std::vector<std::string>& arguments, const Environment& environment) {
  Pipe out, err;
  const pid_t pid = spawn(arguments, environment, out.write, err.write);
  close(out.write);
  close(err.write);
  Outcome outcome;
  pollfd ends[] = {{out.read, POLLIN, 0}, {err.read, POLLIN, 0}};
  std::string* texts[] = {&outcome.out, &outcome.err};
  for (int open = 2; open > 0;) {
    poll(ends, 2, -1);
    for (int i = 0; i < 2; ++i) {
      if (ends[i].fd < 0 || !ends[i].revents) continue;
      char bytes[65536];
      const auto n = read(ends[i].fd, bytes, sizeof bytes);
      if (n > 0) {
        texts[i]->append(bytes, static_cast<std::size_t>(n));
      } else {
        close(ends[i].fd);
        ends[i].fd = -1;
        --open;
      }
    }
  }
  outcome.status = wait_for(pid);
  return outcome;
}

Running::Running(const std::vector<std::string>& arguments, const Environment& environment) {
  Pipe out;
  fcntl(out.write, F_SETPIPE_SZ, 4096);
  pid_ = spawn(arguments, environment, out.write, -1);
  close(out.write);
  out_ = out.read;
}

Running::~Running() {
  kill_now();
  close(out_);
}

std::optional<std::string> Running::read_line() {
  for (;;) {
    const auto end = buffer_.find('\n');
    if (end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    char bytes[512];
    const auto n = read(out_, bytes, sizeof bytes);
    if (n <= 0) return std::nullopt;  // a line without end was not acknowledged
    buffer_.append(bytes, static_cast<std::size_t>(n));
  }
}

void Running::kill_now() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  wait_for(pid_);
  pid_ = -1;
}

int Running::terminate() {
  kill(pid_, SIGTERM);
  const int status = wait_for(pid_);
  pid_ = -1;
  return status;
}

RunningServer::RunningServer(const std::filesystem::path& library, const Environment& environment)
    : process_({"--library", library.string(), "serve", "--port", "0"}, environment) {
  const auto address = process_.read_line();
  if (!address) throw std::runtime_error("the server did not start");
  port_ = std::stoi(address->substr(address->rfind(':') + 1));
}

RunningServer::Response RunningServer::get(
    const std::string& target, const std::map<std::string, std::string>& headers) const {
  httplib::Client client("127.0.0.1", port_);
  client.set_read_timeout(30);
  client.set_url_encode(false);
  httplib::Headers sent(headers.begin(), headers.end());
  const auto answer = client.Get(target, sent);
  Response response;
  if (!answer) return response;
  response.status = answer->status;
  response.body = answer->body;
  for (const auto& [name, value] : answer->headers) {
    std::string lower = name;
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    response.headers[lower] = value;
  }
  return response;
}

std::string url_encode(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte)) {
      out += c;
    } else {
      constexpr char kHex[] = "0123456789ABCDEF";
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

}  // namespace nhanrong::test
