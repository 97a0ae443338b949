#pragma once
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/corpus/temp_folder.h"

namespace nhanrong::tests {

/// A PostgreSQL server of its own in a temporary folder, reached by a socket there; it goes with
/// the object. As root it runs as the user postgres, since it refuses root.
class PostgresqlServer {
 public:
  /// The folder of the newest server programs; empty: none installed.
  static std::filesystem::path programs() {
    std::filesystem::path newest;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
      if (std::filesystem::exists(entry.path() / "bin/postgres")) {
        newest = std::max(newest, entry.path() / "bin");
      }
    }
    return newest;
  }

  PostgresqlServer() {
    if (::getuid() == 0) {
      const passwd* user = ::getpwnam("postgres");
      if (user == nullptr) throw std::runtime_error("no user postgres");
      user_ = user->pw_uid;
      group_ = user->pw_gid;
      if (::chown(folder_.path().c_str(), user_, group_) != 0) throw std::runtime_error("chown");
    }
    const std::string cluster = (folder_.path() / "cluster").string();
    finish(start({"initdb", "-D", cluster, "-A", "trust", "-U", "postgres", "-E", "UTF8",
                  "--locale=C", "--no-sync"}));
    run_server();
  }
  ~PostgresqlServer() { stop(); }
  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;

  /// Ends the server at once, as a machine that goes down.
  void stop() {
    if (server_ <= 0) return;
    ::kill(server_, SIGQUIT);
    wait(std::exchange(server_, -1));
  }

  /// Ends the server and starts it again on the same data.
  void restart() {
    stop();
    run_server();
  }

  /// Creates an empty database and returns its URL.
  std::string create_database() {
    const std::string name = "test" + std::to_string(++databases_);
    finish(start({"createdb", "-h", folder_.path().string(), "-U", "postgres", name}));
    return "postgresql://postgres@/" + name + "?host=" + folder_.path().string();
  }

 private:
  void run_server() {
    const std::string cluster = (folder_.path() / "cluster").string();
    server_ = start({"postgres", "-D", cluster, "-k", folder_.path().string(), "-c",
                     "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB"});
    for (int attempt = 0;; ++attempt) {
      if (wait(start({"pg_isready", "-q", "-h", folder_.path().string()})) == 0) return;
      if (attempt == 1000) throw std::runtime_error("PostgreSQL does not start");
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

  pid_t start(const std::vector<std::string>& command) const {
    const std::string program = (programs() / command[0]).string();
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    // They look for each other beside the path they were called by.
    arguments.front() = const_cast<char*>(program.c_str());
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, 0);
    ::dup2(null, 1);
    ::dup2(null, 2);
    if (user_ != 0 &&
        (::setgroups(0, nullptr) != 0 || ::setgid(group_) != 0 || ::setuid(user_) != 0)) {
      ::_exit(126);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::chdir("/") == 0) ::execv(program.c_str(), arguments.data());
    ::_exit(127);
  }
  static int wait(pid_t child) {
    int status = -1;
    ::waitpid(child, &status, 0);
    return status;
  }
  static void finish(pid_t child) {
    if (wait(child) != 0) throw std::runtime_error("a program of PostgreSQL failed");
  }

  TempFolder folder_;
  uid_t user_ = 0;
  gid_t group_ = 0;
  pid_t server_ = -1;
  int databases_ = 0;
};

}  // namespace nhanrong::tests
