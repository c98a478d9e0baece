// Starts the real VS Code, with the built extension and with `tester/` beside it, in a browser without a window.
//
//   node test/run.mjs FOLDER BINARY
//
// FOLDER is where `install.sh` put VS Code; BINARY is the dockworthy to run. Needs Chromium.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PATIENCE = 150_000;
const [code, binary] = process.argv.slice(2).map((path) => resolve(path));
if (!binary) {
  console.error('usage: run.mjs FOLDER BINARY');
  process.exit(2);
}
const extension = join(dirname(fileURLToPath(import.meta.url)), '..');
const work = mkdtempSync(join(tmpdir(), 'dockworthy-vscode-'));
const folder = (...names) => {
  const path = join(work, ...names);
  mkdirSync(path, { recursive: true });
  return path;
};

const files = {
  Dockerfile: 'FROM debian:13\nRUN echo "é🐳" && apt-get upgrade\nUSER 1000\n',
  'Containerfile.dev': 'FROM debian:13\nMAINTAINER somebody\nUSER 1000\n',
  'compose.yaml': 'services:\n  web:\n    image: nginx:1.29\n    prots: ["8080:80"]\n',
  'b/Dockerfile': 'FROM debian:latest\nUSER 1000\n',
  'c/Dockerfile': 'FROM debian:13\nUSER 1000\nMAINTAINER somebody\n',
  'values.yaml': 'image: nginx\n',
};
const project = folder('project');
spawnSync('git', ['init', '--quiet', project]);
for (const [name, text] of Object.entries(files)) {
  folder('project', dirname(name));
  writeFileSync(join(project, name), text);
}

// What a packed extension holds, and the tester.
const installed = folder('extensions', 'dockworthy.dockworthy-0.1.0');
for (const name of ['package.json', 'dist']) {
  cpSync(join(extension, name), join(installed, name), { recursive: true });
}
cpSync(join(extension, 'test', 'tester'), folder('extensions', 'dockworthy.tester-0.0.1'), { recursive: true });
// VS Code asks a shell for the PATH, so that another one given here would not count.
symlinkSync(binary, join(folder('extensions', 'dockworthy.dockworthy-0.1.0', 'bundled'), 'dockworthy'));

const result = join(work, 'result.json');
const home = folder('home');
const environment = {
  ...process.env,
  DOCKWORTHY_TEST_RESULT: result,
  HOME: home,
};
const children = [];
let said = '';
const start = (program, args) => {
  const child = spawn(program, args, { env: environment, detached: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => (said += data));
  }
  children.push(child);
};
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const until = async (what, isTrue) => {
  const end = Date.now() + PATIENCE;
  while (!(await isTrue())) {
    if (Date.now() > end) {
      throw new Error(`in vain: ${what}\n${said.slice(-8000)}`);
    }
    await pause(100);
  }
};
const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** What the extensions' side of VS Code and the extension itself wrote. */
const showLogs = () => {
  const logs = join(work, 'server', 'data', 'logs');
  for (const name of readdirSync(logs, { recursive: true }).filter((name) => /(exthost|Dockworthy)\.log$/.test(name))) {
    console.error(`--- ${name}\n${readFileSync(join(logs, name), 'utf8').slice(-4000)}`);
  }
};

let status = 1;
try {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/`;
  start(process.execPath, [
    join(code, 'node_modules/code-server/lib/vscode/out/server-main.js'),
    '--without-connection-token',
    '--accept-server-license-terms',
    '--telemetry-level=off',
    '--host=127.0.0.1',
    `--port=${port}`,
    `--server-data-dir=${folder('server')}`,
    `--extensions-dir=${join(work, 'extensions')}`,
  ]);
  await until('the server of VS Code', () => fetch(address).then((answer) => answer.ok, () => false));
  start('chromium', [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--remote-debugging-port=0',
    `--user-data-dir=${folder('browser')}`,
    `${address}?folder=${encodeURIComponent(project)}`,
  ]);
  await until('the tests', () => existsSync(result));
  await pause(100);
  const { passed, failed } = JSON.parse(readFileSync(result, 'utf8'));
  for (const name of passed) {
    console.log(`vscode: ${name}: passed`);
  }
  if (failed) {
    console.error(`vscode: ${failed}`);
    showLogs();
  } else {
    status = 0;
  }
} catch (error) {
  console.error(`vscode: ${error.message}`);
}
for (const child of children) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
await pause(200);
rmSync(work, { recursive: true, force: true, maxRetries: 5 });
process.exit(status);
