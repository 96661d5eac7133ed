/** Which code can be edited with room for it, and the way there. */
import type { Designer } from '../app/designer.ts';
import { nodeShape } from '../document/definitions.ts';

export interface LargeCodePlace {
  readonly nodeId: string;
  readonly field: string;
}

/** The code of the one node that is selected or has the focus; null: there is none. */
export function largeCodeOf({ documents, selection }: Designer): LargeCodePlace | null {
  const { nodes, focus } = selection.getState();
  const nodeId = nodes.size === 1 ? [...nodes][0] : nodes.size === 0 ? focus : null;
  const node = documents.getState().document.nodes.find((candidate) => candidate.id === nodeId);
  const fields = node === undefined ? {} : (nodeShape(node).definition?.fields ?? {});
  const found = Object.entries(fields).find(([, field]) => field.kind === 'code');
  return node === undefined || found === undefined ? null : { nodeId: node.id, field: found[0] };
}

export function openLargeCode(designer: Designer): void {
  const place = largeCodeOf(designer);
  if (place !== null) designer.shell.set({ dialog: { kind: 'code', ...place } });
}

/** Under this name an editor keeps undo history and caret of a node's code. */
export function codeKey(documentId: string, { nodeId, field }: LargeCodePlace): string {
  return `${documentId} ${nodeId} ${field}`;
}
