/** Buttons that float over the canvas: undo and redo, zoom, fit, arrange; the legend while figures show. */
import { useStore as useFlowStore } from '@xyflow/react';
import { Minus, Plus } from 'lucide-react';
import { ActionButton } from '../actions/ActionButton.tsx';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import { BackChip } from './BackChip.tsx';
import style from './canvas.module.css';
import { Legend, LensBar } from './LensBar.tsx';

const ICON = { size: 15, strokeWidth: 1.75 };

export function CanvasTools() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const canUndo = useStore(designer.documents, (state) => state.past.length > 0);
  const canRedo = useStore(designer.documents, (state) => state.future.length > 0);
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  const running = useStore(designer.shell, (state) => state.arrangedForRun);
  const percent = useFlowStore((state) => Math.round(state.transform[2] * 100));
  const zoomText = t('tools.zoomLevel', { percent });
  return (
    <>
      <div className={style.topLeft}>
        <BackChip />
        {running ? <LensBar /> : null}
        <div className={style.tools} role="toolbar" aria-label={t('tools.label')}>
          <ActionButton id="undo" disabled={!canUndo} />
          <ActionButton id="redo" disabled={!canRedo} />
          <span className={style.rule} />
          <ActionButton id="addNote" />
          <ActionButton id="group" />
        </div>
      </div>
      <div className={classes(style.tools, style.bottomLeft)} role="toolbar" aria-label={zoomText}>
        <ActionButton id="zoomOut" side="top" icon={<Minus {...ICON} />} />
        <button
          type="button"
          className={style.zoomLevel}
          data-figures=""
          aria-label={t('tools.zoomReset')}
          onClick={() => designer.canvas?.zoomTo(1)}
        >
          {percent}%
        </button>
        <ActionButton id="zoomIn" side="top" icon={<Plus {...ICON} />} />
        <span className={style.rule} />
        <ActionButton id="fit" side="top" label={t('tools.fit')} disabled={empty} />
        <ActionButton id="layout" side="top" label={t('tools.layout')} disabled={empty} />
      </div>
      {running ? <Legend /> : null}
    </>
  );
}
