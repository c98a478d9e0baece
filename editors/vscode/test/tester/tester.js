// Runs inside VS Code, beside the extension that it tests, and uses that as any other extension or user could.
// What came of it is written to the file that DOCKWORTHY_TEST_RESULT names.
'use strict';

const assert = require('node:assert/strict');
const { writeFileSync } = require('node:fs');
const { Range, Selection, Uri, WorkspaceEdit, commands, extensions, languages, window, workspace } = require('vscode');

const PATIENCE = 30_000;

/** Waits until a function gives something true, and gives that. */
async function until(what, look) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (seen) {
      return seen;
    }
    assert.ok(Date.now() < end, `in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function open(name) {
  const uri = Uri.joinPath(workspace.workspaceFolders[0].uri, name);
  return window.showTextDocument(await workspace.openTextDocument(uri));
}

const ruleOf = ({ code }) => (typeof code === 'object' ? code.value : code);

function finding(document, rule) {
  return languages.getDiagnostics(document.uri).find((found) => found.source === 'dockworthy' && ruleOf(found) === rule);
}

const found = (document, rule) => until(`${rule} in ${document.uri}`, () => finding(document, rule));
const gone = (document, rule) => until(`no ${rule} in ${document.uri}`, () => !finding(document, rule));
const becomes = (document, text) =>
  until(`${JSON.stringify(text)}, not ${JSON.stringify(document.getText())}`, () => document.getText() === text);

async function quickFix(document, rule, title) {
  const { range } = finding(document, rule);
  const actions = await commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, 'quickfix');
  const titles = actions.map((action) => action.title);
  assert.ok(titles.includes(title), `no "${title}" in ${titles.join(', ')}`);
  assert.ok(await workspace.applyEdit(actions[titles.indexOf(title)].edit));
}

const set = (key, value) => workspace.getConfiguration().update(key, value, true);

const tests = {
  async 'a Dockerfile is linted and fixed'() {
    const { document } = await open('Dockerfile');
    assert.equal(document.languageId, 'dockerfile');
    const { range, code } = await found(document, 'apt-get-missing-yes');
    // Columns count UTF-16 units here; characters of one and two of them stand before.
    assert.deepEqual(range, new Range(1, 26, 1, 33));
    assert.ok(code.target.toString().includes('apt-get-missing-yes'));
    await quickFix(document, 'apt-get-missing-yes', 'Add `-y`');
    await becomes(document, 'FROM debian:13\nRUN echo "é🐳" && apt-get upgrade -y\nUSER 1000\n');
    await gone(document, 'apt-get-missing-yes');
  },

  async 'a Compose file is linted and fixed'() {
    const { document } = await open('compose.yaml');
    assert.equal(document.languageId, 'dockercompose');
    const { range } = await found(document, 'unknown-property');
    assert.deepEqual(range, new Range(3, 4, 3, 9));
    await quickFix(document, 'unknown-property', 'Rename to `ports`');
    await becomes(document, 'services:\n  web:\n    image: nginx:1.29\n    ports: ["8080:80"]\n');
    await gone(document, 'unknown-property');
  },

  async 'the palette fixes the file that has the focus'() {
    const { document } = await open('Containerfile.dev');
    await found(document, 'maintainer-deprecated');
    await commands.executeCommand('dockworthy.fixAll');
    await becomes(document, 'FROM debian:13\nLABEL org.opencontainers.image.authors="somebody"\nUSER 1000\n');
    await gone(document, 'maintainer-deprecated');
  },

  async 'the palette opens the page of the rule at the cursor'() {
    const editor = await open('b/Dockerfile');
    const { range } = await found(editor.document, 'latest-tag');
    editor.selection = new Selection(range.start, range.start);
    // The server refuses what is no rule.
    await commands.executeCommand('dockworthy.openDocumentation');
    await assert.rejects(async () => commands.executeCommand('dockworthy.openDocumentation', 'no-such-rule'), /no-such-rule/);
  },

  async 'everything is fixed on saving if that is set'() {
    // In a browser VS Code saves by itself, and then without such actions.
    await set('files.autoSave', 'off');
    await set('editor.codeActionsOnSave', { 'source.fixAll.dockworthy': 'explicit' });
    const { document } = await open('c/Dockerfile');
    await found(document, 'maintainer-deprecated');
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, '# end\n');
    await workspace.applyEdit(edit);
    assert.ok(await document.save());
    assert.match(document.getText(), /LABEL .*\n# end\n$/);
  },

  async 'settings count at once'() {
    const { document } = await open('b/Dockerfile');
    const hovers = () => commands.executeCommand('vscode.executeHoverProvider', document.uri, document.positionAt(1));
    await until('a hover', async () => (await hovers()).length > 0);
    await set('dockworthy.features.hover', false);
    await until('no hover', async () => (await hovers()).length === 0);
    await set('dockworthy.enable', false);
    await gone(document, 'latest-tag');
    await set('dockworthy.enable', undefined);
    await found(document, 'latest-tag');
    await set('dockworthy.preset', ['none']);
    await gone(document, 'latest-tag');
    await set('dockworthy.preset', undefined);
    await found(document, 'latest-tag');
  },

  async 'the server is started anew'() {
    const { document } = await open('b/Dockerfile');
    const { exports } = extensions.getExtension('dockworthy.dockworthy');
    assert.ok(exports.isRunning());
    assert.match(exports.status(), /^Dockworthy \d+\.\d+\.\d+: is running$/);
    const before = await found(document, 'latest-tag');
    await commands.executeCommand('dockworthy.restart');
    assert.ok(exports.isRunning());
    await until('new findings', () => finding(document, 'latest-tag') && finding(document, 'latest-tag') !== before);
    await commands.executeCommand('dockworthy.showOutput');
  },

  async 'a program that is not there is named'() {
    const { exports } = extensions.getExtension('dockworthy.dockworthy');
    await set('dockworthy.path', '/nowhere/dockworthy');
    await until('the problem', () => exports.status().includes('names no program: /nowhere/dockworthy'));
    assert.ok(!exports.isRunning());
    await set('dockworthy.path', undefined);
    await until('the server', () => exports.isRunning());
    await found((await open('b/Dockerfile')).document, 'latest-tag');
  },

  async 'other YAML gets nothing'() {
    const { document } = await open('values.yaml');
    await found((await open('b/Dockerfile')).document, 'latest-tag');
    assert.deepEqual(languages.getDiagnostics(document.uri), []);
  },
};

/** Called by the editor once it has started. */
exports.activate = async () => {
  const passed = [];
  let failed;
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      passed.push(name);
    } catch (error) {
      failed = `${name}: ${error.stack ?? error}`;
      break;
    }
  }
  writeFileSync(process.env.DOCKWORTHY_TEST_RESULT, JSON.stringify({ passed, failed }));
};
