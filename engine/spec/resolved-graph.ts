/** A pipeline that has been read, typed and checked: what planner, exporters and the designer's pickers work from. Immutable. */

import type { ChangelogMode, Schema } from '../types/schema.ts';
import type { AnyNode, Exchange, InputPort, OutputPort } from './define-node.ts';
import type { PipelineDocument } from './document.ts';
import type { ConfigOf, Fields } from './fields.ts';
import type { JobSettings } from './job-settings.ts';
import type { NodeRun } from './node-run.ts';
import type { Problem } from './problem.ts';
import type { Text } from './text.ts';

export interface ResolvedInput {
  readonly port: InputPort;
  /** Schema of the first edge; without columns when nothing is connected. */
  readonly schema: Schema;
  readonly changelog: ChangelogMode;
  /** In document order. */
  readonly edges: readonly ResolvedEdge[];
}

export interface ResolvedOutput {
  readonly port: OutputPort;
  readonly schema: Schema;
  readonly changelog: ChangelogMode;
  readonly edges: readonly ResolvedEdge[];
}

export interface ResolvedNode {
  readonly id: string;
  readonly type: string;
  /** The label, or the type's name in English. */
  readonly label: string;
  readonly definition: AnyNode;
  /** Plain data (numbers, strings, arrays, Field objects): may be sent to a worker. */
  readonly config: ConfigOf<Fields>;
  readonly run: NodeRun;
  /** Parallel to the definition's inputs. */
  readonly inputs: readonly ResolvedInput[];
  /** Parallel to `definition.outputs(config)`. */
  readonly outputs: readonly ResolvedOutput[];
  /** Switched off but passing rows through: the planner connects its input to its output. */
  readonly passThrough: boolean;
}

export interface ResolvedEdge {
  readonly id: string;
  readonly from: { readonly nodeId: string; readonly port: string; readonly portIndex: number };
  readonly to: { readonly nodeId: string; readonly port: string; readonly portIndex: number };
  readonly schema: Schema;
  readonly changelog: ChangelogMode;
  /** How rows cross: `hash` when the target port is keyed, `global` when it is keyed by nothing; `forward` otherwise. A `plan` node's own exchange is in its definition. */
  readonly exchange: Exchange;
}

export interface ResolvedGraph {
  readonly document: PipelineDocument;
  readonly job: JobSettings;
  /** Topological order, sources first; nodes that are off or whose branch is off are not in it. */
  readonly nodes: readonly ResolvedNode[];
  readonly edges: readonly ResolvedEdge[];
  readonly node: ReadonlyMap<string, ResolvedNode>;
}

/** `graph` is there for pickers even when there are problems; it may be run or exported only without errors. */
export interface Resolution {
  readonly graph: ResolvedGraph;
  readonly problems: readonly Problem[];
}

export interface Guarantee {
  readonly guarantee: 'exactly-once' | 'at-least-once' | 'at-most-once' | 'effectively-once';
  readonly reason: Text;
}
