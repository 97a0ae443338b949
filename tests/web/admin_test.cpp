#include "web/admin.h"

#include <gtest/gtest.h>

namespace nhanrong::web {
namespace {

struct Sender {
  const char *fetch_site, *origin, *host;
  bool elsewhere;
};

TEST(Admin, KnowsRequestsOfOtherSites) {
  for (const auto& [fetch_site, origin, host, elsewhere] : std::initializer_list<Sender>{
           {"", "", "kho.vn", false},  // a program
           {"", "http://kho.vn", "kho.vn", false},
           {"", "https://kho.vn:8443", "kho.vn:8443", false},
           {"", "https://kho.vn:8443", "kho.vn", true},
           {"", "http://ke-xau.vn", "kho.vn", true},
           {"", "http://ke-xau.vn/kho.vn", "kho.vn", true},
           {"", "null", "kho.vn", true},
           {"", "null", "null", true},
           {"same-origin", "https://kho.vn", "127.0.0.1:8080", false},
           {"none", "", "kho.vn", false},
           {"same-site", "https://khac.kho.vn", "kho.vn", true},
           {"cross-site", "http://kho.vn", "kho.vn", true},
           {"cross-site", "", "kho.vn", true},
       }) {
    Call call;
    call.fetch_site = fetch_site;
    call.origin = origin;
    call.host = host;
    EXPECT_EQ(comes_from_elsewhere(call), elsewhere) << fetch_site << " " << origin << " " << host;
  }
}

}  // namespace
}  // namespace nhanrong::web
