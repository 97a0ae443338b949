#include "text/collation.h"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>

#include <stdexcept>

namespace nhanrong::text {

struct Collator::Impl {
  std::unique_ptr<icu::Collator> collator;
};

namespace {

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

icu::StringPiece piece(std::string_view s) {
  return {s.data(), static_cast<std::int32_t>(s.size())};
}

}  // namespace

Collator::Collator() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Collator> collator(
      icu::Collator::createInstance(icu::Locale("vi", "VN"), status));
  check(status);
  impl_ = std::make_unique<Impl>(Impl{std::move(collator)});
}

Collator::~Collator() = default;

bool Collator::less(std::string_view a, std::string_view b) const {
  UErrorCode status = U_ZERO_ERROR;
  const UCollationResult order = impl_->collator->compareUTF8(piece(a), piece(b), status);
  check(status);
  return order == UCOL_LESS;
}

std::string Collator::sort_key(std::string_view name) const {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(piece(name));
  std::string key(name.size() * 2 + 16, '\0');
  const auto fill = [&] {
    return impl_->collator->getSortKey(units, reinterpret_cast<std::uint8_t*>(key.data()),
                                       static_cast<std::int32_t>(key.size()));
  };
  auto size = static_cast<std::size_t>(fill());
  if (size > key.size()) {
    key.resize(size);
    size = static_cast<std::size_t>(fill());
  }
  key.resize(size > 0 ? size - 1 : 0);  // without ICU's closing NUL
  return key;
}

}  // namespace nhanrong::text
