// Makes `dist/`: the client in one file, the schema of `dockworthy.yaml`, and the licences.
//
//   node build.mjs [BINARY]     with a binary, that one is put into the extension
import { build } from 'esbuild';
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
rmSync(dist, { recursive: true, force: true });
rmSync(join(here, 'bundled'), { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  logLevel: 'warning',
});
for (const path of ['editors/dockworthy.schema.json', 'LICENSE-APACHE', 'LICENSE-MIT']) {
  copyFileSync(join(here, '..', '..', path), join(dist, basename(path)));
}

const binary = process.argv[2];
if (binary) {
  const bundled = join(here, 'bundled', basename(binary));
  mkdirSync(dirname(bundled), { recursive: true });
  copyFileSync(binary, bundled);
  chmodSync(bundled, 0o755);
}
