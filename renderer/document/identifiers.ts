/** New ids for nodes and edges: short, readable, never one already in the document. */
import type { PipelineDocument } from '../../engine/spec/document.ts';

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const SUFFIX_LENGTH = 4;

export function newNodeId(document: PipelineDocument, type: string): string {
  const taken = new Set(document.nodes.map((node) => node.id));
  return unique(type.slice(0, 40), taken);
}

export function newEdgeId(document: PipelineDocument): string {
  const taken = new Set(document.edges.map((edge) => edge.id));
  return unique('edge', taken);
}

/** Of a group or a note: never the id of a node either, for cards are known by one of them. */
export function newDrawingId(document: PipelineDocument, prefix: 'group' | 'note'): string {
  const { groups = [], notes = [] } = document.drawing;
  return unique(prefix, new Set([...document.nodes, ...groups, ...notes].map((entry) => entry.id)));
}

export function newDocumentId(): string {
  return `pipeline-${randomSuffix(8)}`;
}

function unique(prefix: string, taken: ReadonlySet<string>): string {
  let id = `${prefix}-${randomSuffix(SUFFIX_LENGTH)}`;
  while (taken.has(id)) id = `${prefix}-${randomSuffix(SUFFIX_LENGTH)}`;
  return id;
}

function randomSuffix(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
