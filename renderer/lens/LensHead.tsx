/** The head of the lens: question, sentence with the cause, explanation, and at the right the ways out. */
import { ChartNoAxesGantt, ClockAlert, Rows3, Table2, Waves, X } from 'lucide-react';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useWindowWidth } from '../app/use-window-width.ts';
import { isLive } from '../runs/run-store.ts';
import { watchEdge } from '../runs/watch-edge.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Chip, Explanation, Headline, labelOf } from './CauseWords.tsx';
import type { Cause } from './causes.ts';
import style from './lens.module.css';
import { applyRemedy, closeLens } from './open-lens.ts';
import type { Remedy } from './remedies.ts';
import { remediesFor } from './remedies.ts';
import { spanned } from './spans.ts';

const ICON = { size: 14, strokeWidth: 1.75 };
/** Narrower windows have no room for the late rows beside. */
const LATE_BESIDE_FROM = 1024;
const DEFAULT_PARALLELISM = 1;

export function LensHead({ nodeId, cause }: { readonly nodeId: string; readonly cause: Cause }) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  // Other words are other sentences: none of their parts wanders from line to line.
  const said = JSON.stringify(cause);
  const document = useStore(documents, (state) => state.document);
  return (
    <header className={style.head}>
      <div className={style.words}>
        <p className={style.question}>
          <Waves size={14} strokeWidth={1.75} aria-hidden="true" />
          {t('lens.question')}
          <Chip>{labelOf(document, nodeId)}</Chip>
        </p>
        <h2 className={style.headline} aria-live="polite" data-headline="">
          <span key={said}>
            <Headline cause={cause} />
          </span>
        </h2>
        <p key={said} className={style.explanation}>
          <Explanation cause={cause} />
        </p>
      </div>
      <Ways nodeId={nodeId} cause={cause} />
    </header>
  );
}

function Ways({ nodeId, cause }: { readonly nodeId: string; readonly cause: Cause }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const asTable = useStore(designer.lens, (state) => state.asTable);
  const document = useStore(designer.documents, (state) => state.document);
  const run = useStore(designer.runs, (state) => state.current);
  const lateOpen = useStore(designer.lens, (state) => state.lateOpen);
  const narrow = useWindowWidth() < LATE_BESIDE_FROM;
  const [first, ...others] = remediesFor(cause, parallelismOf(designer));
  const edge = document.edges.find((candidate) => candidate.to.node === nodeId);
  const words = (remedy: Remedy) =>
    t(`lens.remedy.${remedy.kind}`, {
      label: remedy.kind === 'open-node' ? labelOf(document, remedy.nodeId) : '',
      delay: remedy.kind === 'lower-delay' ? spanned(remedy.delayMs) : '',
      span: remedy.kind === 'idle-after' ? spanned(remedy.idleMs) : '',
    });
  const waits = first?.kind === 'one-subtask' && isLive(run);
  const changed = run !== null && isLive(run) && parallelismOf(designer) !== run.parallelism;
  return (
    <div className={style.ways}>
      <div className={style.tools}>
        {narrow ? (
          <IconButton
            small
            label={t('lens.lateShown')}
            pressed={lateOpen}
            icon={<ClockAlert {...ICON} />}
            onClick={() => designer.lens.set({ lateOpen: !lateOpen })}
          />
        ) : null}
        <IconButton
          small
          label={asTable ? t('lens.asChart') : t('lens.asTable')}
          pressed={asTable}
          icon={asTable ? <ChartNoAxesGantt {...ICON} /> : <Table2 {...ICON} />}
          onClick={() => designer.lens.set({ asTable: !asTable })}
        />
        <IconButton small label={t('lens.close')} keys="Esc" icon={<X {...ICON} />} onClick={() => closeLens(designer)} />
      </div>
      {first === undefined ? (
        <span className={style.noPrimary} />
      ) : (
        <Button
          look="primary"
          className={style.primary}
          data-remedy={first.kind}
          title={first.kind === 'idle-after' ? t('lens.restarts') : undefined}
          onClick={() => applyRemedy(designer, first)}
        >
          {words(first)}
        </Button>
      )}
      <div className={style.others}>
        {waits || changed ? <span className={style.next}>{changed ? t('lens.appliedNext') : t('lens.nextStart')}</span> : null}
        {others.map((remedy) => (
          <Button
            key={remedy.kind}
            small
            data-remedy={remedy.kind}
            title={remedy.kind === 'idle-after' ? t('lens.restarts') : undefined}
            onClick={() => applyRemedy(designer, remedy)}
          >
            {words(remedy)}
          </Button>
        ))}
        {edge === undefined ? null : (
          <Button
            small
            look="ghost"
            icon={<Rows3 size={13} strokeWidth={1.75} />}
            onClick={() => {
              closeLens(designer);
              watchEdge(designer, edge.id);
            }}
          >
            {t('lens.rowsOnEdge')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** As the drawing has it now: what the next run will have. */
function parallelismOf({ documents }: Designer): number {
  const value = documents.getState().document.job['parallelism'];
  return typeof value === 'number' ? value : DEFAULT_PARALLELISM;
}
