/** Why a running node is slow, or whom it waits for, with what can be done about it. */
import { ArrowDownRight, Gauge, Lightbulb, Scale } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useNodeLive } from '../canvas/use-node-live.ts';
import { setJob } from '../document/commands.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { causeBelow, causeOf, PRESSED_FROM } from '../runs/bottleneck.ts';
import type { Skew } from '../runs/skew.ts';
import { formatCount } from '../strings/figures.ts';
import { currentLanguage } from '../strings/language.ts';
import { restartWithEdits } from '../strip/restore.ts';
import { Button } from '../ui/Button.tsx';
import style from './running.module.css';

const ICON = { size: 13, strokeWidth: 1.75 };

export function NodeCause({ node, skew }: { readonly node: NodeSpec; readonly skew: Skew | null }) {
  const live = useNodeLive(node.id);
  if (live === null) return null;
  if (live.bottleneck) return <Bottleneck node={node} skew={skew} />;
  return live.pressed >= PRESSED_FROM ? <Waits node={node} pressed={live.pressed} /> : null;
}

function Bottleneck({ node, skew }: { readonly node: NodeSpec; readonly skew: Skew | null }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const live = useNodeLive(node.id);
  const parallelism = useStore(designer.runs, (state) => state.current?.parallelism ?? 1);
  const busy = Math.round((live?.busy ?? 0) * 100);
  const sink = nodeShape(node).outputs.every((port) => port.role !== 'main');
  const cause = causeOf({ sink, skewFactor: skew?.factor ?? null });
  return (
    <div className={style.cause} role="status" data-cause={cause}>
      <Lightbulb size={15} strokeWidth={1.75} />
      <div>
        <p>
          <strong className={style.hot}>{t('running.bottleneck', { busy })}</strong>{' '}
          {cause === 'hot-subtask' && skew !== null
            ? t('running.hotSubtask', { subtask: skew.subtask + 1, percent: Math.round(skew.share * 100) })
            : t(cause === 'slow-sink' ? 'running.slowSink' : 'running.slow', { rate: formatCount(live?.rateIn ?? 0) })}
        </p>
        <div className={style.fixes}>
          {cause === 'hot-subtask' ? (
            <Button small icon={<Scale {...ICON} />} onClick={() => designer.figures.choose('skew')}>
              {t('running.showSkew')}
            </Button>
          ) : (
            <Button small title={t('running.restarts')} onClick={() => void raiseParallelism(designer, parallelism + 1)}>
              {t('running.parallelism', { from: parallelism, to: parallelism + 1 })}
            </Button>
          )}
        </div>
      </div>
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
  const causeId = causeBelow(node.id, (id) => designer.live.node(id), downstream);
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

/** One undo step, and a restart that goes on with the state. */
async function raiseParallelism(designer: Designer, parallelism: number): Promise<void> {
  designer.documents.commit('settings', (document) => setJob(document, 'parallelism', parallelism));
  await restartWithEdits(designer);
}
