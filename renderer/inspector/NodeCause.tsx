/** Why a running node is slow, or whom it waits for, with what can be done about it. */
import { ArrowDownRight, Gauge, KeyRound, Lightbulb, Rows3, Scale } from 'lucide-react';
import { Trans } from 'react-i18next';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useNodeLive } from '../canvas/use-node-live.ts';
import { setJob } from '../document/commands.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import type { Cause } from '../runs/bottleneck.ts';
import { causeBelow, causeOf, PRESSED_FROM, parallelismHelps } from '../runs/bottleneck.ts';
import type { HotKey } from '../runs/hot-key.ts';
import type { NodeLive } from '../runs/live-metrics.ts';
import type { Skew } from '../runs/skew.ts';
import { subtasksMax } from '../runs/subtasks-max.ts';
import { watchEdge } from '../runs/watch-edge.ts';
import { formatCount } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { restartWithEdits } from '../strip/restore.ts';
import { Button } from '../ui/Button.tsx';
import style from './running.module.css';
import { useHotKey } from './use-hot-key.ts';

const ICON = { size: 13, strokeWidth: 1.75 };

export function NodeCause({ node, skew }: { readonly node: NodeSpec; readonly skew: Skew | null }) {
  const live = useNodeLive(node.id);
  if (live === null) return null;
  if (live.bottleneck) return <Bottleneck node={node} skew={skew} />;
  return live.pressed >= PRESSED_FROM ? <Waits node={node} pressed={live.pressed} /> : null;
}

function Bottleneck({ node, skew }: { readonly node: NodeSpec; readonly skew: Skew | null }) {
  const { t } = useTranslation();
  const live = useNodeLive(node.id);
  const busy = Math.round((live?.busy ?? 0) * 100);
  const sink = nodeShape(node).outputs.every((port) => port.role !== 'main');
  const cause = causeOf({ sink, skewFactor: skew?.factor ?? null });
  const hotKey = useHotKey(node, cause === 'hot-subtask');
  return (
    <div className={style.cause} role="status" data-cause={cause}>
      <Lightbulb size={15} strokeWidth={1.75} />
      <div>
        <p>
          <strong className={style.hot}>{t('running.bottleneck', { busy })}</strong>{' '}
          {cause === 'hot-subtask' && skew !== null ? (
            <HotSubtask skew={skew} hotKey={hotKey} />
          ) : (
            t(cause === 'slow-sink' ? 'running.slowSink' : 'running.slow', { rate: formatCount(live?.rateIn ?? 0) })
          )}
        </p>
        <Fixes node={node} cause={cause} />
      </div>
    </div>
  );
}

function HotSubtask({ skew, hotKey }: { readonly skew: Skew; readonly hotKey: HotKey | null }) {
  const { t } = useTranslation();
  const subtask = skew.subtask + 1;
  const percent = Math.round(skew.share * 100);
  if (hotKey === null) return t('running.hotSubtask', { subtask, percent });
  const values = { subtask, percent, key: hotKey.values.join(' · '), keyPercent: Math.round(hotKey.share * 100) };
  return <Trans i18nKey="running.hotKey" values={values} components={{ b: <b data-hot-key="" /> }} />;
}

/** Only what can help: a hot key stays in one subtask however many there are, and some nodes never have more than one. */
function Fixes({ node, cause }: { readonly node: NodeSpec; readonly cause: Cause }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const parallelism = useStore(designer.runs, (state) => state.current?.parallelism ?? 1);
  const cores = useStore(designer.shell, (state) => state.workers ?? 1);
  const resolved = useStore(designer.checks, (state) => state.nodes.get(node.id));
  const upstream = useStore(designer.documents, (state) => state.document.edges.find((edge) => edge.to.node === node.id)?.id ?? null);
  const most = subtasksMax(node, resolved);
  const keys = nodeShape(node).inputs.find((port) => port.keyedBy !== undefined)?.keyedBy;
  const showsKeys = keys !== undefined && (cause === 'hot-subtask' || most === 1);
  return (
    <div className={style.fixes}>
      {parallelismHelps(cause, most, parallelism, cores) ? (
        <Button small data-fix="parallelism" title={t('running.restarts')} onClick={() => void raiseParallelism(designer, parallelism + 1)}>
          {t('running.parallelism', { from: parallelism, to: parallelism + 1 })}
        </Button>
      ) : null}
      {showsKeys ? (
        <Button small data-fix="keys" icon={<KeyRound {...ICON} />} onClick={() => designer.selection.openField(node.id, keys)}>
          {t('running.changeKeys')}
        </Button>
      ) : null}
      {cause === 'hot-subtask' ? (
        <Button small data-fix="skew" icon={<Scale {...ICON} />} onClick={() => designer.figures.choose('skew')}>
          {t('running.showSkew')}
        </Button>
      ) : upstream === null ? null : (
        <Button small data-fix="rows" icon={<Rows3 {...ICON} />} onClick={() => watchEdge(designer, upstream)}>
          {t('running.rowsComing')}
        </Button>
      )}
    </div>
  );
}

/** The cause is below: this node only waits. */
function Waits({ node, pressed }: { readonly node: NodeSpec; readonly pressed: number }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const downstream = new Map<string, string[]>();
  for (const edge of document.edges) downstream.set(edge.from.node, [...(downstream.get(edge.from.node) ?? []), edge.to.node]);
  const loads = new Map(document.nodes.flatMap(({ id }) => entryOf(id, designer.live.node(id))));
  const causeId = causeBelow(node.id, loads, downstream, designer.live.totals().bottleneck);
  const cause = document.nodes.find((candidate) => candidate.id === causeId);
  return (
    <div className={style.cause} role="status" data-waits-for={causeId ?? ''}>
      <Gauge size={15} strokeWidth={1.75} />
      <div>
        <p>
          <strong className={style.pressed}>{t('running.pressed', { percent: Math.round(pressed * 100) })}</strong>{' '}
          {cause === undefined ? t('running.waitsUnknown') : t('running.waitsFor', { node: nodeLabel(cause, currentLanguage()) })}
        </p>
        {cause === undefined ? null : (
          <div className={style.fixes}>
            <Button
              small
              icon={<ArrowDownRight {...ICON} />}
              onClick={() => {
                designer.selection.select([cause.id]);
                designer.canvas?.reveal(cause.id);
              }}
            >
              {t('running.showCause')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function entryOf(id: string, live: NodeLive | null): readonly (readonly [string, NodeLive])[] {
  return live === null ? [] : [[id, live]];
}

/** One undo step, and a restart that goes on with the state. */
async function raiseParallelism(designer: Designer, parallelism: number): Promise<void> {
  designer.documents.commit('settings', (document) => setJob(document, 'parallelism', parallelism));
  await restartWithEdits(designer);
}
