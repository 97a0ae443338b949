#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/commands.h"
#include "app/report.h"
#include "indexer/extract/server.h"
#include "indexer/passage_terms.h"
#include "text/normalise.h"
#include "text/values.h"

// The commands that look at one file or text and need no library.
namespace nhanrong::app {
namespace {

/// Hands each document of a file to `take` and remembers whether anything was refused.
class FileSink final : public indexer::Sink {
 public:
  FileSink(Context& context, std::function<bool(const indexer::Extracted&)> take)
      : context_(context), take_(std::move(take)) {}

  void document(indexer::Extracted document) override {
    if (document.text.empty() && !document.unread_pages.empty()) {
      return refuse(0, {"recogniser_missing", document.member, ""});
    }
    if (!take_(document)) refused_ = true;
  }
  void refuse(int line, text::Error error) override {
    if (line > 0) {
      error.place = fmt::format("dòng {}{}{}", line, error.place.empty() ? "" : ", ", error.place);
    }
    report_error(context_, error);
    refused_ = true;
  }
  bool refused() const { return refused_; }

 private:
  Context& context_;
  std::function<bool(const indexer::Extracted&)> take_;
  bool refused_ = false;
};

int read_file(Context& context, const std::filesystem::path& file,
              std::function<bool(const indexer::Extracted&)> take,
              const std::function<void(const text::Error&)>& refuse) {
  FileSink sink(context, std::move(take));
  // Whoever asks for one file waits for its pages.
  const auto read = context.extraction().extract(file, sink, {{}, true, {}});
  if (!read) refuse(read.error());
  return read && !sink.refused() ? kDone : kSomeRefused;
}

void print_refused_json(Context& context, const std::string& path, const text::Error& error) {
  const nlohmann::ordered_json out{
      {"path", path},
      {"refused", true},
      {"code", error.code},
      {"reason", context.messages().error(error, text::Language::Vietnamese)},
      {"reason_en", context.messages().error(error, text::Language::English)}};
  fmt::print("{}\n", out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

/// The terms of the text as one passage, those of its values behind the others.
void print_terms(const text::Analyzer& analyzer, const std::string& text) {
  const auto analysis = analyzer.analyse(text);
  indexer::PassageTerms terms;
  terms.add_text(analysis.tokens);
  terms.add_values(text::find_values(text, analysis));
  const char* const gap = terms.counted().empty() || terms.uncounted().empty() ? "" : " ";
  fmt::print("{}{}{}\n", fmt::join(terms.counted(), " "), gap, fmt::join(terms.uncounted(), " "));
}

}  // namespace

int extract_command(Context& context, const std::filesystem::path& file) {
  return read_file(
      context, file,
      [](const indexer::Extracted& document) {
        fmt::print("{}{}", document.text, document.text.ends_with('\n') ? "" : "\n");
        return true;
      },
      [&](const text::Error& error) {
        report_error(context,
                     {error.code, error.place.empty() ? file.string() : error.place, error.detail});
      });
}

int inspect_command(Context& context, const std::filesystem::path& file) {
  const auto refuse = [&](const text::Error& error) {
    print_refused_json(context, file.string(), error);
  };
  return read_file(
      context, file,
      [&](const indexer::Extracted& document) {
        const auto content = context.understanding().understand(document);
        if (!content) {
          refuse(content.error());
          return false;
        }
        fmt::print("{}\n", indexer::inspection_json(document, *content, context.reference()));
        return true;
      },
      refuse);
}

int extract_server_command(Context& context) {
  return indexer::run_extraction_server(
      STDIN_FILENO, [&context]() -> const corpus::Reference& { return context.reference(); });
}

int analyze_command(Context& context, const AnalyzeOptions& options) {
  const auto print = [&](const std::string& typed) {
    const std::string text = text::normalise(typed);
    if (options.segment) {
      fmt::print("{}\n", context.analyzer().segment(text));
    } else {
      print_terms(context.analyzer(), text);
    }
  };
  if (!options.text.empty()) {
    print(options.text);
    return kDone;
  }
  for (std::string line; std::getline(std::cin, line);) print(line);
  return kDone;
}

}  // namespace nhanrong::app
