/** Which call the caret stands in, and at which of its arguments: for the signature that is shown while one types. */
import { findFunction, SPECIAL_FORMS } from '../../engine/expressions/functions/catalog.ts';
import type { Language } from '../../engine/spec/text.ts';

export interface SignatureHelp {
  readonly signatures: readonly { readonly label: string; readonly parameters: readonly string[] }[];
  readonly summary: string;
  readonly argument: number;
}

interface OpenCall {
  readonly name: string;
  argument: number;
}

const PART = /'(?:[^']|'')*'?|`(?:[^`]|``)*`?|--[^\n]*|[\p{L}_][\p{L}\p{Nd}_$]*|[(),]|\s+|./gsu;

/** Null when the caret is in no call of a function that is known. */
export function signatureAt(text: string, offset: number, language: Language): SignatureHelp | null {
  const open: OpenCall[] = [];
  let word = '';
  for (const [part] of text.slice(0, offset).matchAll(PART)) {
    if (part === '(') open.push({ name: word.toUpperCase(), argument: 0 });
    else if (part === ')') open.pop();
    else if (part === ',') {
      const call = open.at(-1);
      if (call !== undefined) call.argument++;
    }
    if (part.trim() !== '') word = /^[\p{L}_]/u.test(part) ? part : '';
  }
  const call = open.filter((candidate) => candidate.name !== '').at(-1);
  if (call === undefined) return null;
  const help = findFunction(call.name)?.help ?? SPECIAL_FORMS.find((form) => form.name === call.name)?.help;
  if (help === undefined) return null;
  return {
    signatures: help.signatures.map((label) => ({ label, parameters: parametersOf(label) })),
    summary: help.summary[language],
    argument: call.argument,
  };
}

/** `LPAD(text, length, pad)` → text, length, pad. */
function parametersOf(signature: string): readonly string[] {
  const inside = /\(([^()]*)\)/.exec(signature)?.[1] ?? '';
  return inside === '' ? [] : inside.split(/\s*,\s*/).map((parameter) => parameter.replace(/^\[|\]$/g, '').trim());
}
