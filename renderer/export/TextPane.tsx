/** A text target: the report with its choices, and the text beside it. */

import type { ExportNote } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { showDock } from '../app/dock.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { CodePreview } from './CodePreview.tsx';
import style from './export.module.css';
import type { TextExports, TextTarget } from './export-texts.ts';
import { ReportNotes } from './ReportNotes.tsx';
import { ReportTable } from './ReportTable.tsx';

const NO_NOTES: ReadonlyMap<string, ExportNote> = new Map();

interface TextPaneProps {
  readonly target: TextTarget;
  readonly name: string;
  readonly exports: TextExports;
  /** Left out by choice, with what was said about them. */
  readonly leftOut: ReadonlyMap<string, ExportNote>;
  readonly onLeftOut: (leftOut: ReadonlyMap<string, ExportNote>) => void;
  readonly onClose: () => void;
}

export function TextPane({ target, name, exports, leftOut, onLeftOut, onClose }: TextPaneProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const nodes = useStore(designer.documents, (state) => state.document.nodes);
  const made = exports[target];
  const show = (nodeId: string) => {
    onClose();
    designer.selection.select([nodeId]);
    designer.canvas?.focusNode(nodeId);
  };
  return (
    <>
      <div className={style.middle}>
        {made !== null && made.failure !== null ? (
          <Refused reason={made.failure} leftOut={leftOut.size > 0} onTakeBack={() => onLeftOut(NO_NOTES)} onClose={onClose} />
        ) : (
          <>
            <ReportTable nodes={nodes} target={target} exports={exports} leftOut={leftOut} />
            {target === 'spec' ? null : (
              <ReportNotes
                nodes={nodes}
                report={made?.report ?? NO_NOTES}
                leftOut={leftOut}
                onLeaveOut={(note) => onLeftOut(new Map([...leftOut, [note.nodeId, note]]))}
                onTakeBack={(nodeId) => onLeftOut(new Map([...leftOut].filter(([id]) => id !== nodeId)))}
                onShow={show}
              />
            )}
          </>
        )}
      </div>
      {made !== null && made.text !== '' ? (
        <CodePreview name={name} text={made.text} />
      ) : (
        <div className={style.preview}>{made === null ? null : <Empty title={t('export.noText')} text={t('export.noTextText')} />}</div>
      )}
    </>
  );
}

interface RefusedProps {
  readonly reason: string;
  readonly leftOut: boolean;
  readonly onTakeBack: () => void;
  readonly onClose: () => void;
}

/** The engine makes no text of a pipeline with problems, or of what is left after leaving out too much. */
function Refused({ reason, leftOut, onTakeBack, onClose }: RefusedProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const showProblems = () => {
    onClose();
    showDock(designer, 'problems');
  };
  return (
    <Empty title={leftOut ? t('export.nothingLeft') : t('export.hasProblems')} text={reason}>
      {leftOut ? (
        <Button look="primary" onClick={onTakeBack}>
          {t('export.takeAllBack')}
        </Button>
      ) : (
        <Button look="primary" onClick={showProblems}>
          {t('run.showProblems')}
        </Button>
      )}
    </Empty>
  );
}
