#!/usr/bin/env bash
# Checks and builds the extension, and runs it in VS Code where there is a browser.
#
#   all.sh FOLDER BINARY     FOLDER keeps VS Code, BINARY is the dockworthy to run
set -euo pipefail
folder=$(realpath -m "${1:?the folder}")
binary=$(realpath "${2:?the binary}")
cd "$(dirname "$0")/.."

npm ci --silent --no-audit --no-fund
npm run --silent check
npm run --silent build
node --test --test-reporter=dot test/program.test.mjs
if ! command -v chromium >/dev/null; then
  echo 'no Chromium: the extension is not run in VS Code'
elif ! test/install.sh "$folder"; then
  echo 'no code-server: the extension is not run in VS Code'
else
  node test/run.mjs "$folder" "$binary"
fi
