// The server's commands, when they are chosen from the palette, where nothing says what they are about; and the command of
// its code lenses, which is the client's.

import { type Diagnostic, type Disposable, commands, languages, window } from 'vscode';
import type { ClientCapabilities, FeatureState, LanguageClient, Location, Position, StaticFeature } from 'vscode-languageclient/node';

type Next = (command: string, args: unknown[]) => unknown;

/** Runs a command of the server, with what it is about filled in from the editor that has the focus. */
export async function execute(client: LanguageClient, command: string, args: unknown[], next: Next): Promise<unknown> {
  // Code actions say what they are about; the palette says nothing, and menus name a resource.
  if (typeof args[0] === 'string') {
    return next(command, args);
  }
  const argument = await missing(client, command);
  return argument === undefined ? undefined : next(command, [argument]);
}

async function missing(client: LanguageClient, command: string): Promise<string | undefined> {
  const document = window.activeTextEditor?.document;
  if (!document) {
    void window.showInformationMessage('Dockworthy: no file is open');
    return undefined;
  }
  return command === 'dockworthy.fixAll' ? client.code2ProtocolConverter.asUri(document.uri) : chooseRule();
}

/** The rule of the finding at the cursor; else one of those of the file, as the user chooses. */
async function chooseRule(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  if (!editor) {
    return undefined;
  }
  const findings = languages.getDiagnostics(editor.document.uri).filter((finding) => finding.source === 'dockworthy');
  const here = rules(findings.filter((finding) => finding.range.intersection(editor.selection)));
  const all = here.length > 0 ? here : rules(findings);
  if (all.length === 0) {
    void window.showInformationMessage('Dockworthy: nothing was found in this file');
  }
  return all.length > 1 || here.length === 0 ? window.showQuickPick(all, { title: 'The page of which rule?' }) : all[0];
}

function rules(findings: Diagnostic[]): string[] {
  const names = findings.map(({ code }) => String(typeof code === 'object' ? code.value : code));
  return [...new Set(names)].sort();
}

/** What the server's code lenses call. */
const SHOW_REFERENCES = 'dockworthy.showReferences';

/** Shows places that the server names, and tells it that this can be done. */
export class References implements StaticFeature {
  private command: Disposable | undefined;

  constructor(private readonly client: LanguageClient) {}

  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const known: object = typeof capabilities.experimental === 'object' ? capabilities.experimental : {};
    capabilities.experimental = { ...known, commands: { commands: [SHOW_REFERENCES] } };
  }

  initialize(): void {
    const convert = this.client.protocol2CodeConverter;
    this.command = commands.registerCommand(SHOW_REFERENCES, (uri: string, at: Position, places: Location[]) =>
      commands.executeCommand(
        'editor.action.showReferences',
        convert.asUri(uri),
        convert.asPosition(at),
        places.map((place) => convert.asLocation(place)),
      ),
    );
  }

  getState(): FeatureState {
    return { kind: 'static' };
  }

  clear(): void {
    this.command?.dispose();
    this.command = undefined;
  }
}
