/** The dock's tab: the windows of the pipeline, each a way into the lens. */
import { Hourglass } from 'lucide-react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useNodeLive } from '../canvas/use-node-live.ts';
import { describeNode, nodeLabel, nodeShape } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Empty } from '../ui/Empty.tsx';
import { formatLevel } from './axis.ts';
import style from './lens.module.css';
import { openLens } from './open-lens.ts';
import { windowNodes } from './upstream.ts';

export function WhyDock() {
  const { documents, runs } = useDesigner();
  const { t } = useTranslation();
  const document = useStore(documents, (state) => state.document);
  const run = useStore(runs, (state) => state.current);
  const windows = windowNodes(document);
  if (windows.length === 0) return <Empty title={t('lens.noWindows')} text={t('lens.noWindowsText')} />;
  if (run === null) return <Empty title={t('lens.notRun')} text={t('lens.notRunText')} />;
  return (
    <div className={style.choices}>
      <p>{t('lens.pickText')}</p>
      <ul>
        {windows.map((node) => (
          <li key={node.id}>
            <Choice node={node} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Choice({ node }: { readonly node: NodeSpec }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const watermark = useNodeLive(node.id)?.watermark ?? null;
  const level =
    watermark === null
      ? t('lens.noWatermark')
      : Number.isFinite(watermark)
        ? t('lens.watermarkAt', { time: formatLevel(watermark) })
        : t('clock.end');
  return (
    <button type="button" className={style.choice} onClick={() => openLens(designer, node.id)}>
      <NodeIcon type={node.type} icon={nodeShape(node).icon} category={nodeShape(node).category} />
      <span className={style.choiceName}>{nodeLabel(node, currentLanguage())}</span>
      <span className={style.choiceText}>{describeNode(node, currentLanguage())}</span>
      <span className={style.choiceLevel}>{level}</span>
      <Hourglass size={13} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
