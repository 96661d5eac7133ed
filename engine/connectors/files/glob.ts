/** Finds files by pattern through Storage: `*` and `?` inside a name, `**` for any folders. */
import { posix } from 'node:path';
import type { Storage } from '../../base/storage.ts';

/** Folders inside each other that `**` follows at most; a loop of links ends there. */
const DEPTH_MAX = 32;
/** Files at most; more is a mistake in the pattern. */
export const GLOB_FILES_MAX = 1_000_000;

/** True when the text holds a wildcard. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Paths of the files that match, in the order of their UTF-16 code units, so that every run reads them alike. */
export function findFiles(storage: Storage, pattern: string): string[] {
  if (!hasWildcard(pattern)) return storage.exists(pattern) ? [pattern] : [];
  const parts = pattern.split('/');
  const fixed = parts.findIndex(hasWildcard);
  const root = parts.slice(0, fixed).join('/') || (pattern.startsWith('/') ? '/' : '.');
  const found = new Set<string>();
  walk(storage, root, parts.slice(fixed), found, 0);
  return [...found].sort();
}

function walk(storage: Storage, folder: string, parts: readonly string[], found: Set<string>, depth: number): void {
  if (depth > DEPTH_MAX || found.size >= GLOB_FILES_MAX) return;
  const [part, ...rest] = parts;
  if (part === '**' && rest.length > 0) walk(storage, folder, rest, found, depth + 1);
  const matches = part === '**' ? () => true : nameMatcher(part);
  for (const entry of storage.list(folder)) {
    if (entry.name.startsWith('.') && !part.startsWith('.')) continue;
    if (!matches(entry.name)) continue;
    const path = posix.join(folder, entry.name);
    if (part === '**') {
      if (entry.directory) walk(storage, path, parts, found, depth + 1);
      else if (rest.length === 0) found.add(path);
    } else if (rest.length > 0) {
      if (entry.directory) walk(storage, path, rest, found, depth + 1);
    } else if (!entry.directory) found.add(path);
  }
}

function nameMatcher(part: string): (name: string) => boolean {
  const source = Array.from(part, (character) => {
    if (character === '*') return '[^/]*';
    return character === '?' ? '[^/]' : character.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  const expression = new RegExp(`^${source.join('')}$`, 'u');
  return (name) => expression.test(name);
}
