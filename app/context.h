#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "corpus/reference.h"
#include "indexer/extract/process.h"
#include "indexer/understand/understand.h"
#include "text/analyzer.h"
#include "web/messages.h"

namespace nhanrong::app {

/// Exit statuses of CONTRACT.md.
inline constexpr int kDone = 0, kSomeRefused = 1, kWrongUsage = 2, kCouldNotRun = 3;

/// Global options.
struct Settings {
  std::filesystem::path library = "var/library";
  std::string catalogue;  // empty: SQLite in the library
};

/// The objects a subcommand may need, each built on first use and handed on by reference.
class Context {
 public:
  explicit Context(Settings settings) : settings_(std::move(settings)) {}

  const corpus::Library& library();
  const corpus::Reference& reference();
  const text::Analyzer& analyzer();
  const indexer::Understanding& understanding();
  const web::Messages& messages();
  const indexer::ExtractionProcess& extraction();

 private:
  Settings settings_;
  std::unique_ptr<corpus::Library> library_;
  std::unique_ptr<corpus::Reference> reference_;
  std::unique_ptr<text::Analyzer> analyzer_;
  std::unique_ptr<indexer::Understanding> understanding_;
  std::unique_ptr<web::Messages> messages_;
  std::unique_ptr<indexer::ExtractionProcess> extraction_;
};

}  // namespace nhanrong::app
