/** A port: the shape says what kind of stream, the fill that it is connected, pink that it carries late rows. */
import { Handle, Position } from '@xyflow/react';
import { memo, useSyncExternalStore } from 'react';
import type { OutputRole } from '../../engine/spec/define-node.ts';
import type { PortReference } from '../../engine/spec/document.ts';
import type { ResolvedInput, ResolvedOutput } from '../../engine/spec/resolved-graph.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import type { CheckState } from '../document/checks.ts';
import { connectedPorts } from '../document/connected-ports.ts';
import { classes } from '../ui/classes.ts';
import style from './port.module.css';
import { portKey, splitPortKey } from './port-key.ts';

interface PortHandleProps {
  /** `node/port` of the port that an edge drawn here would use. */
  readonly handle: string;
  readonly side: 'in' | 'out';
  /** Its middle, from the card's top. */
  readonly top: number;
  /** Of the area to hit. */
  readonly height: number;
  readonly role: OutputRole;
}

export const PortHandle = memo(function PortHandle({ handle, side, top, height, role }: PortHandleProps) {
  const designer = useDesigner();
  const port = splitPortKey(handle);
  const key = portKey(port.node, port.port);
  const connected = useStore(designer.documents, (state) => connectedPorts(state.document).has(`${side} ${key}`));
  const shape = useStore(designer.checks, (state) => portShape(state, port, side));
  const fit = useSyncExternalStore(designer.connecting.subscribe, () => designer.connecting.fitOf(port, side));
  return (
    <Handle
      id={handle}
      type={side === 'in' ? 'target' : 'source'}
      position={side === 'in' ? Position.Left : Position.Right}
      className={classes(
        style.port,
        side === 'in' ? style.left : style.right,
        connected && style.connected,
        shape === 'changelog' && style.changelog,
        shape === 'broadcast' && style.broadcast,
        role === 'late' && style.late,
        role === 'dead-letter' && style.bad,
        fit === 'fits' && style.fits,
        fit === 'refused' && style.refused,
        fit === 'origin' && style.active,
      )}
      style={{ top, height }}
      data-port={key}
      data-side={side}
      data-fit={fit}
    />
  );
});

type PortShape = 'append' | 'changelog' | 'broadcast';

export function portShape(state: CheckState, port: PortReference, side: 'in' | 'out'): PortShape {
  const found = resolvedPort(state, port, side);
  if (found === null) return 'append';
  if (found.edges.some((edge) => edge.exchange.kind === 'broadcast')) return 'broadcast';
  return found.changelog === 'append' ? 'append' : 'changelog';
}

function resolvedPort(state: CheckState, { node, port }: PortReference, side: 'in' | 'out'): ResolvedInput | ResolvedOutput | null {
  const resolved = state.nodes.get(node);
  const ports: readonly (ResolvedInput | ResolvedOutput)[] = (side === 'in' ? resolved?.inputs : resolved?.outputs) ?? [];
  return ports.find((candidate) => candidate.port.name === port) ?? null;
}
