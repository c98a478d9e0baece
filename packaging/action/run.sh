#!/usr/bin/env bash
# Runs dockworthy as the action's inputs say, and tells the steps that follow what came of it.
#
# INPUT_PATHS, INPUT_ARGS  one to a line
# INPUT_FORMAT             a format; `sarif` and other formats for machines go into INPUT_OUTPUT_FILE
# INPUT_OUTPUT_FILE        the file; empty: standard output, for `sarif` a file of its own
# INPUT_FAIL_ON            error, warning, info or never; empty: as configured
# GITHUB_OUTPUT            gets `status`, `output-file` and `sarif-file`
set -uo pipefail

format=${INPUT_FORMAT:-github}
file=${INPUT_OUTPUT_FILE:-}
if [ "$format" = sarif ] && [ -z "$file" ]; then
  file=dockworthy.sarif
fi
case $file in
  *$'\n'*) echo '::error title=dockworthy::output-file has more than one line'; exit 2 ;;
esac

args=(check)
if [ -z "$file" ]; then
  args+=(--format "$format")
else
  # The log should say as well what is wrong.
  args+=(--format concise --format "$format=$file")
fi
if [ -n "${INPUT_FAIL_ON:-}" ]; then
  args+=(--fail-on "$INPUT_FAIL_ON")
fi
while IFS= read -r line; do
  if [ -n "$line" ]; then args+=("$line"); fi
done <<<"${INPUT_ARGS:-}"
args+=(--)
while IFS= read -r line; do
  if [ -n "$line" ]; then args+=("$line"); fi
done <<<"${INPUT_PATHS:-.}"

status=0
dockworthy "${args[@]}" || status=$?
{
  echo "status=$status"
  echo "output-file=$file"
  if [ "$format" = sarif ]; then echo "sarif-file=$file"; fi
} >>"${GITHUB_OUTPUT:?}"
exit "$status"
