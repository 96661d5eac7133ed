/** Brings up the rows of the selected node over a sample. */
import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { actionOf } from '../actions/registry.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { Button } from '../ui/Button.tsx';
import { Tip } from '../ui/Tip.tsx';
import style from './preview.module.css';
import { PREVIEW_ROWS } from './preview-store.ts';

export function PreviewButton() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const empty = useStore(designer.documents, (state) => state.document.nodes.length === 0);
  const action = actionOf('preview');
  return (
    <>
      <span className={style.divider} />
      <Tip label={t('action.preview')} keys={action.keys[0]}>
        <Button look="ghost" disabled={empty} icon={<Eye size={14} strokeWidth={1.75} />} onClick={() => action.run(designer)}>
          {t('preview.button', { rows: PREVIEW_ROWS })}
        </Button>
      </Tip>
    </>
  );
}
