/** Where rows come into the open group or leave it: a pill with the number of columns. View only, but it can be moved. */
import type { NodeProps } from '@xyflow/react';
import { LogIn, LogOut } from 'lucide-react';
import { memo } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { borderName } from './border-name.ts';
import { PORT_HIT, portOffset } from './geometry.ts';
import { PortHandle } from './PortHandle.tsx';
import style from './pill.module.css';
import { useCard } from './use-card.ts';
import type { PillFlowNode } from './view.ts';

const ICON = { size: 15, strokeWidth: 1.75 };

export const PillCard = memo(function PillCard({ data }: NodeProps<PillFlowNode>) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const card = useCard(data.card);
  const source = useStore(designer.documents, (state) => borderName(state.document, card.port));
  const columns = useStore(designer.checks, (state) => state.edges.get(card.port.edges[0].id)?.schema.fields.length ?? 0);
  const focused = useStore(designer.selection, (state) => state.focus === card.id);
  const side = t(card.side === 'in' ? 'groups.in' : 'groups.out');
  const text = t('canvas.columns', { count: columns });
  const title = t(card.side === 'in' ? 'groups.comesFrom' : 'groups.leavesFrom', { node: source });
  return (
    <div className={style.pill} data-card={card.id}>
      <button
        type="button"
        className={style.face}
        tabIndex={focused ? 0 : -1}
        data-pill={card.id}
        aria-label={`${title}, ${text}`}
        title={title}
        onFocus={() => designer.selection.focus(card.id)}
      >
        <span className={style.tile} aria-hidden="true">
          {card.side === 'in' ? <LogIn {...ICON} /> : <LogOut {...ICON} />}
        </span>
        <span className={style.words}>
          <span className={style.name} data-truncates="">
            {card.alone ? side : source}
          </span>
          <span className={style.columns}>{t('groups.pillColumns', { count: columns })}</span>
        </span>
      </button>
      <PortHandle
        handle={card.port.key}
        side={card.side === 'in' ? 'out' : 'in'}
        top={portOffset(0)}
        height={PORT_HIT}
        role={card.port.role}
      />
    </div>
  );
});
