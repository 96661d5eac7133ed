/** The one list of scalar functions: one line per family file. */
import type { FunctionDefinition } from './define-function.ts';
import { hashFunctions } from './hash.ts';
import { stringBuildFunctions } from './string-build.ts';
import { stringCaseFunctions } from './string-case.ts';
import { stringPieceFunctions } from './string-piece.ts';
import { stringSearchFunctions } from './string-search.ts';
import { stringTrimFunctions } from './string-trim.ts';

export const FUNCTIONS: readonly FunctionDefinition[] = [
  ...hashFunctions,
  ...stringBuildFunctions,
  ...stringCaseFunctions,
  ...stringPieceFunctions,
  ...stringSearchFunctions,
  ...stringTrimFunctions,
];

const BY_NAME = new Map<string, FunctionDefinition>();
for (const definition of FUNCTIONS) for (const name of [definition.name, ...(definition.aliases ?? [])]) BY_NAME.set(name, definition);

/** By Flink's name or an alias, upper case. */
export function findFunction(name: string): FunctionDefinition | null {
  return BY_NAME.get(name) ?? null;
}

export function functionNames(): readonly string[] {
  return [...BY_NAME.keys()];
}
