/** Asks before dropped files are copied, and for a saved pipeline to copy them beside. */

import { useDesigner, useStore } from '../../app/designer.ts';
import { addDroppedFiles } from '../../app/file-drops.ts';
import { folderOf } from '../../document/relative-path.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Modal } from '../../ui/Modal.tsx';

export function DropQuestion() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const dropped = useStore(designer.gestures, (state) => state.dropped);
  const path = useStore(designer.documents, (state) => state.path);
  const saving = useStore(designer.shell, (state) => state.dialog !== null);
  if (dropped === null || saving) return null;
  const close = () => designer.gestures.set({ dropped: null });
  return (
    <Modal
      title={t('gesture.dropTitle', { count: dropped.files.length })}
      lead={path === '' ? t('gesture.dropUnsaved') : t('gesture.dropText', { folder: `${folderOf(path)}/data` })}
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          {path === '' ? (
            <Button look="primary" onClick={() => designer.shell.set({ dialog: { kind: 'save' } })}>
              {t('gesture.dropSave')}
            </Button>
          ) : (
            <Button
              look="primary"
              onClick={() => {
                close();
                void addDroppedFiles(designer, dropped);
              }}
            >
              {t('gesture.dropCopy')}
            </Button>
          )}
        </>
      }
    >
      <ul>
        {dropped.files.map((file) => (
          <li key={file.name}>{file.name}</li>
        ))}
      </ul>
    </Modal>
  );
}
