// Where the program is looked for: `node --test test/program.test.mjs`.
import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';

import { build } from 'esbuild';

const work = mkdtempSync(join(tmpdir(), 'dockworthy-program-'));
after(() => rmSync(work, { recursive: true }));
const outfile = join(work, 'program.mjs');
await build({ entryPoints: [new URL('../src/program.ts', import.meta.url).pathname], outfile, format: 'esm', platform: 'node' });
const { findProgram } = await import(outfile);

function program(...names) {
  const path = join(work, ...names);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '', { mode: 0o755 });
  return path;
}

const places = (more) => ({
  setting: '',
  workspaceFolder: undefined,
  extension: join(work, 'extension'),
  path: undefined,
  isWindows: false,
  ...more,
});

test('without any program there is a problem', () => {
  assert.match(findProgram(places({ path: work })).problem, /no `dockworthy` on PATH/);
});

test('the search path is followed in its order', () => {
  writeFileSync(join(work, 'dockworthy'), '', { mode: 0o644 });
  const first = program('one', 'dockworthy');
  program('two', 'dockworthy');
  const path = [work, '', join(work, 'one'), join(work, 'two')].join(delimiter);
  assert.deepEqual(findProgram(places({ path })), { program: first });
});

test('a bundled program comes before the search path', () => {
  const bundled = program('extension', 'bundled', 'dockworthy.exe');
  assert.deepEqual(findProgram(places({ path: join(work, 'one'), isWindows: true })), { program: bundled });
});

test('the setting comes first and is never overlooked', () => {
  const set = program('folder', 'bin', 'mine');
  const setting = '${workspaceFolder}/bin/mine';
  assert.deepEqual(findProgram(places({ setting, workspaceFolder: join(work, 'folder') })), { program: set });
  const missing = findProgram(places({ setting: '~/no/such/dockworthy', path: join(work, 'one') }));
  assert.ok(missing.problem.endsWith(join(homedir(), 'no/such/dockworthy')), missing.problem);
});
