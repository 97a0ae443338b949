# Sourced by the commands of this folder: where the tree is, and packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8

build_packages=(
  g++ cmake ninja-build pkg-config ccache git
  libicu-dev icu-devtools libxapian-dev libsoci-dev libboost-dev libsqlite3-dev libpq-dev libssl-dev
  libpoppler-cpp-dev libzip-dev libarchive-dev libgmime-3.0-dev libpugixml-dev libgumbo-dev nlohmann-json3-dev libcpp-httplib-dev
  libseccomp-dev libtesseract-dev libleptonica-dev tesseract-ocr-vie
  libkainjow-mustache-dev libfmt-dev libspdlog-dev libcli11-dev libexpected-dev
)
test_packages=(
  libgtest-dev libgmock-dev hunspell-vi postgresql postgresql-common sqlite3 python3 chromium fonts-dejavu-core
  clang-16 clang-tidy-16 clang-format-16
)

die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 3; }

# need_packages NAME…: installs what Debian says is missing; asks nothing.
need_packages() {
  local missing=() name
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "cần quyền root để cài gói / root is needed to install: ${missing[*]}"
    as_root=(sudo)
  fi
  printf 'Cài / installing: %s\n' "${missing[*]}" >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    die "không cài được gói / packages could not be installed"
}

# need_npm: Node.js and npm, from Debian where the machine has none.
need_npm() {
  command -v npm >/dev/null && command -v node >/dev/null || need_packages nodejs npm
}

# build PRESET TARGET…: configures once, then builds what changed.
build() {
  local preset=$1
  shift
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >/dev/null
  if [ $# -gt 0 ]; then cmake --build --preset "$preset" --target "$@"; else cmake --build --preset "$preset"; fi
}
