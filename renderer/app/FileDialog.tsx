/** Our own file dialog over the host's named folders: open a file, choose a folder, or name a file to write. */
import { ArrowUp, File, Folder } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../engine/host/contract.ts';
import { formatBytes } from '../strings/figures.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Modal } from '../ui/Modal.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import style from './dialogs.module.css';
import type { Folders } from './use-folders.ts';
import { useFolders } from './use-folders.ts';

type Mode = 'open' | 'save' | 'folder';

interface FileDialogProps {
  readonly title: string;
  readonly action: string;
  readonly mode: Mode;
  /** Only files with this ending, without the dot. */
  readonly extension?: string;
  readonly suggested?: string;
  readonly onClose: () => void;
  readonly onChoose: (path: string) => void;
}

export function FileDialog({ title, action, mode, extension, suggested = '', onClose, onChoose }: FileDialogProps) {
  const { t } = useTranslation();
  const folders = useFolders();
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState(suggested);
  const nameId = useId();
  const target = targetOf(mode, folders.folder, chosen, name);
  const [eager, setEager] = useState(false);
  const choose = () => {
    if (target === null) setEager(folders.entries === null);
    else onChoose(target);
  };
  // Enter may come before the folder has been read.
  useEffect(() => {
    if (eager && target !== null) onChoose(target);
  }, [eager, target, onChoose]);
  const press = (entry: FileEntry, twice: boolean) => {
    if (entry.directory && (twice || mode !== 'folder')) {
      setChosen(null);
      folders.open(entry.path);
      return;
    }
    setChosen(entry.path);
    if (mode === 'save') setName(entry.name);
    if (mode === 'open' && twice) onChoose(entry.path);
  };
  return (
    <Modal
      title={title}
      wide
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={target === null} onClick={choose}>
            {action}
          </Button>
        </>
      }
    >
      <div className={style.where}>
        <IconButton
          label={t('common.up')}
          disabled={!folders.canGoUp}
          icon={<ArrowUp size={15} strokeWidth={1.75} />}
          onClick={folders.up}
        />
        <span className={style.folder}>{folders.folder ?? t('files.roots')}</span>
      </div>
      <FileList
        folders={folders}
        shown={(entry) => entry.directory || (mode !== 'folder' && (extension === undefined || entry.name.endsWith(`.${extension}`)))}
        chosen={chosen}
        onPress={press}
      />
      {mode === 'save' ? (
        <div className={style.nameRow}>
          <label htmlFor={nameId}>{t('files.name')}</label>
          <TextInput
            id={nameId}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') choose();
            }}
          />
        </div>
      ) : null}
    </Modal>
  );
}

/** Null while there is nothing to open or write. */
function targetOf(mode: Mode, folder: string | null, chosen: string | null, name: string): string | null {
  if (mode === 'open') return chosen;
  if (mode === 'folder') return chosen ?? folder;
  return folder === null || name.trim() === '' ? null : `${folder}/${name.trim()}`;
}

interface FileListProps {
  readonly folders: Folders;
  readonly shown: (entry: FileEntry) => boolean;
  readonly chosen: string | null;
  readonly onPress: (entry: FileEntry, twice: boolean) => void;
}

function FileList({ folders, shown, chosen, onPress }: FileListProps) {
  const { t } = useTranslation();
  const entries = folders.entries?.filter(shown).sort((a, b) => Number(b.directory) - Number(a.directory) || a.name.localeCompare(b.name));
  return (
    <ul className={style.files}>
      {entries === undefined ? (
        <li className={style.note}>{t('files.loading')}</li>
      ) : folders.failure !== null ? (
        <li className={style.failure}>{folders.failure}</li>
      ) : entries.length === 0 ? (
        <li>
          <Empty title={t('files.empty')} />
        </li>
      ) : (
        entries.map((entry) => (
          <li key={entry.path}>
            <button
              type="button"
              className={classes(style.file, chosen === entry.path && style.chosen)}
              aria-pressed={chosen === entry.path}
              onClick={() => onPress(entry, false)}
              onDoubleClick={() => onPress(entry, true)}
            >
              {entry.directory ? (
                <Folder size={15} strokeWidth={1.75} className={style.folderIcon} />
              ) : (
                <File size={15} strokeWidth={1.75} />
              )}
              <span className={style.fileName}>{entry.name}</span>
              {entry.directory ? null : <span className={style.size}>{formatBytes(entry.sizeBytes)}</span>}
            </button>
          </li>
        ))
      )}
    </ul>
  );
}
