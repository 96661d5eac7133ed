/**
 * What a node type is, in one object. A missing facet does not compile: the compiler is the checklist for a new node.
 * Definitions are portable; the only part of a node that runs is `operator.ts` of its folder, found by the type's name.
 */
import type { JsonObject } from '../base/json.ts';
import type { ExpressionSettings } from '../expressions/typed-expression.ts';
import type { ChangelogMode, Schema } from '../types/schema.ts';
import type { FlinkContext, FlinkContribution } from './contributions/flink.ts';
import type { Unsupported } from './contributions/unsupported.ts';
import type { ConfigOf, Fields } from './fields.ts';
import type { JobSettings } from './job-settings.ts';
import type { Problem } from './problem.ts';
import type { Language, Text } from './text.ts';

/** Groups of the palette, in its order; also the folder under `nodes/`. */
export const NODE_CATEGORIES = ['sources', 'transforms', 'windows', 'joins', 'patterns', 'process', 'ml', 'graph', 'sinks'] as const;
export type NodeCategory = (typeof NODE_CATEGORIES)[number];

/** How the runtime treats a node:
 * - `source`, `operator`, `sink`: `operator.ts` exports createSource / createOperator (a sink is an operator without outputs).
 * - `stage`: `operator.ts` exports createStage; neighbours are fused into one loop.
 * - `plan`: nothing runs; the planner wires it (union, partition), there is no `operator.ts`.
 */
export type NodeExecution = 'source' | 'stage' | 'operator' | 'plan' | 'sink';

export interface InputPort {
  readonly name: string;
  readonly label: Text;
  /** `append`: refuses inputs with updates; `any`: takes every changelog. */
  readonly changelog: 'append' | 'any';
  /** `watermark`: the schema must have an event-time column. */
  readonly needs?: 'watermark';
  /** May stay without an edge. */
  readonly optional?: boolean;
  /** More than one edge may end here (all of one schema). */
  readonly many?: boolean;
  /** Name of a `columns` field of this node: rows are distributed by these columns before they arrive; none chosen = one subtask. */
  readonly keyedBy?: string;
  /** With `keyedBy` and no column chosen, rows stay where they are instead: nothing is remembered of them. */
  readonly keyless?: 'forward';
  /** Every subtask gets all rows: always, or when a choice field has this value. */
  readonly broadcast?: true | { readonly field: string; readonly is: string };
}

/** `main` ports are expected to be connected; the others are side outputs that may stay open. */
export type OutputRole = 'main' | 'late' | 'dead-letter' | 'else';

export interface OutputPort {
  readonly name: string;
  readonly label: Text;
  readonly role: OutputRole;
}

/** How rows travel to the next node. `forward` keeps them in their subtask. */
export type Exchange =
  /** `strict`: somebody asked for it, so that unequal parallelism is refused instead of spread. */
  | { readonly kind: 'forward'; readonly strict?: true }
  | { readonly kind: 'hash'; readonly columns: readonly string[] }
  | { readonly kind: 'rebalance' }
  /** In turn to the few subtasks that belong to one's own, without crossing the others. */
  | { readonly kind: 'rescale' }
  | { readonly kind: 'shuffle' }
  /** To the subtask whose number, modulo their number, stands in `column`. */
  | { readonly kind: 'custom'; readonly column: string }
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'global' };

/** What arrives over one edge. */
export interface PortShape {
  readonly schema: Schema;
  readonly changelog: ChangelogMode;
}

/** What a definition may look at when it checks a config or derives its outputs. */
export interface NodeInputs {
  /** Schema at an input port; without columns when nothing is connected. */
  schema(port?: string): Schema;
  /** Schema and changelog of the first edge. */
  shape(port?: string): PortShape;
  /** One entry per edge that ends at the port. */
  edges(port?: string): readonly PortShape[];
  readonly job: JobSettings;
  /** What expressions depend on. */
  readonly settings: ExpressionSettings;
}

export interface Preset<F extends Fields = Fields> {
  readonly id: string;
  readonly label: Text;
  readonly summary: Text;
  /** JSON values that differ from the defaults. */
  readonly config: { readonly [Name in keyof F]?: JsonObject[string] };
  /** File beside icon.svg; absent: icon.svg. */
  readonly icon?: string;
}

/** What a source or sink contributes to the pipeline's guarantee. */
export type Delivery =
  /** Can be read again from a stored position. */
  | 'replayable'
  /** What was read before a failure is gone. */
  | 'not-replayable'
  /** Output becomes visible with the checkpoint, exactly once. */
  | 'transactional'
  /** Output is visible at once and may repeat after a restart. */
  | 'repeats'
  /** For looking at only; does not count. */
  | 'observing';

/** Upgrades a saved config by one step; oldest first. The document keeps the count it has seen in `configVersion`. */
export interface ConfigMigration {
  readonly summary: string;
  migrate(config: JsonObject): JsonObject;
}

export interface NodeSource<F extends Fields> {
  /** Kebab-case; also the folder's name. */
  readonly type: string;
  readonly category: NodeCategory;
  readonly execution: NodeExecution;
  /** Place within its category, small first; absent: behind those that have one. */
  readonly rank?: number;
  readonly label: Text;
  /** One sentence for palette and help. */
  readonly summary: Text;
  /** What else people may type to find it (Flink and Spark names, SQL words). */
  readonly searchWords: readonly string[];
  readonly presets: readonly Preset<F>[];
  readonly fields: F;
  readonly inputs: readonly InputPort[];
  /** Ports may depend on the config (routes, late rows); the names must stay stable while a config is edited. */
  outputs(config: ConfigOf<F>): readonly OutputPort[];
  /** One line on the card; answers for unfinished configs too. */
  describe(config: ConfigOf<F>, language: Language): string;
  /** What the fields cannot see by themselves; never throws for what the user wrote. */
  check(config: ConfigOf<F>, inputs: NodeInputs): readonly Problem[];
  /** Schema and changelog of every output port, by name; answers as well as it can for unfinished configs. */
  outputSchema(config: ConfigOf<F>, inputs: NodeInputs): { readonly [port: string]: PortShape };
  /** Only for `plan` nodes: how rows leave. */
  exchange?(config: ConfigOf<F>): Exchange;
  /** Whether its keyed state may lie on disk; absent: it may not, and a job that wants it there is refused. */
  stateOnDisk?(config: ConfigOf<F>): boolean;
  /** Subtasks at most; absent: the job's parallelism. */
  parallelismMax?(config: ConfigOf<F>): number;
  /** The command line shows the rows it publishes, as print nodes do; those of a preview are for the page. */
  readonly prints?: true;
  /** Sources that replay: rows per second they are held to, null for none. The person watching may change the speed. */
  pace?(config: ConfigOf<F>): number | null;
  /** Sources: whether they come to an end by themselves. Absent: never. */
  bounded?(config: ConfigOf<F>): boolean;
  /** Sources and sinks. */
  delivery?(config: ConfigOf<F>): Delivery;
  flinkSql(context: FlinkContext<ConfigOf<F>>): FlinkContribution | Unsupported;
  /** This version has no PySpark contributions; every node says so by itself, with the nearest form. */
  pySpark(): Unsupported;
  /** Nodes with a code field: what the code may name, as TypeScript declarations; answers for unfinished configs too. */
  declareCode?(config: ConfigOf<F>, schemaOf: (port: string) => Schema): string;
  readonly migrations: readonly ConfigMigration[];
}

export type NodeDefinition<F extends Fields = Fields> = NodeSource<F>;
/** Any node type, as catalogue, checks and forms see it. Methods are bivariant, so every definition fits. */
export type AnyNode = NodeDefinition<Fields>;

/** Node types by name. */
export type Catalog = ReadonlyMap<string, AnyNode>;

export function defineNode<const F extends Fields>(definition: NodeSource<F>): NodeDefinition<F> {
  return definition;
}

export function inputPort(name: string, label: Text, options: Omit<InputPort, 'name' | 'label'>): InputPort {
  return { name, label, ...options };
}

export function outputPort(name: string, label: Text, role: OutputRole = 'main'): OutputPort {
  return { name, label, role };
}

/** Rows of which none is ever taken back. */
export function appendOnly(schema: Schema): PortShape {
  return { schema, changelog: 'append' };
}
