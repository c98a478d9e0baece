// Makes the npm packages: one for each system, with its binary, and `dockworthy`, which depends on them all.
//
//   node build.mjs VERSION BINARIES OUT
//
// BINARIES holds a folder for each Rust target with the binary in it, such as
// `x86_64-unknown-linux-musl/dockworthy`. With `--partial`, targets may be absent (to try one system).

import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Rust target of each system, as node names systems. The static musl binary runs on every Linux. */
const TARGETS = {
  "linux-x64": "x86_64-unknown-linux-musl",
  "linux-arm64": "aarch64-unknown-linux-musl",
  "darwin-x64": "x86_64-apple-darwin",
  "darwin-arm64": "aarch64-apple-darwin",
  "win32-x64": "x86_64-pc-windows-msvc",
  "win32-arm64": "aarch64-pc-windows-msvc",
};

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const partial = process.argv.includes("--partial");
const [version, binaries, out] = process.argv.slice(2).filter((arg) => arg !== "--partial");
if (!out || !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) {
  console.error("usage: node build.mjs VERSION BINARIES OUT [--partial]");
  process.exit(2);
}

const wrapper = JSON.parse(readFileSync(join(here, "dockworthy", "package.json"), "utf8"));

/** Writes the manifest of a package and the licences beside it. */
function write(folder, manifest) {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(root, licence), join(folder, licence));
}

const optionalDependencies = {};
for (const [system, target] of Object.entries(TARGETS)) {
  const [os, cpu] = system.split("-");
  const binary = os === "win32" ? "dockworthy.exe" : "dockworthy";
  const from = join(binaries, target, binary);
  if (!existsSync(from)) {
    if (partial) continue;
    console.error(`there is no ${from}`);
    process.exit(2);
  }
  const folder = join(out, system);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "bin"), { recursive: true });
  copyFileSync(from, join(folder, "bin", binary));
  chmodSync(join(folder, "bin", binary), 0o755);
  const name = `@dockworthy/${system}`;
  write(folder, {
    name,
    version,
    description: `The ${target} binary of dockworthy`,
    license: wrapper.license,
    homepage: wrapper.homepage,
    repository: wrapper.repository,
    files: ["bin", "LICENSE-APACHE", "LICENSE-MIT"],
    os: [os],
    cpu: [cpu],
    publishConfig: { access: "public" },
  });
  optionalDependencies[name] = version;
}

const folder = join(out, "dockworthy");
rmSync(folder, { recursive: true, force: true });
cpSync(join(here, "dockworthy"), folder, { recursive: true });
chmodSync(join(folder, "bin", "dockworthy.js"), 0o755);
write(folder, { ...wrapper, version, optionalDependencies });
