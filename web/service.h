#pragma once
#include "corpus/catalogue.h"
#include "corpus/library.h"
#include "corpus/reference.h"
#include "search/query_parser.h"
#include "search/search.h"
#include "text/analyzer.h"
#include "text/collation.h"
#include "web/library_state.h"
#include "web/messages.h"
#include "web/metrics.h"
#include "web/static_files.h"
#include "web/template_set.h"

namespace nhanrong::web {

/// What all pages share. Safe to share between threads.
struct Service {
  Service(const corpus::Library& library_, const corpus::Reference& reference_,
          const text::Analyzer& analyzer_, std::string admin_token_)
      : library(library_),
        reference(reference_),
        analyzer(analyzer_),
        query_parser(reference_, analyzer_),
        admin_token(std::move(admin_token_)) {}

  const corpus::Library& library;
  const corpus::Reference& reference;
  const text::Analyzer& analyzer;
  const search::QueryParser query_parser;
  const std::string admin_token;
  const Messages messages;
  const text::Collator collator;
  const StaticFiles static_files;
  const TemplateSet templates{messages};
  Metrics metrics;
  LibraryState state{library};
};

/// What one thread at a time works with: a searcher and a connection, leased for a request.
struct Desk {
  explicit Desk(const Service& service)
      : searcher(service.library, service.reference, service.analyzer),
        catalogue(service.library.catalogue_url) {}
  search::Searcher searcher;
  corpus::Catalogue catalogue;
};

}  // namespace nhanrong::web
