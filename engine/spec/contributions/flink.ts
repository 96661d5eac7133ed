/** What a node adds to a Flink SQL script: declarations, views and inserts, never a whole script. The exporter assembles them. */
import type { Syntax } from '../../expressions/syntax.ts';
import type { ExpressionSettings } from '../../expressions/typed-expression.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { JobSettings } from '../job-settings.ts';
import type { Text } from '../text.ts';
import type { SqlFragment } from './sql-fragment.ts';

export type FlinkColumn =
  | { readonly kind: 'physical'; readonly name: string; readonly type: LogicalType }
  | { readonly kind: 'computed'; readonly name: string; readonly expression: SqlFragment };

/** CREATE TABLE. */
export interface FlinkTable {
  readonly name: string;
  readonly columns: readonly FlinkColumn[];
  /** WATERMARK FOR column AS expression. */
  readonly watermark?: { readonly column: string; readonly expression: SqlFragment };
  /** WITH (…): values are printed as literals. */
  readonly options: { readonly [key: string]: string };
}

/** CREATE TEMPORARY VIEW name AS query. */
export interface FlinkView {
  readonly name: string;
  readonly query: SqlFragment;
}

/** INSERT INTO table query; all of a script run as one job. */
export interface FlinkInsert {
  readonly table: string;
  readonly query: SqlFragment;
}

/**
 * A relation whose rows are, one to one, the rows of a source table. Flink declares watermarks only on tables, so a
 * watermark node further down declares a table of its own out of this.
 */
export interface FlinkOrigin {
  readonly table: FlinkTable;
  /** The table's physical columns. */
  readonly physical: Schema;
  /** The relation's columns as expressions over the physical columns. */
  readonly columns: readonly { readonly name: string; readonly syntax: Syntax }[];
  /** Condition over the physical columns: TRUE for rows that are not data (a header line). */
  readonly notData: SqlFragment | null;
}

/** What an output port is called in the script. */
export interface FlinkRelation {
  readonly name: string;
  readonly schema: Schema;
  readonly origin: FlinkOrigin | null;
}

export interface FlinkContext<C> {
  readonly nodeId: string;
  readonly label: string;
  readonly config: C;
  readonly job: JobSettings;
  /** Relations that arrive at an input port, one per edge (the first port when no name is given). */
  inputs(port?: string): readonly FlinkRelation[];
  input(port?: string): FlinkRelation;
  outputSchema(port: string): Schema;
  /** True when some edge leaves the port. */
  isUsed(port: string): boolean;
  /** A table or view name made of the node's label or id, unique in the script. */
  name(suffix?: string): string;
  readonly settings: ExpressionSettings;
  /** A path of the config as Flink takes it. */
  path(path: string): string;
}

export interface FlinkContribution {
  readonly tables?: readonly FlinkTable[];
  readonly views?: readonly FlinkView[];
  readonly inserts?: readonly FlinkInsert[];
  /** SET key = value; two nodes that disagree are an error of the export. */
  readonly settings?: { readonly [key: string]: string };
  /** By output port. */
  readonly outputs?: { readonly [port: string]: FlinkRelation };
  /** Differences a person should know of; without any the node counts as "same". */
  readonly notes?: readonly Text[];
}
