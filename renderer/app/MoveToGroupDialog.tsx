/** Where the selection should go: every group it can move into, and the top level. */
import { Layers } from 'lucide-react';
import { groupIndex } from '../document/group-index.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Modal } from '../ui/Modal.tsx';
import { useDesigner, useStore } from './designer.ts';
import style from './dialogs.module.css';
import { moveSelection, placeName } from './grouping.ts';

export function MoveToGroupDialog({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const document = useStore(designer.documents, (state) => state.document);
  const { drawn, openGroup } = designer.selection.getState();
  const index = groupIndex(document);
  // Neither where it is already nor inside of what moves.
  const inside = new Set([...drawn].filter((id) => index.get(id) !== null).flatMap((id) => index.withNested(id)));
  const places = [null, ...index.groups.map((group) => group.id)].filter((id) => id !== openGroup && (id === null || !inside.has(id)));
  return (
    <Modal title={t('action.moveToGroup')} onClose={onClose}>
      <ul className={style.places}>
        {places.map((id) => (
          <li key={id ?? ''}>
            <button
              type="button"
              className={style.place}
              onClick={() => {
                onClose();
                moveSelection(designer, id);
              }}
            >
              <Layers size={15} strokeWidth={1.75} aria-hidden="true" />
              <span data-truncates="">{id === null ? placeName(document, null) : pathName(document, id)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function pathName(document: Parameters<typeof groupIndex>[0], id: string): string {
  return groupIndex(document)
    .pathTo(id)
    .map((group) => group.label)
    .join(' › ');
}
