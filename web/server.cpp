#include "web/server.h"

#include <httplib.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "web/site.h"

namespace nhanrong::web {
namespace {

constexpr std::size_t kMostBodyBytes = 1 << 20;

Call to_call(const httplib::Request& request) {
  return {.method = request.method == "HEAD" ? "GET" : request.method,
          .path = request.path,
          .target = request.target,
          .parameters = request.params,
          .body = request.body,
          .cookie = request.get_header_value("Cookie"),
          .authorization = request.get_header_value("Authorization"),
          .host = request.get_header_value("Host"),
          .origin = request.get_header_value("Origin"),
          .fetch_site = request.get_header_value("Sec-Fetch-Site"),
          .if_none_match = request.get_header_value("If-None-Match")};
}

bool has_body(const httplib::Request& request) {
  const std::string length = request.get_header_value("Content-Length");
  return request.has_header("Transfer-Encoding") || (!length.empty() && length != "0");
}

void set_security_headers(httplib::Response& response) {
  response.set_header("Content-Security-Policy",
                      "default-src 'self'; base-uri 'none'; form-action 'self'; "
                      "frame-ancestors 'none'; object-src 'none'");
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Referrer-Policy", "same-origin");
}

void write_head(const Reply& reply, httplib::Response& response) {
  response.status = reply.status;
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
}

void write(const httplib::Request& request, Reply reply, httplib::Response& response) {
  write_head(reply, response);
  const bool brotli = request.get_header_value("Accept-Encoding").find("br") != std::string::npos;
  if (!brotli || reply.body.empty()) {
    response.set_content(reply.body, reply.media_type);
    return;
  }
  // The library would compress with Brotli at its highest level, which takes longer than the
  // search: bodies from a provider are sent as they are.
  const std::size_t size = reply.body.size();
  response.set_content_provider(
      size, reply.media_type,
      [body = std::move(reply.body)](std::size_t offset, std::size_t length,
                                     httplib::DataSink& sink) {
        return sink.write(body.data() + offset, length);
      });
}

/// Sends the reply and ends the connection: what follows on it was not read and must not be taken
/// for the next request.
void write_last(const Reply& reply, httplib::Response& response) {
  write_head(reply, response);
  response.set_header("Connection", "close");
  response.set_content_provider(
      reply.body.size(), reply.media_type,
      [body = reply.body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
        sink.write(body.data() + offset, length);
        return false;
      });
}

text::Error unread_error(int status, const httplib::Request& request) {
  switch (status) {
    case 404:
      return {"page_unknown", request.path, ""};
    case 405:
      return {"method_unknown", request.method, ""};
    case 413:
      return {"body_too_large", "", ""};
    case 414:
      return {"uri_too_long", "", ""};
    default:
      return {"request_malformed", "", ""};
  }
}

/// So many requests wait for a search; the others are told to come again.
constexpr int kMostWaiting = 56;

void set_socket_options(int socket) {
  // Not SO_REUSEPORT, the library's default: a second server on the same port must be told so.
  int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

}  // namespace

struct Server::Impl {
  Impl(const corpus::Library& library, const corpus::Reference& reference,
       const text::Analyzer& analyzer, ServerOptions options_)
      : options(std::move(options_)),
        searches(2 * std::max(1, static_cast<int>(std::thread::hardware_concurrency()))),
        // Some threads stay free for /healthz, style sheets and refusals.
        site(library, reference, analyzer, options.admin_token, searches,
             std::clamp(options.threads - searches - 4, 1, kMostWaiting)) {
    http.set_tcp_nodelay(true);
    http.set_socket_options(set_socket_options);
    http.set_keep_alive_max_count(100);
    http.set_keep_alive_timeout(1);
    http.set_read_timeout(5);
    http.set_write_timeout(10);
    http.set_payload_max_length(kMostBodyBytes);
    const auto threads = static_cast<std::size_t>(std::max(2, options.threads));
    http.new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
    set_handlers();
  }

  void set_handlers() {
    using httplib::Request;
    using httplib::Response;
    // What has no body is answered here, before the library's own routing and its regular
    // expressions.
    http.set_pre_routing_handler([this](const Request& request, Response& response) {
      set_security_headers(response);
      if (request.method == "POST" || request.method == "PATCH")
        return httplib::Server::HandlerResponse::Unhandled;
      if (request.method != "GET" && request.method != "HEAD") {
        write_last(site.refuse(to_call(request), 405, {"method_unknown", request.method, ""}),
                   response);
      } else if (has_body(request)) {
        write_last(site.refuse(to_call(request), 400, {"body_unexpected", "", ""}), response);
      } else {
        write(request, site.answer(to_call(request)), response);
      }
      return httplib::Server::HandlerResponse::Handled;
    });
    const auto answer = [this](const Request& request, Response& response) {
      write(request, site.answer(to_call(request)), response);
    };
    http.Post(".*", answer);
    http.Patch(".*", answer);
    http.set_error_handler(
        httplib::Server::HandlerWithResponse([this](const Request& request, Response& response) {
          if (!response.body.empty() || response.has_header("Content-Type")) {
            return httplib::Server::HandlerResponse::Unhandled;
          }
          set_security_headers(response);
          const int status = response.status < 400 ? 400 : response.status;
          write(request, site.refuse(to_call(request), status, unread_error(status, request)),
                response);
          return httplib::Server::HandlerResponse::Handled;
        }));
    // The library hands the exception over by value.
    // NOLINTNEXTLINE(performance-unnecessary-value-param)
    http.set_exception_handler([](const Request& request, Response& response, std::exception_ptr) {
      spdlog::error("the handler of {} threw", request.path);
      response.status = 500;
    });
  }

  ServerOptions options;
  int searches;
  Site site;
  httplib::Server http;
  std::atomic<bool> stopping = false, running = false;
};

Server::Server(const corpus::Library& library, const corpus::Reference& reference,
               const text::Analyzer& analyzer, ServerOptions options)
    : impl_(std::make_unique<Impl>(library, reference, analyzer, std::move(options))) {}

Server::~Server() = default;

int Server::bind() {
  auto& options = impl_->options;
  if (options.port == 0) {
    options.port = impl_->http.bind_to_any_port(options.host);
    if (options.port > 0) return options.port;
  } else if (impl_->http.bind_to_port(options.host, options.port)) {
    return options.port;
  }
  throw std::runtime_error("cannot listen on " + options.host + ":" + std::to_string(options.port) +
                           ": the address is in use or not this machine's");
}

void Server::run() {
  impl_->running = true;
  if (!impl_->stopping) impl_->http.listen_after_bind();
  impl_->running = false;
}

void Server::stop() {
  impl_->stopping = true;
  // run() may be between its first line and listening.
  while (impl_->running) {
    if (impl_->http.is_running()) {
      impl_->http.stop();
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace nhanrong::web
