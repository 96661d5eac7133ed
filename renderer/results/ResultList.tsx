/** The results of a pipeline, one per sink, with their rows; below, where the shown one comes from. */
import { ChartColumn, Table2, TrendingUp, Trophy, Workflow } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { nodeLabel } from '../document/definitions.ts';
import { formatInteger } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import type { ResultLook } from './choose-view.ts';
import { chooseView } from './choose-view.ts';
import { inputColumns } from './input-columns.ts';
import style from './results.module.css';
import { showCanvas } from './show-results.ts';
import { wayTo } from './sinks.ts';
import { WayPicture } from './WayPicture.tsx';

const WAY_MAX = 12;
const ICONS = { lines: TrendingUp, top: Trophy, bars: ChartColumn, table: Table2 } as const satisfies Record<ResultLook, unknown>;

interface ResultListProps {
  readonly sinks: readonly NodeSpec[];
  readonly shown: NodeSpec;
}

export function ResultList({ sinks, shown }: ResultListProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const way = wayTo(document, shown.id, WAY_MAX);
  return (
    <aside className={style.side} aria-label={t('results.list')}>
      <h2 className={style.sideTitle}>{t('results.results')}</h2>
      <ul className={style.list}>
        {sinks.map((sink) => (
          <Entry key={sink.id} sink={sink} current={sink === shown} />
        ))}
      </ul>
      <h2 className={style.sideTitle}>{t('results.origin')}</h2>
      <WayPicture document={document} sink={shown.id} />
      <p className={style.way}>{way.map((node) => nodeLabel(node, currentLanguage())).join(' → ')}</p>
      <div className={style.wayButton}>
        <Button
          small
          icon={<Workflow size={13} strokeWidth={1.75} />}
          onClick={() => {
            showCanvas(designer);
            designer.selection.select([shown.id]);
          }}
        >
          {t('results.openCanvas')}
        </Button>
      </div>
    </aside>
  );
}

function Entry({ sink, current }: { readonly sink: NodeSpec; readonly current: boolean }) {
  const { live, shell, documents, checks } = useDesigner();
  const spec = useStore(documents, (state) => state.document.drawing.results?.[sink.id]);
  const node = useStore(checks, (state) => state.nodes.get(sink.id));
  const rows = useSyncExternalStore(
    (listener) => live.subscribeNode(sink.id, listener),
    () => live.node(sink.id)?.rowsIn ?? null,
  );
  const Icon = ICONS[chooseView(inputColumns(node), spec).look];
  const label = nodeLabel(sink, currentLanguage());
  return (
    <li>
      <button
        type="button"
        className={style.entry}
        aria-current={current ? 'true' : undefined}
        data-result={sink.id}
        onClick={() => shell.set({ result: sink.id })}
      >
        <Icon size={15} strokeWidth={1.75} aria-hidden="true" />
        <span className={style.entryName} data-truncates="" title={label}>
          {label}
        </span>
        {rows === null ? null : <span className={style.entryRows}>{formatInteger(rows)}</span>}
      </button>
    </li>
  );
}
