/** The figures of a collapsed group: rows over its border, and of its members the busiest, the most held up and the latest watermark. */
import type { EdgeLive, NodeLive } from '../runs/live-metrics.ts';
import type { BorderPort, GroupCard } from './card.ts';
import type { FootFigures } from './foot-figures.ts';

/** A group without an edge in, or out, shows its sources' or sinks' rows instead. */
export function groupFigures(
  card: GroupCard,
  nodeOf: (id: string) => NodeLive | null,
  edgeOf: (id: string) => EdgeLive | null,
): FootFigures {
  const members = card.members.map((node) => nodeOf(node.id)).filter((live) => live !== null);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const border = (ports: readonly BorderPort[], value: (edge: EdgeLive) => number) =>
    sum(
      ports.map((port) =>
        Math.max(
          0,
          ...port.edges
            .map((edge) => edgeOf(edge.id))
            .filter((edge) => edge !== null)
            .map(value),
        ),
      ),
    );
  const watermarks = members.map((live) => live.watermark).filter((watermark) => watermark !== null);
  const open = { in: card.inputs.length > 0, out: card.outputs.length > 0 };
  return {
    rateIn: open.in ? border(card.inputs, (edge) => edge.rate) : null,
    rateOut: open.out ? border(card.outputs, (edge) => edge.rate) : null,
    rowsIn: open.in ? border(card.inputs, (edge) => edge.rows) : Math.max(0, ...members.map((live) => live.rowsOut)),
    rowsOut: open.out ? border(card.outputs, (edge) => edge.rows) : Math.max(0, ...members.map((live) => live.rowsIn)),
    busy: Math.max(0, ...members.map((live) => live.busy)),
    pressed: Math.max(0, ...members.map((live) => live.pressed)),
    watermark: watermarks.length === 0 ? null : Math.min(...watermarks),
    atMs: members[0]?.atMs ?? 0,
    nodes: card.members.map((node) => node.id),
    stateBytes: sum(members.map((live) => live.stateBytes)),
    stateKeys: sum(members.map((live) => live.stateKeys)),
  };
}
