// Where the server's program is.

import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What decides where the program is. */
export interface Places {
  /** The setting `dockworthy.path`; empty if it is not set. */
  setting: string;
  /** The first folder of the workspace. */
  workspaceFolder: string | undefined;
  /** The folder of the extension. */
  extension: string;
  /** The search path of the system. */
  path: string | undefined;
  /** Whether programs are known by their ending. */
  isWindows: boolean;
}

/** The program, or why there is none. */
export type Found = { program: string } | { problem: string };

/** The program that is set; else the one that the extension brings along; else the one on `PATH`. */
export function findProgram(places: Places): Found {
  const name = places.isWindows ? 'dockworthy.exe' : 'dockworthy';
  const set = expand(places.setting.trim(), places.workspaceFolder);
  if (set) {
    return isProgram(set)
      ? { program: set }
      : { problem: `the setting \`dockworthy.path\` names no program: ${set}` };
  }
  const onPath = (places.path ?? '').split(delimiter).filter((folder) => folder !== '');
  const folders = [join(places.extension, 'bundled'), ...onPath];
  const program = folders.map((folder) => join(folder, name)).find(isProgram);
  return program
    ? { program }
    : { problem: 'there is no `dockworthy` on PATH; install it, or set `dockworthy.path`' };
}

function expand(path: string, workspaceFolder: string | undefined): string {
  const home = /^~(?=$|[\\/])/;
  return path.replace(home, () => homedir()).replaceAll('${workspaceFolder}', () => workspaceFolder ?? '');
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
