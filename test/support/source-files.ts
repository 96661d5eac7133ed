/** The repository's own source files, for the tidy tests. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Bundled programs are told where it is. */
export const REPOSITORY =
  process.env['MILLRACE_ROOT'] ?? path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Files below `folders` whose name ends with one of `endings`. */
export function readSourceFiles(folders: readonly string[], endings: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) => listFiles(folder))
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map(readSource);
}

function readSource(file: string): SourceFile {
  return { path: file, text: readFileSync(path.join(REPOSITORY, file), 'utf8') };
}

function listFiles(folder: string): readonly string[] {
  const entries = readEntries(folder);
  return entries.flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(name) : [name];
  });
}

function readEntries(folder: string): readonly { readonly name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(path.join(REPOSITORY, folder), { withFileTypes: true });
  } catch {
    return [];
  }
}

export function isTest(file: string): boolean {
  return /\.(test|bench|spec)\.tsx?$/.test(file) || file.startsWith('test/');
}
