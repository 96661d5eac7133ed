/** In which order nodes of a batch get their rows where that is not the order in which they come. */
import type { InputOrder } from '../../operators/batch/sorting-operator.ts';
import type { ResolvedInput, ResolvedNode } from '../../spec/resolved-graph.ts';
import { isStorable } from '../../state/stored-columns.ts';
import { isWiring } from './plan-nodes.ts';

/**
 * By input; null: rows come as in a stream. What is broadcast is read before all other rows, and rows of a key come together. A node that
 * takes its rows by event time puts them in order itself, and rows with lists or maps cannot wait.
 */
export function orderInputs(node: ResolvedNode): readonly InputOrder[] | null {
  if (isWiring(node) || node.inputs.length === 0) return null;
  const { inputs } = node;
  const orders = inputs.map((input): InputOrder | null => {
    if (isBroadcast(input)) return { kind: 'first' };
    const keys = input.port.keyedBy === undefined ? null : (node.config[input.port.keyedBy] as readonly string[]);
    const keyed = keys !== null && (keys.length > 0 || input.port.keyless === undefined);
    if (keyed && input.port.needs !== 'watermark') return { kind: 'by-key', keys };
    return inputs.some(isBroadcast) ? { kind: 'as-they-come' } : null;
  });
  const waits = orders.every((order, at) => {
    const { schema, edges } = inputs[at];
    return order !== null && edges.length > 0 && (order.kind === 'first' || schema.fields.every(({ type }) => isStorable(type)));
  });
  return waits ? orders.flatMap((order) => order ?? []) : null;
}

function isBroadcast({ edges }: ResolvedInput): boolean {
  return edges.some(({ exchange }) => exchange.kind === 'broadcast');
}
