/** Which nodes of a batch get their rows key by key: those whose answers depend on the order in which rows of a key come. */
import type { ResolvedNode } from '../../spec/resolved-graph.ts';
import { isStorable } from '../../state/stored-columns.ts';
import { isWiring } from './plan-nodes.ts';

/**
 * Key columns by input; null: rows come as they do in a stream. A node that takes its rows by event time puts them in order itself, and
 * rows with lists or maps cannot wait.
 */
export function keysToSortBy(node: ResolvedNode): readonly (readonly string[])[] | null {
  if (isWiring(node) || node.inputs.length === 0) return null;
  const keys = node.inputs.map(({ port }) => (port.keyedBy === undefined ? null : (node.config[port.keyedBy] as readonly string[])));
  const sorted = node.inputs.every(({ port, schema, edges }, at) => {
    const keyed = keys[at] !== null && (keys[at].length > 0 || port.keyless === undefined);
    return keyed && port.needs !== 'watermark' && edges.length > 0 && schema.fields.every(({ type }) => isStorable(type));
  });
  return sorted ? keys.map((columns) => columns ?? []) : null;
}
