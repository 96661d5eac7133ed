/** A running node in the inspector: why it is slow, rates, state, late and bad rows, its subtasks, its last minutes and newest rows. */
import { useTranslation } from 'react-i18next';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useNodeLive } from '../canvas/use-node-live.ts';
import { HOT_FROM } from '../runs/bottleneck.ts';
import { isLive } from '../runs/run-store.ts';
import { formatBytes, formatCount, formatInteger, formatWatermark } from '../strings/figures.ts';
import { BusyChart } from './BusyChart.tsx';
import { Figure } from './Figure.tsx';
import style from './inspector.module.css';
import { LatestRows } from './LatestRows.tsx';
import { NodeCause } from './NodeCause.tsx';
import inspecting from './running.module.css';
import type { Subtasks } from './use-subtasks.ts';
import { useSubtasks } from './use-subtasks.ts';

export function NodeFigures({ node }: { readonly node: NodeSpec }) {
  const { runs } = useDesigner();
  const { t } = useTranslation();
  const live = useNodeLive(node.id);
  const running = useStore(runs, (state) => isLive(state.current));
  const subtasks = useSubtasks(node.id);
  const expected = useStore(runs, (state) => isLive(state.current) || state.pending === 'start');
  if (live === null) return expected ? <AwaitedFigures /> : null;
  const unit = running ? t('inspector.perSecond') : '';
  return (
    <div className={running ? inspecting.running : undefined}>
      {running ? <NodeCause node={node} skew={subtasks.skew} /> : null}
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
      {running ? <SubtaskTable subtasks={subtasks} /> : null}
      {running ? <BusyChart nodeId={node.id} /> : null}
      {running ? <LatestRows nodeId={node.id} /> : null}
    </div>
  );
}

/** Their place, before the first figures of a run are here. */
function AwaitedFigures() {
  const { t } = useTranslation();
  return (
    <div className={style.figures}>
      {[t('inspector.rowsIn'), t('inspector.rowsOut'), t('inspector.state')].map((label) => (
        <Figure key={label} label={label} value="–" unit="" />
      ))}
    </div>
  );
}

function SubtaskTable({ subtasks: { rows, skew } }: { readonly subtasks: Subtasks }) {
  const { t } = useTranslation();
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

function level(watermark: number | null, end: string): string {
  if (watermark === null) return '–';
  return watermark === Number.POSITIVE_INFINITY ? end : formatWatermark(watermark, Date.now());
}
