#!/usr/bin/env bash
# Makes the archives of a release and SHA256SUMS, the same bytes from the same binaries.
#
#   archive.sh BINARIES OUT      with GNU tar
#
# BINARIES holds a folder for each Rust target with the binary in it. The binary for this machine, which prints
# completions and manual pages for all archives, is DOCKWORTHY.
set -euo pipefail
binaries=$(realpath "${1:?binaries}")
mkdir -p "${2:?out}"
out=$(realpath "$2")
dockworthy=$(realpath "${DOCKWORTHY:?a dockworthy that runs here}")
cd "$(dirname "$0")/.."
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/common/completions" "$work/common/man"
cp LICENSE-APACHE LICENSE-MIT README.md CHANGELOG.md "$work/common"
"$dockworthy" completions bash >"$work/common/completions/dockworthy.bash"
"$dockworthy" completions zsh >"$work/common/completions/_dockworthy"
"$dockworthy" completions fish >"$work/common/completions/dockworthy.fish"
"$dockworthy" completions powershell >"$work/common/completions/_dockworthy.ps1"
"$dockworthy" completions elvish >"$work/common/completions/dockworthy.elv"
"$dockworthy" man >"$work/common/man/dockworthy.1"
sed -n 's/^dockworthy\\-\(.*\)(1)$/\1/p' "$work/common/man/dockworthy.1" | while read -r command; do
  "$dockworthy" man "$command" >"$work/common/man/dockworthy-$command.1"
done

rm -f "$out/SHA256SUMS"
for folder in "$binaries"/*/; do
  target=$(basename "$folder")
  cp -r "$work/common" "$work/$target"
  install -m 0755 "$folder"/dockworthy* "$work/$target"
  tar --create --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --directory "$work/$target" . |
    gzip --no-name --best >"$out/dockworthy-$target.tar.gz"
done
cd "$out"
sha256sum -- *.tar.gz >"$work/SHA256SUMS"
mv "$work/SHA256SUMS" .
