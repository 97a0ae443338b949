#pragma once
#include <string>

#include "corpus/catalogue.h"
#include "corpus/library.h"

namespace nhanrong::corpus {

/// Key of a source in the catalogue: 32 hex digits over root, path and member (which hold no NUL).
inline std::string source_hash(const Source& source) {
  std::string joined = source.root;
  joined.append(1, '\0').append(source.path).append(1, '\0').append(source.member);
  return sha256_hex(joined).substr(0, 32);
}

}  // namespace nhanrong::corpus
