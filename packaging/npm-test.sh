#!/usr/bin/env bash
# Packs the npm packages with one binary, installs them from the tarballs into an empty project and runs them.
#
#   npm-test.sh BINARY     a dockworthy for this machine
set -euo pipefail
binary=$(realpath "${1:?the binary}")
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $(uname -s)/$(uname -m) in
  Linux/x86_64) target=x86_64-unknown-linux-musl system=linux-x64 ;;
  Linux/aarch64) target=aarch64-unknown-linux-musl system=linux-arm64 ;;
  Darwin/x86_64) target=x86_64-apple-darwin system=darwin-x64 ;;
  Darwin/arm64) target=aarch64-apple-darwin system=darwin-arm64 ;;
  *) echo 'npm: no package for this system'; exit 0 ;;
esac
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
mkdir -p "$work/binaries/$target" "$work/project" "$work/tarballs"
cp "$binary" "$work/binaries/$target/dockworthy"
node packaging/npm/build.mjs "$version" "$work/binaries" "$work/packages" --partial
if node packaging/npm/build.mjs "$version" "$work/binaries" "$work/complete" 2>"$work/said"; then
  echo 'a release without all binaries was built'
  exit 1
fi
for package in "$system" dockworthy; do
  (cd "$work/packages/$package" && npm pack --silent --pack-destination "$work/tarballs" >/dev/null)
done

# Both tarballs are named, so that nothing is asked of a registry.
cd "$work/project"
echo '{ "private": true }' >package.json
npm install --silent --offline --no-audit --no-fund "$work"/tarballs/*.tgz
[ "$(npx --offline dockworthy --version)" = "dockworthy $version" ]
printf 'FROM debian:13\nWROKDIR /src\nUSER 1000\n' >Dockerfile
status=0
npx --offline dockworthy check --format concise >found || status=$?
[ "$status" -eq 1 ]
grep -q '^Dockerfile:2:1: error\[unknown-instruction\]' found

# Without the package for this system it says so.
rm -r "node_modules/@dockworthy"
status=0
npx --offline dockworthy --version >/dev/null 2>said || status=$?
[ "$status" -eq 2 ]
grep -q "@dockworthy/$system is not installed" said
echo "npm: $(cd "$work/tarballs" && echo *.tgz) installed and run"
