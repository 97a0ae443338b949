#include "app/context.h"

namespace nhanrong::app {

const corpus::Library& Context::library() {
  if (!library_) {
    library_ = std::make_unique<corpus::Library>(
        corpus::open_library(settings_.library, settings_.catalogue));
  }
  return *library_;
}

const corpus::Reference& Context::reference() {
  if (!reference_) reference_ = std::make_unique<corpus::Reference>();
  return *reference_;
}

const text::Analyzer& Context::analyzer() {
  if (!analyzer_) analyzer_ = std::make_unique<text::Analyzer>(reference().compounds());
  return *analyzer_;
}

const indexer::Understanding& Context::understanding() {
  if (!understanding_) understanding_ = std::make_unique<indexer::Understanding>(reference());
  return *understanding_;
}

const web::Messages& Context::messages() {
  if (!messages_) messages_ = std::make_unique<web::Messages>();
  return *messages_;
}

const indexer::ExtractionProcess& Context::extraction() {
  // The same program opens files in a child; /proc/self/exe also finds it when it was started
  // through PATH.
  if (!extraction_) extraction_ = std::make_unique<indexer::ExtractionProcess>("/proc/self/exe");
  return *extraction_;
}

}  // namespace nhanrong::app
