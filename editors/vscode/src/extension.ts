// The client: starts the server, shows how it is, and hands it the commands. All that is known of Dockerfiles and
// Compose files is the server's.

import {
  type ExtensionContext,
  LanguageStatusSeverity,
  type LogOutputChannel,
  Uri,
  commands,
  env,
  languages,
  window,
  workspace,
} from 'vscode';
import { LanguageClient, State } from 'vscode-languageclient/node';

import { References, execute } from './commands';
import { findProgram } from './program';

const INSTALL = 'https://github.com/dockworthy/dockworthy/blob/main/docs/install.md';

/** What the server is asked about. It decides by name and content what each file is. */
const SELECTOR = ['file', 'untitled'].flatMap((scheme) => [
  { scheme, language: 'dockerfile' },
  { scheme, language: 'dockercompose' },
  { scheme, pattern: '**/*[Cc]ompose*.{yml,yaml}' },
  { scheme, pattern: '**/{,.}dockworthy.yaml' },
  { scheme, pattern: '**/*.{dockerignore,containerignore}' },
]);

/** What other extensions may ask. */
export interface Dockworthy {
  /** Whether the server runs. */
  isRunning(): boolean;
  /** What the status says. */
  status(): string;
}

/** Called by the editor when the first file is opened. */
export async function activate(context: ExtensionContext): Promise<Dockworthy> {
  const output = window.createOutputChannel('Dockworthy', { log: true });
  const server = new Server(context, output);
  running = server;
  context.subscriptions.push(
    output,
    commands.registerCommand('dockworthy.restart', () => server.restart()),
    commands.registerCommand('dockworthy.showOutput', () => output.show()),
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('dockworthy.path')) {
        await server.restart();
      }
    }),
  );
  await server.restart();
  return { isRunning: () => server.isRunning, status: () => server.statusText };
}

/** Called by the editor when it ends or the extension is switched off. */
export async function deactivate(): Promise<void> {
  await running?.dispose();
  running = undefined;
}

/** What `deactivate` ends. */
let running: Server | undefined;

/** The server, as far as it is the client's: its process and its status. */
class Server {
  private client: LanguageClient | undefined;
  private readonly status = languages.createLanguageStatusItem('dockworthy', SELECTOR);
  /** Restarts come one after the other. */
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: ExtensionContext,
    private readonly output: LogOutputChannel,
  ) {
    this.status.name = 'Dockworthy';
    this.status.text = 'Dockworthy';
  }

  get isRunning(): boolean {
    return this.client?.state === State.Running;
  }

  get statusText(): string {
    return `${this.status.text}: ${this.status.detail ?? ''}`;
  }

  restart(): Promise<void> {
    this.turn = this.turn.then(async () => {
      await this.stop();
      await this.start();
    });
    return this.turn;
  }

  async dispose(): Promise<void> {
    await this.turn;
    await this.stop();
    this.status.dispose();
  }

  private async start(): Promise<void> {
    const found = findProgram({
      setting: workspace.getConfiguration('dockworthy').get('path', ''),
      workspaceFolder: workspace.workspaceFolders?.[0]?.uri.fsPath,
      extension: this.context.extensionPath,
      path: process.env.PATH,
      isWindows: process.platform === 'win32',
    });
    if ('problem' in found) {
      this.fail(found.problem);
      return;
    }
    this.output.info(`the server is ${found.program}`);
    const client = new LanguageClient(
      'dockworthy',
      'Dockworthy',
      { command: found.program, args: ['lsp'] },
      {
        documentSelector: SELECTOR,
        outputChannel: this.output,
        initializationOptions: workspace.getConfiguration('dockworthy'),
        middleware: {
          executeCommand: (command, args, next) => execute(client, command, args, next),
        },
      },
    );
    client.registerFeature(new References(client));
    client.onDidChangeState(({ newState }) => this.show(client, newState));
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.fail(`the server does not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // One that never ran, or that died, cannot be stopped.
      this.output.warn(`the server was not stopped: ${String(error)}`);
    }
  }

  private show(client: LanguageClient, state: State): void {
    const isRunning = state === State.Running;
    void commands.executeCommand('setContext', 'dockworthy.isRunning', isRunning);
    const version = client.initializeResult?.serverInfo?.version;
    this.status.busy = state === State.Starting;
    this.status.severity = isRunning || this.status.busy ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Error;
    this.status.text = version && isRunning ? `Dockworthy ${version}` : 'Dockworthy';
    this.status.detail = isRunning ? 'is running' : this.status.busy ? 'starts' : 'has stopped';
    this.status.command = isRunning
      ? { title: 'Output', command: 'dockworthy.showOutput' }
      : { title: 'Restart', command: 'dockworthy.restart' };
  }

  private fail(problem: string): void {
    this.output.error(problem);
    this.status.busy = false;
    this.status.severity = LanguageStatusSeverity.Error;
    this.status.text = 'Dockworthy';
    this.status.detail = problem;
    this.status.command = { title: 'Restart', command: 'dockworthy.restart' };
    void this.offerHelp(problem);
  }

  private async offerHelp(problem: string): Promise<void> {
    const chosen = await window.showErrorMessage(`Dockworthy: ${problem}`, 'How to install it', 'Settings', 'Output');
    if (chosen === 'How to install it') {
      await env.openExternal(Uri.parse(INSTALL));
    } else if (chosen === 'Settings') {
      await commands.executeCommand('workbench.action.openSettings', 'dockworthy.path');
    } else if (chosen === 'Output') {
      this.output.show();
    }
  }
}
