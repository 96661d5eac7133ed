/**
 * Where a file sink writes. A path whose name ends in a text file's extension is one file: it appears, whole, when the
 * input has ended, at any parallelism. Any other path is a folder of part files `<prefix>-<subtask>-<number>.<ext>`, each of
 * which appears with the first checkpoint after it was closed.
 *
 * Until then everything lies in a hidden folder beside: `attempt-<n>/` holds what attempt n has written; a successor
 * renames it to `attempt-<n>.superseded`, so that whatever a forgotten process still does there cannot be published.
 */
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { mix32 } from '../../base/random.ts';

const FILE_EXTENSIONS = new Set(['.ndjson', '.jsonl', '.json', '.csv', '.tsv', '.txt', '.log']);
export const SUPERSEDED = '.superseded';

export interface SinkPlace {
  readonly baseDirectory: string;
  readonly jobId: string;
  readonly nodeId: string;
}

export interface SinkPaths {
  readonly mode: 'folder' | 'file';
  /** The folder of parts, or the file. */
  readonly target: string;
  readonly staging: string;
  /** Of part files, with the dot. */
  readonly extension: string;
}

export interface PartName {
  readonly subtask: number;
  readonly sequence: number;
}

export function sinkPaths(config: { readonly path: string; readonly format: string }, place: SinkPlace): SinkPaths {
  const given = isAbsolute(config.path) ? config.path : join(place.baseDirectory, config.path);
  const target = given.length > 1 && given.endsWith('/') ? given.slice(0, -1) : given;
  const mode = !given.endsWith('/') && FILE_EXTENSIONS.has(extname(target).toLowerCase()) ? 'file' : 'folder';
  const tag = tagOf(`${place.jobId}/${place.nodeId}`);
  const staging = mode === 'folder' ? join(target, `.millrace-${tag}`) : join(dirname(target), `.${basename(target)}.millrace-${tag}`);
  return { mode, target, staging, extension: `.${config.format}` };
}

export function attemptFolder(paths: SinkPaths, attempt: number): string {
  return join(paths.staging, `attempt-${attempt}`);
}

export function partName(prefix: string, part: PartName): string {
  return `${prefix}-${part.subtask}-${part.sequence}`;
}

/** Subtask and number of a file named like a part of this sink, null for other files. */
export function parsePartName(prefix: string, extension: string, name: string): PartName | null {
  if (!name.startsWith(`${prefix}-`) || !name.endsWith(extension)) return null;
  const match = /^(\d{1,9})-(\d{1,15})$/.exec(name.slice(prefix.length + 1, name.length - extension.length));
  return match === null ? null : { subtask: Number(match[1]), sequence: Number(match[2]) };
}

/** Eight letters that tell the staging folders of different jobs and sinks apart. */
function tagOf(text: string): string {
  let low = 0x1234567;
  let high = 0x89abcde;
  for (let index = 0; index < text.length; index++) {
    low = mix32(low ^ text.charCodeAt(index));
    high = mix32(high + low);
  }
  return low.toString(36).padStart(7, '0').slice(-4) + high.toString(36).padStart(7, '0').slice(-4);
}
