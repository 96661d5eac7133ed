/** What a port carries: its name, columns and changelog mode. */
import { useEffect, useState } from 'react';
import { useDesigner, useStore } from '../../app/designer.ts';
import { nodeLabel } from '../../document/definitions.ts';
import { currentLanguage, words } from '../../strings/language.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import type { HoveredPort } from '../gestures.ts';
import { portShape } from '../PortHandle.tsx';
import { portPoint } from '../project.ts';
import { Anchored } from './Anchored.tsx';
import { ColumnRows } from './ColumnRows.tsx';
import style from './overlay.module.css';

const SHOW_AFTER_MS = 500;
const GAP = 16;
const COLUMNS_MAX = 8;

export function PortTip() {
  const { gestures } = useDesigner();
  const port = useStore(gestures, (state) => state.port);
  const [shown, setShown] = useState<HoveredPort | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setShown(port), port === null ? 0 : SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [port]);
  return shown === null || shown !== port ? null : <Tip hovered={shown} />;
}

function Tip({ hovered }: { readonly hovered: HoveredPort }) {
  const { view, checks, documents } = useDesigner();
  const { t } = useTranslation();
  const { port, side } = hovered;
  const node = useStore(checks, (state) => state.nodes.get(port.node));
  const end =
    side === 'in'
      ? node?.inputs.find((candidate) => candidate.port.name === port.port)
      : node?.outputs.find((candidate) => candidate.port.name === port.port);
  const shape = useStore(checks, (state) => portShape(state, port, side));
  const spec = useStore(documents, (state) => state.document.nodes.find((candidate) => candidate.id === port.node));
  if (end === undefined) return null;
  const name = spec === undefined ? port.node : nodeLabel(spec, currentLanguage());
  return (
    <Anchored
      at={() => {
        const card = view.getState().projection.cardOf.get(port.node);
        const offset = card === undefined ? null : (portPoint(card, port, side)?.point ?? null);
        return card === undefined || offset === null ? null : { x: card.position.x + offset.x, y: card.position.y + offset.y };
      }}
      side="below"
      gap={GAP}
      className={style.popover}
      role="tooltip"
      data-port-tip=""
    >
      <div className={style.popoverHead}>
        <span>
          {side === 'in'
            ? t('canvas.input', { port: words(end.port.label), node: name })
            : t('canvas.output', { port: words(end.port.label), node: name })}
        </span>
        <span>
          {t(`inspector.${end.changelog}`)}
          {shape === 'broadcast' ? ` · ${t('groups.broadcast')}` : ''}
        </span>
      </div>
      <ColumnRows schema={end.schema} most={COLUMNS_MAX} />
    </Anchored>
  );
}
