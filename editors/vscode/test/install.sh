#!/usr/bin/env bash
# Puts a VS Code that runs in a browser into a folder: the one that the npm package code-server brings along.
#
#   install.sh FOLDER
set -euo pipefail
folder=${1:?the folder}
code="$folder/node_modules/code-server/lib/vscode"
[ -e "$code/installed" ] && exit 0
mkdir -p "$folder"
# Its own scripts would fetch and compile what only terminals and searches need.
install() { npm install --silent --ignore-scripts --omit=dev --no-audit --no-fund "$@"; }
install --prefix "$folder" code-server@4.100.3
(cd "$code" && install)
touch "$code/installed"
