/** Brings up the rows of the selected node over a sample. */
import { Eye } from 'lucide-react';
import { ActionTip } from '../actions/ActionTip.tsx';
import { invoke } from '../actions/invoke.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import style from './preview.module.css';
import { PREVIEW_ROWS } from './preview-store.ts';

export function PreviewButton() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  return (
    <>
      <span className={style.divider} />
      <ActionTip id="preview">
        <Button look="ghost" disabled={empty} icon={<Eye size={14} strokeWidth={1.75} />} onClick={() => invoke(designer, 'preview')}>
          {t('preview.button', { rows: PREVIEW_ROWS })}
        </Button>
      </ActionTip>
    </>
  );
}
