/** Where Millrace keeps what belongs to the person and not to a project: preferences, drafts, working copies of templates, running jobs. */
import { chmodSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** `MILLRACE_STATE` overrides the platform's place. */
export function defaultStateDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const { MILLRACE_STATE, XDG_STATE_HOME, LOCALAPPDATA } = environment;
  if (MILLRACE_STATE !== undefined && MILLRACE_STATE !== '') return path.resolve(MILLRACE_STATE);
  if (process.platform === 'win32') return path.join(LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'), 'Millrace');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Millrace');
  const base = XDG_STATE_HOME !== undefined && path.isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : path.join(homedir(), '.local', 'state');
  return path.join(base, 'millrace');
}

/** Creates the folder so that no other user of the machine can look into it. */
export function preparePrivateDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(directory, 0o700);
}
