#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "app/context.h"
#include "web/server.h"

/// The subcommands. Each returns an exit status of CONTRACT.md and prints its results on standard
/// output, all else on standard error. What goes wrong with the machinery is thrown and told by
/// main.
namespace nhanrong::app {

struct IngestOptions {
  std::vector<std::filesystem::path> paths;
  bool json = false;
  bool json_lines = false;
  std::string encoding;   // id of text::Encoding; empty: found out file by file
  bool recognise = true;  // read pages that are images
  bool retry = false;     // what the last run refused
  bool watch = false;     // go on with what changes until stopped
};
int ingest_command(Context& context, const IngestOptions& options);

struct SyncOptions {
  std::vector<std::filesystem::path> add, forget;  // folders
  bool list = false;
  bool json = false;
};
/// Brings the library in step with the folders it was told of.
int sync_command(Context& context, const SyncOptions& options);

int serve_command(Context& context, const web::ServerOptions& asked);

struct SearchOptions {
  std::string query;
  std::vector<std::string> filters;  // "province=yen-bai"
  int page = 1, size = 10;
  std::string sort = "relevance", match = "auto", places = "named";
  bool json = false;
};
int search_command(Context& context, const SearchOptions& options);

int extract_command(Context& context, const std::filesystem::path& file);
int inspect_command(Context& context, const std::filesystem::path& file);
/// Hidden: the child that opens one file for its parent (indexer/extract/process.h).
int extract_server_command(Context& context);

struct AnalyzeOptions {
  std::string text;    // empty: standard input, line by line
  bool terms = false;  // what it does unless `segment`
  bool segment = false;
};
int analyze_command(Context& context, const AnalyzeOptions& options);

struct RemoveOptions {
  std::vector<std::string> ids;
  bool purge = false;
};
int remove_command(Context& context, const RemoveOptions& options);

struct ExportOptions {
  std::vector<std::string> filters;
  bool derived = false;  // with the values that the program derived, which then count as given
};
int export_command(Context& context, const ExportOptions& options);

int reindex_command(Context& context, bool understand);
int check_command(Context& context, bool repair);

}  // namespace nhanrong::app
