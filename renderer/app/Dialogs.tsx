/** Every dialog of the frame, by what is open. */
import { useState } from 'react';
import { CommandPalette } from '../commands/CommandPalette.tsx';
import { CompareDialog } from '../compare/CompareDialog.tsx';
import { compareWithDisk } from '../compare/open-compare.ts';
import { setName } from '../document/commands.ts';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { fileName, loadFromDisk, openPath, save, saveAt } from '../files/pipeline-files.ts';
import { LargeCode } from '../inspector/LargeCode.tsx';
import { stopRun, trustPipeline } from '../runs/control.ts';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { RestoreDialog } from '../strip/RestoreDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import { useDesigner, useStore } from './designer.ts';
import { FileDialog } from './FileDialog.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { MoveToGroupDialog } from './MoveToGroupDialog.tsx';
import { RecoveryDialog } from './RecoveryDialog.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import type { Dialog } from './shell.ts';
import { TemplateDialog } from './TemplateDialog.tsx';

export function Dialogs() {
  const { shell } = useDesigner();
  const dialog = useStore(shell, (state) => state.dialog);
  return dialog === null ? null : <OpenDialog key={dialog.kind} dialog={dialog} />;
}

function OpenDialog({ dialog }: { readonly dialog: Dialog }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const close = () => designer.shell.set({ dialog: null });
  switch (dialog.kind) {
    case 'open':
      return (
        <FileDialog
          title={t('files.openTitle')}
          action={t('common.open')}
          mode="open"
          extension="json"
          onClose={close}
          onChoose={(path) => void openPath(designer, path)}
        />
      );
    case 'save':
      return <SaveDialog onClose={close} />;
    case 'choose-file':
      return (
        <FileDialog
          title={dialog.title}
          action={t('common.open')}
          mode={dialog.directory ? 'folder' : dialog.write ? 'save' : 'open'}
          onClose={close}
          onChoose={(path) => {
            close();
            dialog.choose(path);
          }}
        />
      );
    case 'template':
      return <TemplateDialog onClose={close} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
    case 'settings':
      return <SettingsDialog tab={dialog.tab} onClose={close} />;
    case 'palette':
      return <CommandPalette query={dialog.query} onClose={close} />;
    case 'move-to-group':
      return <MoveToGroupDialog onClose={close} />;
    case 'rename':
      return <RenameDialog onClose={close} />;
    case 'discard-state':
      return <DiscardStateDialog onClose={close} />;
    case 'trust':
      return <TrustDialog what={dialog.what} path={dialog.path} proceed={dialog.proceed} onClose={close} />;
    case 'restore':
      return <RestoreDialog checkpoint={dialog.checkpoint} onClose={close} />;
    case 'conflict':
      return <ConflictDialog path={dialog.path} onClose={close} />;
    case 'export':
      return <ExportDialog onClose={close} />;
    case 'code':
      return <LargeCode nodeId={dialog.nodeId} field={dialog.field} onClose={close} />;
    case 'compare':
      return <CompareDialog request={dialog.request} onClose={close} />;
    case 'unsaved':
      return <UnsavedDialog proceed={dialog.proceed} onClose={close} />;
    case 'leave':
      return <LeaveDialog onClose={close} />;
    case 'recovery':
      return <RecoveryDialog recovery={dialog.recovery} onClose={close} />;
  }
}

function DiscardStateDialog({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  return (
    <Question title={t('run.discardTitle')} text={t('run.discardText')} onClose={onClose}>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
      <Button
        look="danger"
        onClick={() => {
          onClose();
          void stopRun(designer, 'discard');
        }}
      >
        {t('run.discardConfirm')}
      </Button>
    </Question>
  );
}

interface TrustDialogProps {
  readonly what: 'code' | 'variables';
  readonly path: string;
  readonly proceed: () => void;
  readonly onClose: () => void;
}

function TrustDialog({ what, path, proceed, onClose }: TrustDialogProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  return (
    <Question
      title={what === 'code' ? t('run.trustTitle', { name: fileName(path) }) : t('run.trustVariablesTitle', { name: fileName(path) })}
      text={what === 'code' ? t('run.trustText') : t('run.trustVariablesText')}
      onClose={onClose}
    >
      <Button onClick={onClose}>{t('common.cancel')}</Button>
      <Button
        look="danger"
        onClick={() => {
          onClose();
          void trustPipeline(designer, path).then((trusted) => (trusted ? proceed() : undefined));
        }}
      >
        {t('run.trustConfirm')}
      </Button>
    </Question>
  );
}

function ConflictDialog({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  return (
    <Question title={t('files.conflictTitle', { name: fileName(path) })} text={t('files.conflictText')} onClose={onClose}>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
      <Button onClick={() => void compareWithDisk(designer)}>{t('compare.compare')}</Button>
      <Button onClick={() => void loadFromDisk(designer)}>{t('files.loadIt')}</Button>
      <Button
        look="primary"
        onClick={() => {
          onClose();
          void saveAt(designer, path, true);
        }}
      >
        {t('files.keepMine')}
      </Button>
    </Question>
  );
}

function Question({
  title,
  text,
  onClose,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <Modal title={title} foot={children} onClose={onClose}>
      <p>{text}</p>
    </Modal>
  );
}

function SaveDialog({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const { document, path } = designer.documents.getState();
  const suggested = path === '' ? `${document.name.replace(/[^\p{L}\p{N}_-]+/gu, '-')}.json` : fileName(path);
  return (
    <FileDialog
      title={t('files.saveTitle')}
      action={t('common.save')}
      mode="save"
      extension="json"
      suggested={suggested}
      onClose={onClose}
      onChoose={(chosen) => {
        onClose();
        void saveAt(designer, chosen.endsWith('.json') ? chosen : `${chosen}.json`, false);
      }}
    />
  );
}

function UnsavedDialog({ proceed, onClose }: { readonly proceed: () => void; readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const state = designer.documents.getState();
  const { name } = state.document;
  const saveFirst = async () => {
    onClose();
    if (await save(designer)) proceed();
  };
  return (
    <Question title={t('files.discardTitle', { name })} text={t('files.discardText')} onClose={onClose}>
      <Button onClick={onClose}>{t('common.cancel')}</Button>
      <Button
        onClick={() => {
          onClose();
          void designer.drafts.discard(state);
          proceed();
        }}
      >
        {t('files.discard')}
      </Button>
      <Button look="primary" onClick={() => void saveFirst()}>
        {t('common.save')}
      </Button>
    </Question>
  );
}

function RenameDialog({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [name, setNameTyped] = useState(designer.documents.getState().document.name);
  const rename = () => {
    if (name.trim() === '') return;
    designer.documents.commit('rename', (document) => setName(document, name.trim()));
    onClose();
  };
  return (
    <Modal
      title={t('files.renameTitle')}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={name.trim() === ''} onClick={rename}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <TextInput
        aria-label={t('inspector.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setNameTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') rename();
        }}
      />
    </Modal>
  );
}
