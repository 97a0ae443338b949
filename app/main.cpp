#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "app/commands.h"
#include "app/report.h"
#include "text/legacy.h"

namespace nhanrong::app {
namespace {

std::vector<std::string> encoding_ids() {
  std::vector<std::string> ids;
  for (const auto& encoding : text::encodings()) ids.emplace_back(encoding.id);
  return ids;
}

/// The command line of one subcommand, and what it runs.
void describe(CLI::App& cli, Settings& settings, std::function<int(Context&)>& run) {
  cli.require_subcommand(1);
  cli.set_version_flag("--version", NHANRONG_VERSION);
  cli.add_option("--library", settings.library, "thư mục thư viện / folder of the library")
      ->envname("NHANRONG_LIBRARY")
      ->capture_default_str();
  cli.add_option("--catalogue", settings.catalogue,
                 "sqlite:///… hoặc postgresql://… (mặc định: SQLite trong thư viện / default: "
                 "SQLite in the library)")
      ->envname("NHANRONG_CATALOGUE");
  cli.fallthrough();

  // Options live as long as the closures that read them.
  {
    auto options = std::make_shared<IngestOptions>();
    auto* sub =
        cli.add_subcommand("ingest", "nạp tệp, thư mục, .jsonl / take in files, folders, .jsonl");
    auto* paths = sub->add_option("path", options->paths);
    sub->add_flag("--retry", options->retry,
                  "nạp lại các tệp lần trước bị từ chối / once more what the last run refused")
        ->excludes(paths);
    auto* json = sub->add_flag("--json", options->json, "kết quả dạng JSON / the result as JSON");
    sub->add_flag("!--no-ocr", options->recognise,
                  "để trang ảnh lại, chưa nhận dạng chữ / leave pages that are images for later");
    sub->add_flag("--watch", options->watch,
                  "theo dõi thư mục, nạp tiếp những gì thay đổi / go on with what changes");
    sub->add_flag("--json-lines", options->json_lines,
                  "mỗi văn bản một dòng JSON ngay khi đã lưu / one line of JSON a document, as "
                  "soon as it is committed")
        ->excludes(json);
    sub->add_option("--encoding", options->encoding,
                    "bảng mã của các tệp, khi máy đoán sai / encoding of the files, where it is "
                    "guessed wrong")
        ->check(CLI::IsMember(encoding_ids(), CLI::ignore_case));
    sub->callback([options, &run] {
      if (options->paths.empty() && !options->retry) throw CLI::RequiredError("path");
      run = [options](Context& c) { return ingest_command(c, *options); };
    });
  }
  {
    auto options = std::make_shared<SyncOptions>();
    auto* sub = cli.add_subcommand(
        "sync", "đồng bộ các thư mục đã đăng ký / keep in step with folders once named");
    sub->add_option("--add", options->add, "đăng ký thư mục, nhiều lần / name a folder, repeatable")
        ->allow_extra_args(false);
    sub->add_option("--forget", options->forget, "thôi đồng bộ thư mục / no longer this folder")
        ->allow_extra_args(false);
    sub->add_flag("--list", options->list, "chỉ liệt kê thư mục / only list the folders");
    sub->add_flag("--json", options->json, "kết quả dạng JSON / the result as JSON");
    sub->callback(
        [options, &run] { run = [options](Context& c) { return sync_command(c, *options); }; });
  }
  {
    auto options = std::make_shared<web::ServerOptions>();
    auto* sub = cli.add_subcommand("serve", "trang web và API / the web front end and the API");
    sub->add_option("--host", options->host)->capture_default_str();
    sub->add_option("--port", options->port)->check(CLI::Range(0, 65535))->capture_default_str();
    sub->add_option("--threads", options->threads)
        ->check(CLI::Range(4, 1024))
        ->capture_default_str();
    sub->callback(
        [options, &run] { run = [options](Context& c) { return serve_command(c, *options); }; });
  }
  {
    auto options = std::make_shared<SearchOptions>();
    auto* sub = cli.add_subcommand("search", "tìm văn bản / search");
    sub->add_option("query", options->query)->required();
    sub->add_option("--filter", options->filters, "FACET=VALUE, nhiều lần / repeatable")
        ->allow_extra_args(false);
    sub->add_option("--page", options->page)->check(CLI::Range(1, 10000));
    sub->add_option("--size", options->size)->check(CLI::Range(1, 100));
    sub->add_option("--sort", options->sort)
        ->check(CLI::IsMember({"relevance", "newest", "oldest"}));
    sub->add_option("--match", options->match)->check(CLI::IsMember({"auto", "all"}));
    sub->add_option("--places", options->places)->check(CLI::IsMember({"named", "present"}));
    sub->add_flag("--json", options->json, "như API trả lời / as the API answers");
    sub->callback(
        [options, &run] { run = [options](Context& c) { return search_command(c, *options); }; });
  }
  {
    auto file = std::make_shared<std::filesystem::path>();
    auto* extract =
        cli.add_subcommand("extract", "văn bản thuần của một tệp / the text of one file");
    extract->add_option("file", *file)->required();
    extract->callback(
        [file, &run] { run = [file](Context& c) { return extract_command(c, *file); }; });
    auto* inspect = cli.add_subcommand(
        "inspect", "máy hiểu gì ở một tệp, JSON / what is understood of one file, as JSON");
    inspect->add_option("file", *file)->required();
    inspect->callback(
        [file, &run] { run = [file](Context& c) { return inspect_command(c, *file); }; });
    auto* server = cli.add_subcommand("extract-server", "")->group("");
    server->callback([&run] { run = [](Context& c) { return extract_server_command(c); }; });
  }
  {
    auto options = std::make_shared<AnalyzeOptions>();
    auto* sub =
        cli.add_subcommand("analyze", "từ khóa chỉ mục của một đoạn chữ / a text as index terms");
    auto* segment =
        sub->add_flag("--segment", options->segment,
                      "nối các tiếng của một từ bằng _ / join the syllables of a word by _");
    sub->add_flag("--terms", options->terms, "mặc định / the default")->excludes(segment);
    sub->add_option("text", options->text);
    sub->callback(
        [options, &run] { run = [options](Context& c) { return analyze_command(c, *options); }; });
  }
  {
    auto options = std::make_shared<RemoveOptions>();
    auto* sub = cli.add_subcommand("remove", "gỡ văn bản khỏi kho / take documents out");
    sub->add_option("id", options->ids)->required();
    sub->add_flag("--purge", options->purge,
                  "xóa hẳn nội dung và bản gốc / overwrite text and originals, too");
    sub->callback(
        [options, &run] { run = [options](Context& c) { return remove_command(c, *options); }; });
  }
  {
    auto options = std::make_shared<ExportOptions>();
    auto* sub = cli.add_subcommand(
        "export", "xuất .jsonl mà ingest đọc được / records as .jsonl that ingest takes");
    sub->add_option("--filter", options->filters, "FACET=VALUE, nhiều lần / repeatable")
        ->allow_extra_args(false);
    sub->add_flag("--derived", options->derived,
                  "kèm giá trị máy suy ra / with the values that the program derived");
    sub->callback(
        [options, &run] { run = [options](Context& c) { return export_command(c, *options); }; });
  }
  {
    auto understand = std::make_shared<bool>(false);
    auto* sub =
        cli.add_subcommand("reindex", "dựng lại chỉ mục / rebuild the index from the catalogue");
    sub->add_flag("--understand", *understand,
                  "đọc lại bản gốc khi quy tắc đã mới hơn / first redo text and derived values "
                  "where rules are newer");
    sub->callback([understand, &run] {
      run = [understand](Context& c) { return reindex_command(c, *understand); };
    });
  }
  {
    auto repair = std::make_shared<bool>(false);
    auto* sub = cli.add_subcommand(
        "check", "đối chiếu danh mục, bản gốc, chỉ mục / verify catalogue, files and index");
    sub->add_flag("--repair", *repair,
                  "dựng lại chỉ mục nếu sai / rebuild the index where it is wrong");
    sub->callback(
        [repair, &run] { run = [repair](Context& c) { return check_command(c, *repair); }; });
  }
}

int run_main(int argc, char** argv) {
  // Standard output belongs to results that other programs read.
  spdlog::set_default_logger(spdlog::stderr_logger_mt("nhanrong"));
  Settings settings;
  std::function<int(Context&)> run;
  CLI::App cli{"nhanrong: kho tri thức và máy tìm kiếm cho ba chương trình mục tiêu quốc gia"};
  describe(cli, settings, run);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? kDone : kWrongUsage;
  }
  Context context(settings);
  try {
    return run(context);
  } catch (...) {
    report_failure(context, std::current_exception());
    return kCouldNotRun;
  }
}

}  // namespace
}  // namespace nhanrong::app

int main(int argc, char** argv) {
  try {
    return nhanrong::app::run_main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nhanrong: %s\n", error.what());
    return nhanrong::app::kCouldNotRun;
  }
}
