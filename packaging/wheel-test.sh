#!/usr/bin/env bash
# Builds the wheel, installs it into a fresh environment and runs what it brought. Needs python3, pip and cargo.
#
# CARGO_TARGET_DIR and CARGO_PROFILE_* count as for cargo: a build that is only tried need not be optimised.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/build"
"$work/build/bin/pip" install --quiet --disable-pip-version-check 'maturin>=1.9,<2'
"$work/build/bin/maturin" build --release --locked --out "$work/wheels" --quiet

python3 -m venv "$work/fresh"
"$work/fresh/bin/pip" install --quiet --disable-pip-version-check --no-index "$work"/wheels/dockworthy-*.whl
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
[ "$("$work/fresh/bin/dockworthy" --version)" = "dockworthy $version" ]
"$work/fresh/bin/pip" show --files dockworthy >"$work/files"
grep -q 'LICENSE-MIT' "$work/files"

# It works in a folder of its own, with nothing on the path but itself.
mkdir "$work/project"
cd "$work/project"
printf 'FROM debian:13\nWROKDIR /src\nUSER 1000\n' >Dockerfile
status=0
env -i "$work/fresh/bin/dockworthy" check --format concise >found || status=$?
[ "$status" -eq 1 ]
grep -q '^Dockerfile:2:1: error\[unknown-instruction\]' found
echo "wheel: $(cd "$work/wheels" && ls) installed and run"
