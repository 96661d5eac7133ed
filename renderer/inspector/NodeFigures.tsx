/** A running node in the inspector: why it is slow, rates, state, late and bad rows, its subtasks, its last minutes and newest rows. */
import type { ReactNode } from 'react';
import { useLayoutEffect, useRef } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useNodeLive } from '../canvas/use-node-live.ts';
import { nodeShape } from '../document/definitions.ts';
import { HOT_FROM } from '../runs/bottleneck.ts';
import type { NodeLive } from '../runs/live-metrics.ts';
import { isLive } from '../runs/run-store.ts';
import { formatBytes, formatCount, formatInteger, formatWatermark } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Figure } from './Figure.tsx';
import style from './inspector.module.css';
import { LatestRows } from './LatestRows.tsx';
import { NodeCause } from './NodeCause.tsx';
import { NodeSeries } from './NodeSeries.tsx';
import inspecting from './running.module.css';
import type { SubtaskRow, Subtasks } from './use-subtasks.ts';
import { useSubtasks } from './use-subtasks.ts';

export function NodeFigures({ node }: { readonly node: NodeSpec }) {
  const { runs, shell } = useDesigner();
  const { t } = useTranslation();
  const live = useNodeLive(node.id);
  const running = useStore(runs, (state) => isLive(state.current));
  // A run that has just ended leaves everything in its place, as the frame does.
  const arranged = useStore(shell, (state) => state.arrangedForRun);
  const subtasks = useSubtasks(node.id);
  if (live === null && !arranged) return null;
  return (
    <div className={arranged ? inspecting.running : undefined}>
      {arranged ? (
        <Room className={inspecting.causeRoom}>
          {running ? <NodeCause node={node} skew={subtasks.skew} /> : null}
          <Calm live={live} running={running} />
        </Room>
      ) : null}
      <div className={style.figures} data-figures={live === null ? undefined : ''}>
        <Rows label={t('inspector.rowsIn')} rate={running} perSecond={live?.rateIn} total={live?.rowsIn} />
        <Rows label={t('inspector.rowsOut')} rate={running} perSecond={live?.rateOut} total={live?.rowsOut} />
        <Figure
          label={t('inspector.state')}
          value={live === null ? '–' : formatBytes(live.stateBytes)}
          unit={live === null ? '' : t('inspector.keys', { keys: formatCount(live.stateKeys) })}
        />
        {live?.stateDiskBytes === undefined ? null : (
          <Figure label={t('inspector.stateOnDisk')} value={formatBytes(live.stateDiskBytes)} unit="" />
        )}
      </div>
      {arranged ? <SubtaskTable subtasks={subtasks} /> : null}
      {arranged ? <NodeSeries nodeId={node.id} /> : null}
      {arranged ? <LatestRows nodeId={node.id} /> : null}
      <Room className={arranged && hasSideOutput(node) ? inspecting.lostRoom : undefined}>
        {live === null ? null : <Lost live={live} />}
      </Room>
    </div>
  );
}

/** A node with an output of its own for late or unreadable rows will likely have some. */
function hasSideOutput(node: NodeSpec): boolean {
  const { outputs } = nodeShape(node);
  return outputs.length > 1 && outputs.some(({ role }) => role !== 'main');
}

/** Room that never becomes less: what is below would jump as causes of slowness and counts of lost rows come and go. */
function Room({ className, children }: { readonly className: string | undefined; readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      element.style.minHeight = `${element.offsetHeight}px`;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className={className}>
      {children}
    </div>
  );
}

/** What stands there while nothing is slow. */
function Calm({ live, running }: { readonly live: NodeLive | null; readonly running: boolean }) {
  const { t } = useTranslation();
  const busy = Math.round((live?.busy ?? 0) * 100);
  const pressed = Math.round((live?.pressed ?? 0) * 100);
  return (
    <div className={inspecting.calm}>
      <p>{live === null ? t('running.awaited') : running ? t('running.keepsUp', { busy }) : t('running.over')}</p>
      {running ? (
        <span className={inspecting.meter} aria-hidden="true">
          <span className={inspecting.busyPart} style={{ width: `${busy}%` }} />
          <span className={inspecting.pressedPart} style={{ width: `${pressed}%` }} />
        </span>
      ) : null}
    </div>
  );
}

/** Rows that came late or could not be read. */
function Lost({ live }: { readonly live: NodeLive }) {
  const { t } = useTranslation();
  if (live.lateRecords + live.badRecords === 0) return null;
  return (
    <div className={style.counts}>
      {live.lateRecords > 0 ? (
        <span className={style.lateCount}>
          {t('inspector.lateRows')} {formatInteger(live.lateRecords)}
        </span>
      ) : null}
      {live.badRecords > 0 ? (
        <span className={style.badCount}>
          {t('inspector.badRows')} {formatInteger(live.badRecords)}
        </span>
      ) : null}
    </div>
  );
}

interface RowsProps {
  readonly label: string;
  /** Of a running node; else all of them. */
  readonly rate: boolean;
  readonly perSecond: number | undefined;
  readonly total: number | undefined;
}

function Rows({ label, rate, perSecond, total }: RowsProps) {
  const { t } = useTranslation();
  const value = rate ? perSecond : total;
  return (
    <Figure
      label={label}
      value={value === undefined ? '–' : formatCount(value)}
      unit={rate && value !== undefined ? t('inspector.perSecond') : ''}
      title={total === undefined ? undefined : formatInteger(total)}
    />
  );
}

function SubtaskTable({ subtasks: { rows: known, skew } }: { readonly subtasks: Subtasks }) {
  const { runs, documents } = useDesigner();
  const { t } = useTranslation();
  const planned = useStore(documents, (state) => state.document.job['parallelism']);
  const parallelism = useStore(runs, (state) => (isLive(state.current) ? state.current?.parallelism : null)) ?? Number(planned ?? 1);
  // Until the engine has said how many there are, as many as there may be.
  const rows = known.length > 0 ? known : Array.from({ length: parallelism }, awaitedSubtask);
  if (rows.length < 2) return null;
  const hot = skew !== null && skew.factor >= HOT_FROM ? skew.subtask : null;
  return (
    <section className={style.subtasks} aria-label={t('inspector.subtasks')}>
      <div className={style.subtasksHead}>
        <h3>{t('inspector.subtasks')}</h3>
        <span>{t('inspector.subtaskColumns')}</span>
      </div>
      {rows.map((row) => (
        <div key={row.subtask} className={style.subtask} data-hot={row.subtask === hot ? '' : undefined}>
          <span>{row.subtask + 1}</span>
          <span className={style.subtaskBar}>
            <i style={{ width: `${Math.round(row.busy * 100)}%` }} />
          </span>
          <span>{Math.round(row.busy * 100)}%</span>
          <span>{formatCount(row.rateIn)}</span>
          <span className={style.tide}>{level(row.watermark, t('run.eventTimeEnd'))}</span>
        </div>
      ))}
    </section>
  );
}

function awaitedSubtask(_place: unknown, subtask: number): SubtaskRow {
  return { subtask, busy: 0, rateIn: 0, watermark: null };
}

function level(watermark: number | null, end: string): string {
  if (watermark === null) return '–';
  return watermark === Number.POSITIVE_INFINITY ? end : formatWatermark(watermark, Date.now());
}
