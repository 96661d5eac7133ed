/** Findings about what the user wrote: a stable code, parameters, sentences in both languages, a place, and fixes as data. */
import type { JsonValue } from '../base/json.ts';
import type { Text, TextParameters } from './text.ts';
import { fillText } from './text.ts';

export type ProblemSeverity = 'error' | 'warning';

/** Where a problem is; what does not apply is absent. */
export interface ProblemPlace {
  readonly nodeId?: string;
  readonly edgeId?: string;
  /** Field of the node's config, or of the job settings when there is no node: `size`, `columns[2].expression`. */
  readonly field?: string;
  /** Characters (UTF-16) of the field's own text. */
  readonly range?: { readonly start: number; readonly end: number };
  /** Place in the file; line and column count from 1, offset is in UTF-16 units. */
  readonly source?: SourcePosition;
}

export interface SourcePosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A change of the document that would solve a problem; the designer applies it as one undo step. */
export type DocumentEdit =
  /** `field` may lead into lists and objects: `columns[2].expression`, `time.column`. */
  | { readonly kind: 'set-field'; readonly nodeId: string; readonly field: string; readonly value: JsonValue }
  /** How the node is run; null: as the job says. */
  | { readonly kind: 'set-run'; readonly nodeId: string; readonly field: 'parallelism' | 'chaining'; readonly value: JsonValue }
  | { readonly kind: 'set-job'; readonly field: string; readonly value: JsonValue }
  | { readonly kind: 'remove-node'; readonly nodeId: string }
  | { readonly kind: 'remove-edge'; readonly edgeId: string }
  | {
      readonly kind: 'insert-node';
      readonly edgeId: string;
      readonly type: string;
      readonly config: { readonly [field: string]: JsonValue };
    }
  /** Puts a node of this type, which takes any number of edges, between the edges of an input and that input. */
  | { readonly kind: 'merge-edges'; readonly nodeId: string; readonly port: string; readonly type: string }
  /** No change yet: asks which node is to stand at an open port. */
  | { readonly kind: 'connect-port'; readonly nodeId: string; readonly port: string; readonly side: 'in' | 'out' };

export interface Fix {
  readonly label: Text;
  readonly edit: DocumentEdit;
}

export interface Problem extends ProblemPlace {
  /** `MR` and four digits. */
  readonly code: string;
  readonly severity: ProblemSeverity;
  readonly parameters: TextParameters;
  /** Sentences with the parameters filled in. */
  readonly text: Text;
  readonly fixes: readonly Fix[];
}

/** Names between braces of a sentence. */
type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

export interface ProblemType<Name extends string> {
  readonly code: string;
  readonly severity: ProblemSeverity;
  readonly words: Text;
  (parameters: Readonly<Record<Name, string | number | Text>>, place?: ProblemPlace, fixes?: readonly Fix[]): Problem;
}

/** A kind of problem. Both sentences must use the same placeholders (the English ones type the parameters). */
export function defineProblem<const S extends string>(
  code: string,
  severity: ProblemSeverity,
  words: { readonly en: S; readonly zh: string },
): ProblemType<Placeholders<S>> {
  const create = (parameters: TextParameters, place: ProblemPlace = {}, fixes: readonly Fix[] = []): Problem => ({
    ...place,
    code,
    severity,
    parameters,
    text: fillText(words, parameters),
    fixes,
  });
  return Object.assign(create, { code, severity, words });
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
