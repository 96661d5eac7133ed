/** What page and worker say to each other about the TypeScript of a node. */
import type { Language } from '../../../engine/spec/text.ts';

export interface TypedCode {
  readonly code: string;
  /** What the code may name. */
  readonly declarations: string;
}

/** Half-open, in UTF-16 units. */
export interface CodeMistake {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly message: string;
}

export interface CodeCompletion {
  readonly name: string;
  /** TypeScript's word for what it is. */
  readonly kind: string;
  readonly sortText: string;
  readonly insertText: string;
  /** Where the text begins that it replaces; null: with the word at the caret. */
  readonly start: number | null;
}

export interface CodeMeaning {
  readonly type: string;
  readonly help: string;
}

export interface CodeSignatures {
  readonly active: number;
  readonly argument: number;
  readonly signatures: readonly { readonly label: string; readonly parameters: readonly string[]; readonly help: string }[];
}

/** Questions and their answers. */
export interface CodeQuestions {
  check: { readonly given: { readonly language: Language }; readonly answer: readonly CodeMistake[] };
  complete: { readonly given: { readonly offset: number }; readonly answer: readonly CodeCompletion[] };
  detail: { readonly given: { readonly offset: number; readonly name: string }; readonly answer: CodeMeaning | null };
  meaning: { readonly given: { readonly offset: number }; readonly answer: CodeMeaning | null };
  signatures: { readonly given: { readonly offset: number }; readonly answer: CodeSignatures | null };
}

export type CodeQuestion = {
  [Name in keyof CodeQuestions]: { readonly id: number; readonly name: Name; readonly code: TypedCode } & {
    readonly given: CodeQuestions[Name]['given'];
  };
}[keyof CodeQuestions];

export interface CodeAnswer {
  readonly id: number;
  /** Null also where the language service failed. */
  readonly answer: CodeQuestions[keyof CodeQuestions]['answer'];
}
