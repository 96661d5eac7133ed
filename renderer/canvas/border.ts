/** Streams of rows that cross a group's border, gathered by the output port they come from: one stream, one port. */
import type { OutputRole } from '../../engine/spec/define-node.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument, Point, PortReference } from '../../engine/spec/document.ts';
import { nodeShape } from '../document/definitions.ts';
import type { GroupIndex } from '../document/group-index.ts';
import type { BorderPort, Projection } from './card.ts';
import { portKey } from './port-key.ts';

export const ORIGIN: Point = { x: 0, y: 0 };

/** What one projection works with. */
export interface ProjectionInput {
  readonly document: PipelineDocument;
  readonly groups: GroupIndex;
  readonly open: string | null;
  readonly nodes: ReadonlyMap<string, NodeSpec>;
  readonly previous: Projection;
}

/** By output port. */
export type Streams = Map<string, EdgeSpec[]>;

export function addToStream(streams: Streams, edge: EdgeSpec): void {
  const key = portKey(edge.from.node, edge.from.port);
  const edges = streams.get(key);
  if (edges === undefined) streams.set(key, [edge]);
  else edges.push(edge);
}

/** `end`: the end of the edges that the handles stand for. */
export function borderPorts(input: ProjectionInput, streams: Streams | undefined, end: 'from' | 'to'): readonly BorderPort[] {
  const taken = new Set<string>();
  return [...(streams ?? new Map<string, EdgeSpec[]>()).values()].map((edges) => {
    const [first] = edges;
    const plain = portKey(first[end].node, first[end].port);
    let key = plain;
    for (let count = 2; taken.has(key); count++) key = `${plain}#${count}`;
    taken.add(key);
    return { key, from: first.from, role: roleOf(input, first.from), edges };
  });
}

export function samePorts(a: readonly BorderPort[], b: readonly BorderPort[]): boolean {
  return a.length === b.length && a.every((port, index) => sameBorderPort(port, b[index]));
}

export function sameBorderPort(a: BorderPort, b: BorderPort): boolean {
  return (
    a.key === b.key && a.role === b.role && a.edges.length === b.edges.length && a.edges.every((edge, index) => edge === b.edges[index])
  );
}

/** `side` of the line's end: the pill that takes the end of a line is where rows go out. */
export function pillId(side: 'in' | 'out', from: PortReference): string {
  return `pill ${side === 'in' ? 'out' : 'in'} ${portKey(from.node, from.port)}`;
}

export function roleOf(input: ProjectionInput, from: PortReference): OutputRole {
  const node = input.nodes.get(from.node);
  return node === undefined ? 'main' : (nodeShape(node).outputs.find((port) => port.name === from.port)?.role ?? 'main');
}
