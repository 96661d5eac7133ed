/** A running node in the inspector: rates, state, late and bad rows, its subtasks, and the sentence when it is the bottleneck. */
import { Lightbulb } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtaskMetrics } from '../../engine/host/contract.ts';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useNodeLive } from '../canvas/use-node-live.ts';
import { isLive } from '../runs/run-store.ts';
import { formatBytes, formatCount, formatInteger, formatWatermark } from '../strings/figures.ts';
import style from './inspector.module.css';

const PERIOD_MS = 1000;

export function NodeFigures({ node }: { readonly node: NodeSpec }) {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const live = useNodeLive(node.id);
  const running = useStore(runs, (state) => isLive(state.current));
  if (live === null) return null;
  const unit = running ? t('inspector.perSecond') : '';
  return (
    <>
      {live.bottleneck ? (
        <div className={style.cause} role="status">
          <Lightbulb size={15} strokeWidth={1.75} />
          <span>
            <span className={style.hotWords}>{t('inspector.bottleneck', { busy: Math.round(live.busy * 100) })}</span>{' '}
            {t('inspector.bottleneckText')}
          </span>
        </div>
      ) : null}
      <div className={style.figures} data-figures="">
        <Figure
          label={t('inspector.rowsIn')}
          value={running ? formatCount(live.rateIn) : formatCount(live.rowsIn)}
          unit={unit}
          title={formatInteger(live.rowsIn)}
        />
        <Figure
          label={t('inspector.rowsOut')}
          value={running ? formatCount(live.rateOut) : formatCount(live.rowsOut)}
          unit={unit}
          title={formatInteger(live.rowsOut)}
        />
        <Figure
          label={t('inspector.state')}
          value={formatBytes(live.stateBytes)}
          unit={t('inspector.keys', { keys: formatCount(live.stateKeys) })}
        />
      </div>
      {live.lateRecords + live.badRecords > 0 ? (
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
      ) : null}
      {running ? <Subtasks nodeId={node.id} /> : null}
    </>
  );
}

function Figure({
  label,
  value,
  unit,
  title,
}: {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly title?: string;
}) {
  return (
    <div className={style.figure} title={title}>
      <div className={style.figureLabel}>{label}</div>
      <div className={style.figureValue}>{value}</div>
      <div className={style.figureUnit}>{unit}</div>
    </div>
  );
}

interface SubtaskRow {
  readonly subtask: number;
  readonly busy: number;
  readonly rateIn: number;
  readonly watermark: number | null;
}

function Subtasks({ nodeId }: { readonly nodeId: string }) {
  const { runs, host } = useDesigner();
  const { t } = useTranslation();
  const runId = useStore(runs, (state) => state.current?.runId ?? null);
  const [rows, setRows] = useState<readonly SubtaskRow[]>([]);
  useEffect(() => {
    if (runId === null) return undefined;
    let before: { readonly atMs: number; readonly subtasks: readonly SubtaskMetrics[] } | null = null;
    let over = false;
    const ask = async () => {
      const subtasks = await host.call('run.subtasks', { runId, nodeId }).catch(() => null);
      if (over || subtasks === null) return;
      const now = { atMs: performance.now(), subtasks };
      const previous = before;
      if (previous !== null)
        setRows(
          subtasks.map((subtask) =>
            toRow(
              subtask,
              previous.subtasks.find((old) => old.subtask === subtask.subtask),
              (now.atMs - previous.atMs) / 1000,
            ),
          ),
        );
      before = now;
    };
    void ask();
    const timer = setInterval(() => void ask(), PERIOD_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [host, runId, nodeId]);
  if (rows.length < 2) return null;
  return (
    <section className={style.subtasks} aria-label={t('inspector.subtasks')}>
      <div className={style.subtasksHead}>
        <h3>{t('inspector.subtasks')}</h3>
        <span>{t('inspector.subtaskColumns')}</span>
      </div>
      {rows.map((row) => (
        <div key={row.subtask} className={style.subtask}>
          <span>{row.subtask + 1}</span>
          <span className={style.subtaskBar}>
            <i style={{ width: `${Math.round(row.busy * 100)}%` }} />
          </span>
          <span>{Math.round(row.busy * 100)}%</span>
          <span>{formatCount(row.rateIn)}</span>
          <span className={style.tide}>
            {row.watermark === null
              ? '–'
              : row.watermark === Number.POSITIVE_INFINITY
                ? t('run.eventTimeEnd')
                : formatWatermark(row.watermark, Date.now())}
          </span>
        </div>
      ))}
    </section>
  );
}

function toRow(now: SubtaskMetrics, old: SubtaskMetrics | undefined, seconds: number): SubtaskRow {
  const busy = now.busyMs - (old?.busyMs ?? 0);
  const total = busy + now.idleMs - (old?.idleMs ?? 0) + now.backPressuredMs - (old?.backPressuredMs ?? 0);
  return {
    subtask: now.subtask,
    busy: total > 0 ? Math.max(0, busy / total) : 0,
    rateIn: old === undefined || seconds <= 0 ? 0 : Math.max(0, (now.rowsIn - old.rowsIn) / seconds),
    watermark: now.watermark,
  };
}
