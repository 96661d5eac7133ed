/** The way back out of an open group, at the canvas's corner. */
import { ArrowUp } from 'lucide-react';
import { useDesigner, useStore } from '../app/designer.ts';
import { leaveGroup, placeName } from '../app/grouping.ts';
import { groupIndex } from '../document/group-index.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Keys } from '../ui/Keys.tsx';
import style from './canvas.module.css';

export function BackChip() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const openGroup = useStore(designer.selection, (state) => state.openGroup);
  const place = useStore(designer.documents, ({ document }) =>
    openGroup === null ? null : placeName(document, groupIndex(document).parentOf(openGroup)),
  );
  if (place === null) return null;
  return (
    <button type="button" className={style.back} onClick={() => leaveGroup(designer)}>
      <ArrowUp size={14} strokeWidth={1.75} aria-hidden="true" />
      <span data-truncates="">{t('groups.backTo', { place })}</span>
      <Keys keys="Esc" />
    </button>
  );
}
