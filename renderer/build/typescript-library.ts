/**
 * Vite plugin: `virtual:typescript-library` holds TypeScript's declarations of the language's built-ins, by file name, and its own
 * messages in Chinese. What custom code does not have at run time is not declared either.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'virtual:typescript-library';
const FOLDER = path.dirname(createRequire(import.meta.url).resolve('typescript'));
const FIRST = 'lib.es2022.d.ts';
/** Promises would go on after their call; shared memory and weak references are not among the globals. */
const ABSENT = /promise|async|weakref|sharedmemory|decorators/;
const REFERENCE = /\/\/\/ <reference lib="([\w.]+)" \/>/g;

export function typescriptLibrary(): Plugin {
  return {
    name: 'millrace-typescript-library',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      return `export const library = ${JSON.stringify(readLibrary())};\nexport const chineseMessages = ${JSON.stringify(readChineseMessages())};`;
    },
  };
}

/** Declarations by file name. */
export function readLibrary(): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const add = (name: string): void => {
    if (files[name] !== undefined || ABSENT.test(name)) return;
    files[name] = readFileSync(path.join(FOLDER, name), 'utf8').replace(/\/\*[\s\S]*?Copyright[\s\S]*?\*\//, '');
    for (const [, library] of files[name].matchAll(REFERENCE)) add(`lib.${library}.d.ts`);
  };
  add(FIRST);
  return files;
}

export function readChineseMessages(): string {
  return JSON.stringify(JSON.parse(readFileSync(path.join(FOLDER, 'zh-cn/diagnosticMessages.generated.json'), 'utf8')));
}
