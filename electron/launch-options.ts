/** What a launch says on its command line: folders, a template to run, and pipeline files to open. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

export interface LaunchOptions {
  readonly stateDirectory: string | null;
  readonly workspace: string | null;
  readonly template: string | null;
  readonly files: readonly string[];
}

const FILES_MAX = 20;

/** `words` without the program's own path; Chromium's switches among them are passed over. */
export function readLaunchOptions(words: readonly string[], directory: string): LaunchOptions {
  const { values, positionals } = parseArgs({
    args: [...words],
    strict: false,
    allowPositionals: true,
    options: { root: { type: 'string' }, state: { type: 'string' }, template: { type: 'string' } },
  });
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const folder = (value: unknown): string | null => {
    const named = text(value);
    return named === null ? null : path.resolve(directory, named);
  };
  return {
    stateDirectory: folder(values['state']),
    workspace: folder(values['root']),
    template: text(values['template']),
    files: pipelineFiles(positionals, directory),
  };
}

/** Only files that are there and could be pipelines: whatever else stands on the command line is not ours. */
export function pipelineFiles(words: readonly string[], directory: string): readonly string[] {
  const files = words.filter((word) => word.endsWith('.json')).map((word) => path.resolve(directory, word));
  return [...new Set(files)].filter((file) => existsSync(file) && statSync(file).isFile()).slice(0, FILES_MAX);
}
