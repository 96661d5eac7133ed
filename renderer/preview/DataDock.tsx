/** The dock's Data tab: rows over a sample while editing, the newest rows of an edge while running. */
import { RefreshCw, Rows3, Table2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useDesigner, useStore } from '../app/designer.ts';
import { isLive } from '../runs/run-store.ts';
import { TailTable } from '../runs/TailTable.tsx';
import { formatSpan } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { PreviewSides } from './PreviewSides.tsx';
import style from './preview.module.css';
import { Failure } from './RecordDetail.tsx';

type Mode = 'preview' | 'run';

export function DataDock() {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const live = useStore(runs, (state) => isLive(state.current));
  const ran = useStore(runs, (state) => state.current !== null);
  const [wanted, setWanted] = useState<Mode | null>(null);
  const mode: Mode = ran ? (wanted ?? (live ? 'run' : 'preview')) : 'preview';
  // A run that starts brings its own rows up; one that ends leaves the choice to what is asked for next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the change counts
  useEffect(() => setWanted(null), [live]);
  const choice = ran ? (
    <Segmented
      label={t('preview.rowsOfWhat')}
      value={mode}
      options={[
        { value: 'run', label: t('preview.ofRun') },
        { value: 'preview', label: t('preview.ofSample') },
      ]}
      onChange={(value) => setWanted(value as Mode)}
    />
  ) : null;
  return mode === 'run' ? <TailTable choice={choice} /> : <Sample choice={choice} />;
}

function Sample({ choice }: { readonly choice: React.ReactNode }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const selectedNodes = useStore(designer.selection, (state) => state.nodes);
  const selectedEdges = useStore(designer.selection, (state) => state.edges);
  const edge = selectedNodes.size > 0 ? undefined : document.edges.find((candidate) => selectedEdges.has(candidate.id));
  const node = document.nodes.find((candidate) => (edge === undefined ? selectedNodes.has(candidate.id) : candidate.id === edge.from.node));
  const previewed = useStore(designer.preview, (state) => (node === undefined ? undefined : state.nodes.get(node.id)));
  const error = useStore(designer.preview, (state) => state.error);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another node may not have been asked for yet
  useEffect(() => designer.preview.watch(), [designer, node?.id]);
  if (node === undefined) {
    return (
      <div className={style.dock}>
        <SampleHead choice={choice} />
        <Empty
          icon={<Table2 size={20} strokeWidth={1.75} />}
          title={t('preview.pick')}
          text={t(document.nodes.length === 0 ? 'preview.pickEmpty' : 'preview.pickText')}
        />
      </div>
    );
  }
  return (
    <div className={style.dock}>
      <SampleHead choice={choice} />
      {previewed !== undefined ? (
        <PreviewSides key={`${node.id} ${edge?.id ?? ''}`} node={node} preview={previewed} outputPort={edge?.from.port ?? null} />
      ) : error !== null ? (
        <div className={style.absent}>
          <Failure error={error} />
          <Button small icon={<RefreshCw size={13} strokeWidth={1.75} />} onClick={() => designer.preview.request()}>
            {t('preview.again')}
          </Button>
        </div>
      ) : (
        <Skeleton />
      )}
    </div>
  );
}

/** Only where there is something to say or to choose: rows come first in a low dock. */
function SampleHead({ choice }: { readonly choice: React.ReactNode }) {
  const { t } = useTranslation();
  if (choice === null) return null;
  return (
    <div className={style.dockHead}>
      {choice}
      <span className={style.note} title={t('preview.sampleNote')} data-truncates="">
        {t('preview.sampleNote')}
      </span>
    </div>
  );
}

/** At the end of the dock's tabs: how fresh the rows are, and asking again. */
export function PreviewState() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const waiting = useStore(designer.preview, (state) => state.waiting);
  const stale = useStore(designer.preview, (state) => [...state.nodes.values()].some((node) => node.stale));
  const durationMs = useStore(designer.preview, (state) => state.durationMs);
  const live = useStore(designer.runs, (state) => isLive(state.current));
  const slow = useLater(waiting, 150);
  if (live) return null;
  return (
    <span className={style.state}>
      {slow || stale ? (
        <span className={style.stale}>{t('preview.updating')}</span>
      ) : durationMs === null ? null : (
        <span className={style.note}>{t('preview.took', { span: formatSpan(durationMs) })}</span>
      )}
      <IconButton
        small
        side="top"
        label={t('preview.again')}
        icon={<RefreshCw size={14} strokeWidth={1.75} />}
        onClick={() => designer.preview.request()}
      />
    </span>
  );
}

/** The shape of what is coming, once it takes longer than a blink. */
function Skeleton() {
  const { t } = useTranslation();
  const shown = useLater(true, 150);
  const long = useLater(true, 2000);
  if (!shown) return <div className={style.sides} />;
  return (
    <div className={style.sides} role="status" aria-label={t('preview.loading')}>
      {['in', 'out'].map((side) => (
        <div key={side} className={style.side}>
          <div className={style.sideHead}>{long ? <span className={style.note}>{t('preview.loading')}</span> : null}</div>
          {[0, 1, 2].map((row) => (
            <div key={row} className={style.bone}>
              <Rows3 size={14} strokeWidth={1.5} />
              <span />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** True once `on` has been true for so long. */
function useLater(on: boolean, milliseconds: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!on) return undefined;
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(timer);
  }, [on, milliseconds]);
  return late && on;
}
