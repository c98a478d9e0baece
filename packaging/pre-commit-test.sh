#!/usr/bin/env bash
# Lets pre-commit build the hook of the last commit of this checkout (`language: rust`) and run it in a repository of
# its own: it fails, and it passes. Needs pre-commit, git and cargo.
#
# CARGO_TARGET_DIR and CARGO_PROFILE_* count as for cargo: a build that is only tried need not be optimised.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD
revision=$(git rev-parse HEAD)
case ${CARGO_TARGET_DIR:-} in
  '' | /*) ;;
  *) export CARGO_TARGET_DIR=$here/$CARGO_TARGET_DIR ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME=$work/home
git init --quiet "$work/project"
cd "$work/project"
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $here
    rev: $revision
    hooks:
      - id: dockworthy
END
printf 'FROM debian:13\nWROKDIR /src\nUSER 1000\n' >Dockerfile
git add --all
status=0
pre-commit run --all-files >said 2>&1 || status=$?
if [ "$status" -ne 1 ] || ! grep -q 'unknown-instruction' said; then
  cat said
  exit 1
fi
sed -i.bak 's/WROKDIR/WORKDIR/' Dockerfile
git add Dockerfile
pre-commit run --all-files
echo 'pre-commit: built the hook, which failed and passed'
