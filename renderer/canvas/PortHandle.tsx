/** A port: the shape says what kind of stream, the fill that it is connected, pink that it carries late rows. */
import { Handle, Position } from '@xyflow/react';
import { memo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputRole } from '../../engine/spec/define-node.ts';
import type { Text } from '../../engine/spec/text.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { connectedPorts } from '../document/connected-ports.ts';
import { nodeLabel } from '../document/definitions.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { classes } from '../ui/classes.ts';
import { portHitHeight, portOffset } from './geometry.ts';
import style from './port.module.css';
import type { CardRow } from './project.ts';
import { portKey } from './project.ts';

interface PortHandleProps {
  readonly row: CardRow;
  readonly side: 'in' | 'out';
  readonly index: number;
  readonly count: number;
  readonly name: string;
  readonly label: Text;
  readonly role: OutputRole;
}

export const PortHandle = memo(function PortHandle({ row, side, index, count, name, label, role }: PortHandleProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const key = portKey(row.node.id, name);
  const connected = useStore(designer.documents, (state) => connectedPorts(state.document).has(`${side} ${key}`));
  const changelog = useStore(designer.checks, (state) => {
    if (side === 'in') return state.nodes.get(row.node.id)?.inputs.find((input) => input.port.name === name)?.changelog ?? 'append';
    return state.nodes.get(row.node.id)?.outputs.find((output) => output.port.name === name)?.changelog ?? 'append';
  });
  const fit = useSyncExternalStore(designer.connecting.subscribe, () => designer.connecting.fitOf({ node: row.node.id, port: name }, side));
  const node = nodeLabel(row.node, currentLanguage());
  const title = side === 'in' ? t('canvas.input', { port: words(label), node }) : t('canvas.output', { port: words(label), node });
  return (
    <Handle
      id={key}
      type={side === 'in' ? 'target' : 'source'}
      position={side === 'in' ? Position.Left : Position.Right}
      className={classes(
        style.port,
        side === 'in' ? style.left : style.right,
        connected && style.connected,
        changelog !== 'append' && style.changelog,
        role === 'late' && style.late,
        role === 'dead-letter' && style.bad,
        fit === 'fits' && style.fits,
        fit === 'refused' && style.refused,
        fit === 'origin' && style.active,
      )}
      style={{ top: row.top + portOffset(index), height: portHitHeight(count) }}
      data-port={key}
      data-side={side}
      data-fit={fit}
      title={title}
    />
  );
});
