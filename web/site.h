#pragma once
#include <memory>

#include "web/exchange.h"
#include "web/lease_pool.h"
#include "web/page.h"
#include "web/service.h"

namespace nhanrong::web {

/// From an address to the page behind it. Safe to share between threads.
class Site {
 public:
  /// `searches`: at once; `most_waiting` requests wait for one of them.
  Site(const corpus::Library& library, const corpus::Reference& reference,
       const text::Analyzer& analyzer, std::string admin_token, int searches, int most_waiting);

  /// Never throws: what fails inside becomes a page with an id that is in the log.
  Reply answer(const Call& call);
  /// The reply to a request that could not even be read.
  Reply refuse(const Call& call, int status, const text::Error& error);

 private:
  Reply route(const Call& call);
  Reply with_desk(Page& page, const std::function<Reply()>& handle);
  Reply health();
  Reply static_file(Page& page, const std::string& name) const;

  Service service_;
  LeasePool<Desk> desks_;
};

}  // namespace nhanrong::web
