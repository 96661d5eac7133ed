/** Several things selected: what can be done with them together. */
import { useTranslation } from 'react-i18next';
import { useDesigner, useStore } from '../app/designer.ts';
import { deleteSelection, duplicateSelection } from '../app/editing.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';

export function ManyInspector({ count }: { readonly count: number }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const anyNode = useStore(designer.selection, (state) => state.nodes.size > 0);
  return (
    <Empty title={t('inspector.many', { count })} text={t('inspector.manyText')}>
      {anyNode ? <Button onClick={() => duplicateSelection(designer)}>{t('inspector.duplicateAll')}</Button> : null}
      <Button look="danger" onClick={() => deleteSelection(designer)}>
        {t('inspector.deleteAll')}
      </Button>
    </Empty>
  );
}
