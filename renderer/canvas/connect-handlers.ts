/** A connection drawn from a port: fitting ports answer while it is drawn, a node takes it at its first fitting port, nothing opens quick-add. */
import type { Connection, FinalConnectionState, OnConnectStartParams } from '@xyflow/react';
import type { Point, PortReference } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { connectPorts, refusalOf } from '../app/editing.ts';
import { contains } from './geometry.ts';
import { splitPortKey } from './port-key.ts';
import { cardBox } from './project.ts';
import type { LineEdge } from './view.ts';

interface FlowStore {
  getState(): { cancelConnection(): void };
}

/** What a connection dropped at a point would do. */
export type DropTarget =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'port'; readonly port: PortReference }
  | { readonly kind: 'refused'; readonly reason: string };

/** The first port that fits of the card below a point, or why none does. */
export function dropTarget(designer: Designer, at: Point, side: 'in' | 'out', reason: (port: PortReference) => string | null): DropTarget {
  const { projection, live } = designer.view.getState();
  const card = projection.cards.find((candidate) =>
    contains(cardBox({ ...candidate, position: designer.view.positionOf(candidate) }, live), at),
  );
  if (card === undefined) return { kind: 'nothing' };
  let refusal: string | null = null;
  for (const row of card.rows) {
    for (const { name } of side === 'in' ? row.shape.inputs : row.shape.outputs) {
      const port = { node: row.node.id, port: name };
      const answer = reason(port);
      if (answer === null) return { kind: 'port', port };
      refusal ??= answer;
    }
  }
  return { kind: 'refused', reason: refusal ?? designer.connecting.noPort(side) };
}

export function connectHandlers(designer: Designer, flow: FlowStore) {
  const { connecting, shell, gestures } = designer;
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    connecting.end();
    flow.getState().cancelConnection();
  };
  return {
    onConnectStart(_event: unknown, { handleId, handleType }: OnConnectStartParams) {
      if (handleId === null) return;
      const port = splitPortKey(handleId);
      const side = handleType === 'source' ? 'out' : 'in';
      gestures.set({ activity: 'wire', card: null, edge: null, port: null });
      connecting.begin({ port, side }, (other) => (side === 'out' ? refusalOf(designer, port, other) : refusalOf(designer, other, port)));
      window.addEventListener('keydown', onEscape, true);
    },
    isValidConnection(connection: Connection | LineEdge) {
      const { sourceHandle, targetHandle } = connection;
      const start = connecting.start();
      if (sourceHandle == null || targetHandle == null || start === null) return false;
      return connecting.reason(splitPortKey(start.side === 'out' ? targetHandle : sourceHandle)) === null;
    },
    onConnect({ sourceHandle, targetHandle }: Connection) {
      if (sourceHandle !== null && targetHandle !== null && connecting.start() !== null)
        connectPorts(designer, splitPortKey(sourceHandle), splitPortKey(targetHandle));
    },
    onConnectEnd(event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) {
      window.removeEventListener('keydown', onEscape, true);
      gestures.set({ activity: 'rest' });
      const start = connecting.start();
      connecting.end();
      if (start === null || state.toHandle !== null || !(event instanceof globalThis.MouseEvent) || designer.canvas === null) return;
      const screen = { x: event.clientX, y: event.clientY };
      const at = designer.canvas.toDrawing(screen);
      const other = start.side === 'out' ? 'in' : 'out';
      const target = dropTarget(designer, at, other, (port) =>
        other === 'in' ? refusalOf(designer, start.port, port) : refusalOf(designer, port, start.port),
      );
      if (target.kind === 'nothing') shell.set({ quickAdd: { at: { x: at.x, y: at.y - 26 }, screen, from: start } });
      else if (target.kind === 'port') {
        if (other === 'in') connectPorts(designer, start.port, target.port);
        else connectPorts(designer, target.port, start.port);
      }
    },
  };
}
