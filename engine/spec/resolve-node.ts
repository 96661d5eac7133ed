/** One node of a pipeline, read and typed for given inputs; the pieces that resolving a graph caches. */
import type { ExpressionSettings } from '../expressions/typed-expression.ts';
import type { Schema } from '../types/schema.ts';
import { checkFields } from './check-fields.ts';
import type { AnyNode, NodeInputs, OutputPort, PortShape } from './define-node.ts';
import type { NodeSpec } from './document.ts';
import type { ConfigOf, Fields } from './fields.ts';
import { withNode } from './fixes.ts';
import type { JobSettings } from './job-settings.ts';
import { type NodeRun, nodeRunFields, nodeRunJson } from './node-run.ts';
import type { Problem } from './problem.ts';
import { hasErrors } from './problem.ts';
import { isVisible, readConfig } from './read-config.ts';

export const EMPTY_SCHEMA: Schema = { fields: [] };
export const EMPTY_SHAPE: PortShape = { schema: EMPTY_SCHEMA, changelog: 'append' };

/** What follows from the node's own text alone. */
export interface ReadNode {
  readonly spec: NodeSpec;
  readonly definition: AnyNode;
  readonly config: ConfigOf<Fields>;
  readonly run: NodeRun;
  readonly outputs: readonly OutputPort[];
  readonly problems: readonly Problem[];
}

/** What follows once its inputs are known. */
export interface TypedNode {
  readonly read: ReadNode;
  /** Per input port of the definition, one shape per edge. */
  readonly arriving: readonly (readonly PortShape[])[];
  readonly shapes: { readonly [port: string]: PortShape };
  readonly problems: readonly Problem[];
}

export function readNode(spec: NodeSpec, definition: AnyNode): ReadNode {
  const migrated = definition.migrations
    .slice(spec.configVersion ?? 0)
    .reduce((config, migration) => migration.migrate(config), spec.config);
  const { config, problems } = readConfig(definition.fields, migrated);
  const run = readConfig(nodeRunFields, nodeRunJson(spec));
  return {
    spec: { ...spec, config: migrated },
    definition,
    config,
    run: run.config,
    outputs: definition.outputs(config),
    problems: [...problems, ...run.problems],
  };
}

export function typeNode(read: ReadNode, arriving: readonly (readonly PortShape[])[], job: JobSettings): TypedNode {
  const { definition, config } = read;
  const inputs = nodeInputs(definition, arriving, job);
  const ownProblems = checkFields(definition.fields, config, inputs, (field) => isVisible(definition.fields, field, read.spec.config));
  const found = [...read.problems, ...ownProblems];
  // A config that could not be read was completed with blanks; the node's own check would complain about those.
  const checked = hasErrors(read.problems) ? found : [...found, ...definition.check(config, inputs)];
  return {
    read,
    arriving,
    shapes: definition.outputSchema(config, inputs),
    problems: checked.map((problem) => withNode(problem, read.spec.id)),
  };
}

export function nodeInputs(definition: AnyNode, arriving: readonly (readonly PortShape[])[], job: JobSettings): NodeInputs {
  const edges = (port?: string): readonly PortShape[] => {
    const index = port === undefined ? 0 : definition.inputs.findIndex((candidate) => candidate.name === port);
    return arriving[index] ?? [];
  };
  const shape = (port?: string): PortShape => edges(port)[0] ?? EMPTY_SHAPE;
  const settings: ExpressionSettings = { timeZone: job.timeZone };
  return { edges, shape, schema: (port) => shape(port).schema, job, settings };
}
