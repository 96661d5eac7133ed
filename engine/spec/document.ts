/**
 * The pipeline document as it stands in memory: the plain JSON of pipeline.json, typed. Logic (job, nodes, edges) and
 * drawing are apart, so that moving a card never touches a line of logic. Unknown fields written by a newer version stay
 * in these objects as they were read; nothing here is ever mutated.
 */
import type { JsonObject } from '../base/json.ts';

export const DOCUMENT_FORMAT = 'millrace-pipeline';
export const DOCUMENT_VERSION = 1;
/** Names the published JSON Schema (engine/export/json-schema/pipeline-1.schema.json). */
export const DOCUMENT_SCHEMA_ID = 'urn:millrace:pipeline:1';

/** What a document may hold at most; checked before anything walks it. */
export const DOCUMENT_LIMITS = {
  /** UTF-16 units of the file. */
  lengthMax: 4 * 1024 * 1024,
  depthMax: 64,
  valuesMax: 500_000,
  nodesMax: 5000,
  edgesMax: 20_000,
  notesMax: 5000,
  groupsMax: 2000,
  /** Columns of one output. */
  columnsMax: 10_000,
  /** Columns that the nodes make, summed: nodes that pass on the rows of their input make none. */
  columnsInAllMax: 300_000,
} as const;

export interface PipelineDocument {
  readonly $schema?: string;
  readonly format: typeof DOCUMENT_FORMAT;
  readonly version: number;
  /** Names the document's drafts, default checkpoint folder and state; kept when the file is renamed or moved. */
  readonly id: string;
  readonly name: string;
  /** Values of the job fields (see job-settings.ts); what is absent has its default. */
  readonly job: JsonObject;
  readonly nodes: readonly NodeSpec[];
  readonly edges: readonly EdgeSpec[];
  readonly drawing: Drawing;
}

export interface NodeSpec {
  /** Stable: also names the node's state in checkpoints. Letters, digits, `-` and `_`, at most 64. */
  readonly id: string;
  /** Name of a definition in the catalogue. */
  readonly type: string;
  /** What people see; absent = the type's name. */
  readonly label?: string;
  /** Switched off: passes rows through when it has one input and one output of equal schema, else the branch is off. */
  readonly disabled?: boolean;
  /** Subtasks of this node; absent = the job's (see node-run.ts). */
  readonly parallelism?: number;
  /** `start`: not chained to what is before it; `never`: to nothing; absent = where possible. */
  readonly chaining?: 'start' | 'never' | 'join';
  /** Config migrations of the type that were already applied; absent = none. */
  readonly configVersion?: number;
  /** Values of the definition's fields; what is absent has its default. */
  readonly config: JsonObject;
}

export interface PortReference {
  readonly node: string;
  readonly port: string;
}

export interface EdgeSpec {
  readonly id: string;
  /** An output port. */
  readonly from: PortReference;
  /** An input port. */
  readonly to: PortReference;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Coordinates are integers; every group has its own coordinate system. */
export interface Drawing {
  /** Node id or group id → top-left corner of its card. A stacked node needs none: the first of its stack has it. */
  readonly positions: { readonly [nodeOrGroupId: string]: Point };
  /** Chained nodes drawn as one card, upstream first; each stack has at least two. Layout only. */
  readonly stacks?: readonly (readonly string[])[];
  readonly notes?: readonly NoteSpec[];
  readonly groups?: readonly GroupSpec[];
  /** Node id → how its rows are shown on the results page, as far as that differs from what its columns suggest. */
  readonly results?: { readonly [nodeId: string]: ResultSpec };
}

/** What is absent follows from the columns; a column of that name may have gone since. */
export interface ResultSpec {
  readonly view?: 'lines' | 'top' | 'bars' | 'table';
  /** Columns that name a line, a bar or a place of the board. */
  readonly keys?: readonly string[];
  /** Column of the time axis; empty = none. */
  readonly time?: string;
  /** Column that is drawn. */
  readonly value?: string;
  /** Written behind the values. */
  readonly unit?: string;
  /** Value at which a line is drawn across. */
  readonly threshold?: number;
}

export interface NoteSpec {
  readonly id: string;
  /** Markdown. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** By name, as a group has it; absent = brass. */
  readonly colour?: string;
  /** The node it belongs to, if any. */
  readonly node?: string;
  /** The group it is drawn in; absent = the top level. */
  readonly group?: string;
}

/** Drawing only: node ids stay flat, so grouping never touches state. */
export interface GroupSpec {
  readonly id: string;
  readonly label: string;
  /** What it is for, in the person's words. */
  readonly description?: string;
  /** Name of one of the drawing's tints. */
  readonly colour?: string;
  /** The group that holds this one; absent = the top level. */
  readonly parent?: string;
  /** Node ids; nested groups say it with `parent`. */
  readonly members: readonly string[];
  /** Where the pills for edges that cross the border stand, by edge id. */
  readonly pills?: { readonly [edgeId: string]: Point };
}
