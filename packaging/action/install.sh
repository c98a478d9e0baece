#!/usr/bin/env bash
# Puts a dockworthy of an exact version on the PATH of the steps that follow.
#
# Downloads the release for this machine and checks it against the release's SHA256SUMS. Without a release for it,
# builds this checkout with cargo, if that is the version that is asked for. A wrong checksum is never built around.
#
# DOCKWORTHY_VERSION   the version, `0.1.0` or `v0.1.0`; empty: that of this checkout
# DOCKWORTHY_RELEASES  where releases are, without the tag
# RUNNER_TEMP, GITHUB_PATH, GITHUB_OUTPUT  as the runner sets them
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
own=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/Cargo.toml" | head -n 1)
version=${DOCKWORTHY_VERSION:-$own}
version=${version#v}
releases=${DOCKWORTHY_RELEASES:-https://github.com/dockworthy/dockworthy/releases/download}
folder=${RUNNER_TEMP:?}/dockworthy-$version

fail() {
  echo "::error title=dockworthy::$1"
  exit 2
}

case $version in
  *[!0-9A-Za-z.+-]* | '') fail 'the version is no version number' ;;
esac

case $(uname -s)/$(uname -m) in
  Linux/x86_64) target=x86_64-unknown-linux-musl ;;
  Linux/aarch64 | Linux/arm64) target=aarch64-unknown-linux-musl ;;
  Darwin/x86_64) target=x86_64-apple-darwin ;;
  Darwin/arm64) target=aarch64-apple-darwin ;;
  MINGW*/x86_64 | MSYS*/x86_64) target=x86_64-pc-windows-msvc ;;
  MINGW*/aarch64 | MSYS*/aarch64) target=aarch64-pc-windows-msvc ;;
  *) target= ;;
esac

# Prints the SHA-256 of a file.
sum() {
  if command -v sha256sum >/dev/null; then
    sha256sum "$1"
  else
    shasum -a 256 "$1"
  fi | cut -d ' ' -f 1
}

download() {
  curl --fail --silent --show-error --location --retry 3 --output "$folder/$1" "$releases/v$version/$1"
}

rm -rf "$folder"
mkdir -p "$folder/bin"
archive=dockworthy-$target.tar.gz
if [ -n "$target" ] && download SHA256SUMS && download "$archive"; then
  wanted=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$folder/SHA256SUMS")
  got=$(sum "$folder/$archive")
  if [ -z "$wanted" ] || [ "$wanted" != "$got" ]; then
    fail "the checksum of $archive is $got, not ${wanted:-in SHA256SUMS}"
  fi
  tar -xzf "$folder/$archive" -C "$folder/bin"
elif [ "$version" != "$own" ]; then
  fail "there is no release $version for this machine; use the action at v$version to build it"
elif command -v cargo >/dev/null; then
  echo "::warning title=dockworthy::no release $version for this machine; building it with cargo"
  cargo install --quiet --locked --path "$here" --root "$folder"
else
  fail "there is no release $version for this machine, and no cargo to build it"
fi

"$folder/bin/dockworthy" --version
echo "$folder/bin" >>"${GITHUB_PATH:?}"
