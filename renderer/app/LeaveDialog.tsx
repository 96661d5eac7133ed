/** The window was asked to close while pipelines have changes that are not in their files. */

import { save } from '../files/pipeline-files.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { useDesigner } from './designer.ts';
import { leaveWindow, unsavedTabs } from './desktop-requests.ts';

export function LeaveDialog({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const tabs = unsavedTabs(designer);
  const leave = () => {
    onClose();
    void leaveWindow(designer);
  };
  /** One that has no place yet, or cannot be written, stays in view and keeps the window open. */
  const saveAll = async () => {
    onClose();
    for (const tab of tabs) {
      designer.sessions.activate(tab.id);
      if (!(await save(designer))) return;
    }
    await leaveWindow(designer);
  };
  return (
    <Modal
      title={t('window.leaveTitle', { count: tabs.length, name: tabs[0]?.name ?? '' })}
      lead={t('window.leaveText')}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button onClick={leave}>{t('window.keepDrafts')}</Button>
          <Button look="primary" onClick={() => void saveAll()}>
            {t('window.saveAll')}
          </Button>
        </>
      }
    >
      <ul>
        {tabs.map((tab) => (
          <li key={tab.id}>{tab.name}</li>
        ))}
      </ul>
    </Modal>
  );
}
