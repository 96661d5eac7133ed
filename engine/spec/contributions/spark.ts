/** What a node adds to a PySpark script: statements that bind one DataFrame per output port. The exporter assembles them. */
import type { Schema } from '../../types/schema.ts';
import type { JobSettings } from '../job-settings.ts';
import type { Text } from '../text.ts';
import type { PythonFragment } from './python-fragment.ts';

/** A variable of the script that holds a DataFrame. */
export interface SparkFrame {
  readonly variable: PythonFragment;
  readonly schema: Schema;
}

export interface SparkContext<C> {
  readonly nodeId: string;
  readonly label: string;
  readonly config: C;
  readonly job: JobSettings;
  inputs(port?: string): readonly SparkFrame[];
  input(port?: string): SparkFrame;
  outputSchema(port: string): Schema;
  isUsed(port: string): boolean;
  /** A variable name made of the node's id, unique in the script. */
  variable(suffix?: string): PythonFragment;
  /** Checks an expression of the config and prints it as a Python string of Spark SQL. */
  expression(text: string, schema: Schema): PythonFragment;
}

export interface SparkContribution {
  /** Python statements, in order. */
  readonly statements: readonly PythonFragment[];
  readonly outputs?: { readonly [port: string]: SparkFrame };
  /** Streaming queries that the script waits for. */
  readonly queries?: readonly PythonFragment[];
  readonly notes?: readonly Text[];
}
