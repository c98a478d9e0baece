#!/usr/bin/env node
// Starts the binary that the package for this system brings, and ends as it ends.
"use strict";

const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

const name = `@dockworthy/${process.platform}-${process.arch}`;
const binary = process.platform === "win32" ? "dockworthy.exe" : "dockworthy";

let path;
try {
  path = require.resolve(`${name}/bin/${binary}`);
} catch {
  process.stderr.write(
    `dockworthy: ${name} is not installed: either there is no binary for this system, or npm left out optional ` +
      "dependencies (`npm install --include=optional` brings them)\n",
  );
  process.exit(2);
}

const { status, signal, error } = spawnSync(path, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  process.stderr.write(`dockworthy: cannot start ${path}: ${error.message}\n`);
  process.exit(2);
}
// A shell says 128 and the signal's number.
process.exit(signal ? 128 + constants.signals[signal] : status);
