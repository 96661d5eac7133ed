/** The one list of scalar functions: one line per family file. */
import type { SpecialForm } from './conditional.ts';
import { conditionalFunctions, specialForms } from './conditional.ts';
import type { FunctionDefinition } from './define-function.ts';
import { hashFunctions } from './hash.ts';
import { jsonFunctions } from './json.ts';
import { mathDoubleFunctions } from './math-double.ts';
import { mathExactFunctions } from './math-exact.ts';
import { mathFloorFunctions } from './math-floor.ts';
import { regexFunctions } from './regex.ts';
import { stringBuildFunctions } from './string-build.ts';
import { stringCaseFunctions } from './string-case.ts';
import { stringEncodeFunctions } from './string-encode.ts';
import { stringPieceFunctions } from './string-piece.ts';
import { stringSearchFunctions } from './string-search.ts';
import { stringTrimFunctions } from './string-trim.ts';
import { temporalAddFunctions } from './temporal-add.ts';
import { temporalExtractFunctions } from './temporal-extract.ts';
import { temporalFormatFunctions } from './temporal-format.ts';
import { temporalParseFunctions } from './temporal-parse.ts';

export const FUNCTIONS: readonly FunctionDefinition[] = [
  ...conditionalFunctions,
  ...hashFunctions,
  ...jsonFunctions,
  ...mathDoubleFunctions,
  ...mathExactFunctions,
  ...mathFloorFunctions,
  ...regexFunctions,
  ...stringBuildFunctions,
  ...stringCaseFunctions,
  ...stringEncodeFunctions,
  ...stringPieceFunctions,
  ...stringSearchFunctions,
  ...stringTrimFunctions,
  ...temporalAddFunctions,
  ...temporalExtractFunctions,
  ...temporalFormatFunctions,
  ...temporalParseFunctions,
];

const BY_NAME = new Map<string, FunctionDefinition>();
for (const definition of FUNCTIONS) for (const name of [definition.name, ...(definition.aliases ?? [])]) BY_NAME.set(name, definition);

/** By Flink's name or an alias, upper case. */
export function findFunction(name: string): FunctionDefinition | null {
  return BY_NAME.get(name) ?? null;
}

export function functionNames(): readonly string[] {
  return [...BY_NAME.keys(), ...SPECIAL_FORMS.map((form) => form.name)];
}

/** Calls that the checker writes as CASE or an operator; they have help but no evaluator of their own. */
export const SPECIAL_FORMS: readonly SpecialForm[] = specialForms;

export function isSpecialForm(name: string): boolean {
  return SPECIAL_FORMS.some((form) => form.name === name);
}
