/** The states of an edge, painted by the canvas's own painter between real ports, and the shapes of ports. */
import type { NodeProps, NodeTypes } from '@xyflow/react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { portHitHeight, portOffset } from '../canvas/geometry.ts';
import { PortHandle } from '../canvas/PortHandle.tsx';
import { portKey } from '../canvas/port-key.ts';
import type { NodesFlowNode } from '../canvas/view.ts';
import { connectedPorts } from '../document/connected-ports.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import style from './anatomy.module.css';
import { drawings } from './drawings.ts';
import { Specimen } from './Specimen.tsx';
import { running, withStreams } from './states.ts';

/** Of one edge's field: a multiple of the dot grid, so that the painted grounds join. */
const COLUMN = 234;
const HEIGHT = 54;
const AT = { x: 18, y: 18 };
const ENDS: NodeTypes = { nodes: EdgeEnd };

const FIRST = ['idle', 'grouped', 'few', 'thousand', 'tenThousand', 'pressed'] as const;
const SECOND = ['late', 'changelog', 'broadcast', 'misfit', 'insert', 'selected'] as const;
const PORTS = ['append', 'changelog', 'broadcast', 'late', 'hollow'] as const;

export function EdgeStates() {
  const { t } = useTranslation();
  const captions = (names: readonly ((typeof FIRST)[number] | (typeof SECOND)[number])[]) => (
    <div className={style.captions}>
      {names.map((name) => (
        <p key={name} style={{ width: COLUMN }}>
          <strong>{t(`gallery.edge.${name}.title`)}</strong>
          <span>{t(`gallery.edge.${name}.text`)}</span>
        </p>
      ))}
    </div>
  );
  const shared = { height: HEIGHT, at: AT, nodeTypes: ENDS, edges: true };
  return (
    <>
      <div className={style.edgeRow}>
        <Specimen {...shared} drawing={drawings.still} width={2 * COLUMN} />
        <Specimen {...shared} drawing={drawings.flowing} prepare={flowing} width={4 * COLUMN} />
      </div>
      {captions(FIRST)}
      <div className={style.edgeRow}>
        <Specimen {...shared} drawing={drawings.more} prepare={streams} width={6 * COLUMN} inserting="insert" />
      </div>
      {captions(SECOND)}
      <div className={style.ports}>
        <strong>{t('gallery.ports')}</strong>
        {PORTS.map((port) => (
          <span key={port} className={style.port}>
            <i className={classes(style.shape, style[port])} />
            {t(`gallery.port.${port}`)}
          </span>
        ))}
        <span className={style.rule}>{t('gallery.portRule')}</span>
      </div>
    </>
  );
}

/** Only the ports that have an edge: a card without its body. */
function EdgeEnd({ data }: NodeProps<NodesFlowNode>) {
  const designer = useDesigner();
  const connected = useStore(designer.documents, (state) => connectedPorts(state.document));
  return data.card.rows.flatMap((row) =>
    (['in', 'out'] as const).flatMap((side) => {
      const ports = side === 'in' ? row.shape.inputs : row.shape.outputs;
      return ports.map((port, index) => {
        const handle = portKey(row.node.id, port.name);
        const joint = side === 'in' ? row.hiddenInput : row.hiddenOutput;
        if (port.name === joint || !connected.has(`${side} ${handle}`)) return null;
        return (
          <PortHandle
            key={`${side} ${handle}`}
            handle={handle}
            side={side}
            top={row.top + portOffset(index)}
            height={portHitHeight(ports.length)}
            role={side === 'in' ? 'main' : (row.shape.outputs[index]?.role ?? 'main')}
          />
        );
      });
    }),
  );
}

function flowing(designer: Designer): Designer {
  const from = (rate: number, pressed = 0) => ({ rateIn: 0, rateOut: rate, busy: 0.3, pressed });
  const to = (rate: number, busy = 0.3) => ({ rateIn: rate, rateOut: 0, busy });
  running(
    designer,
    {
      'few-a': from(10),
      'few-b': to(10),
      'thousand-a': from(1000),
      'thousand-b': to(1000),
      'ten-thousand-a': from(10_000),
      'ten-thousand-b': to(10_000),
      'pressed-a': from(12_400, 0.38),
      'pressed-b': to(12_400, 0.9),
    },
    { few: 10, thousand: 1000, 'ten-thousand': 10_000, pressed: 12_400 },
  );
  return designer;
}

function streams(designer: Designer): Designer {
  designer.selection.select([], ['selected']);
  return withStreams(designer, ['changelog'], ['broadcast']);
}
