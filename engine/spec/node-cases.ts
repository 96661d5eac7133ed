/** Cases of a node as data: rows in → rows out, and bad configs → problem codes. One harness runs them all (test/cases). */
import type { JsonObject, JsonValue } from '../base/json.ts';

/** What a case shows; every node needs at least ordinary, empty and nulls (a source: ordinary). */
export type CaseTheme = 'ordinary' | 'empty' | 'nulls' | 'late' | 'out-of-order' | 'bad-lines' | 'sizes';

/** Values stand in column order, spelled as a JSON line would spell them (`2026-01-01 00:00:00.000`). */
export type CaseRow = readonly JsonValue[];

/**
 * What may change and still leave the rows that come out the same, each of them as often: rows per batch; number of subtasks;
 * death and restore from the last checkpoint at any point, with other numbers of both; input cut into several splits that
 * follow each other in time; rows in another order, no further apart than the watermark's delay.
 */
export type CaseProperty = 'batches' | 'parallelism' | 'restore' | 'splits' | 'order';

/** Properties that do not hold, with the reason. */
export type VaryingProperties = { readonly [Property in CaseProperty]?: string };

export interface CaseInput {
  /** Name → Flink SQL type. */
  readonly columns: { readonly [name: string]: string };
  /** Declares event time before the rows arrive at the node. */
  readonly watermark?: { readonly column: string; readonly delay: string };
  readonly rows: readonly CaseRow[];
}

export interface RowsCase {
  readonly name: string;
  readonly shows: readonly CaseTheme[];
  readonly config: JsonObject;
  /** By input port; several streams arrive at a port that takes many. */
  readonly inputs?: { readonly [port: string]: CaseInput | readonly CaseInput[] };
  /** Files that are there before the run, by path. */
  readonly files?: { readonly [path: string]: string };
  /** By output port; ports that are not named are not connected. Rows of a sink: what it wrote. */
  readonly outputs: { readonly [port: string]: readonly CaseRow[] };
  /** Lines of text that a sink wrote, instead of `outputs`. */
  readonly lines?: readonly string[];
  /** False where the answer is only the same at parallelism 1 (late rows). */
  readonly parallel?: boolean;
  /** On what else the answer of this case depends. */
  readonly varies?: VaryingProperties;
  /** The run must fail with a code that begins like this. */
  readonly fails?: string;
  /** Why a real Flink answers something else (a defect of its own, or what the export's note says). */
  readonly differsOnFlink?: string;
}

export interface InvalidCase {
  readonly name: string;
  readonly config: JsonObject;
  readonly inputs?: RowsCase['inputs'];
  /** Code and field of every error, in order. */
  readonly problems: readonly (readonly [code: string, field: string])[];
}

export interface NodeCases {
  readonly rows: readonly RowsCase[];
  /** Themes that this node cannot show, with the reason (rows that need a server, columns that are never NULL). */
  readonly cannotShow?: { readonly [Theme in CaseTheme]?: string };
  /** On what the answers of this node depend, whatever its config. */
  readonly varies?: VaryingProperties;
  readonly invalid: readonly InvalidCase[];
}

export function defineCases(cases: NodeCases): NodeCases {
  return cases;
}
