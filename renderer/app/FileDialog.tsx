/** Our own file dialog over the host's named folders: open a file, choose a folder, or name a file to write. */
import { ArrowUp, File, Folder } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../engine/host/contract.ts';
import { messageOf } from '../document/failure.ts';
import { folderOf } from '../document/relative-path.ts';
import { formatBytes } from '../strings/figures.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Modal } from '../ui/Modal.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import { useDesigner } from './designer.ts';
import style from './dialogs.module.css';

interface FileDialogProps {
  readonly title: string;
  readonly action: string;
  readonly mode: 'open' | 'save' | 'folder';
  /** Only files with this ending, without the dot. */
  readonly extension?: string;
  readonly suggested?: string;
  readonly onClose: () => void;
  readonly onChoose: (path: string) => void;
}

interface Listing {
  /** Null: the list of roots. */
  readonly folder: string | null;
  readonly entries: readonly FileEntry[];
  readonly failure: string | null;
}

export function FileDialog({ title, action, mode, extension, suggested = '', onClose, onChoose }: FileDialogProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [listing, setListing] = useState<Listing | null>(null);
  const [roots, setRoots] = useState<readonly FileEntry[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState(suggested);
  const nameId = useId();

  const openFolder = async (folder: string | null, known: readonly FileEntry[]) => {
    setChosen(null);
    try {
      const entries = folder === null ? known : await designer.host.call('file.list', { path: folder });
      setListing({ folder, entries, failure: null });
    } catch (error) {
      setListing({ folder, entries: [], failure: messageOf(error) });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the dialog opens
  useEffect(() => {
    let over = false;
    const start = async () => {
      const found = await designer.host.call('file.roots', {}).catch((): readonly FileEntry[] => []);
      if (over) return;
      setRoots(found);
      const { path } = designer.documents.getState();
      const beside = found.find((root) => path.startsWith(`${root.path}/`)) === undefined ? null : folderOf(path);
      await openFolder(beside ?? (found.length === 1 ? found[0].path : null), found);
    };
    void start();
    return () => {
      over = true;
    };
  }, []);

  const folder = listing?.folder ?? null;
  const atRoot = folder !== null && roots.some((root) => root.path === folder);
  const shown = (listing?.entries ?? [])
    .filter((entry) => entry.directory || (mode !== 'folder' && (extension === undefined || entry.name.endsWith(`.${extension}`))))
    .sort((a, b) => Number(b.directory) - Number(a.directory) || a.name.localeCompare(b.name));
  const target =
    mode === 'save'
      ? folder === null || name.trim() === ''
        ? null
        : `${folder}/${name.trim()}`
      : mode === 'folder'
        ? (chosen ?? folder)
        : chosen;
  const activate = (entry: FileEntry) => {
    if (entry.directory) void openFolder(entry.path, roots);
    else if (mode === 'open') onChoose(entry.path);
    else setName(entry.name);
  };
  return (
    <Modal
      title={title}
      wide
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={target === null} onClick={() => (target === null ? undefined : onChoose(target))}>
            {action}
          </Button>
        </>
      }
    >
      <div className={style.where}>
        <IconButton
          label={t('common.up')}
          disabled={folder === null || (atRoot && roots.length === 1)}
          icon={<ArrowUp size={15} strokeWidth={1.75} />}
          onClick={() => void openFolder(atRoot || folder === null ? null : folderOf(folder), roots)}
        />
        <span className={style.folder}>{folder ?? t('files.roots')}</span>
      </div>
      <ul className={style.files}>
        {listing === null ? (
          <li className={style.note}>{t('files.loading')}</li>
        ) : listing.failure !== null ? (
          <li className={style.failure}>{listing.failure}</li>
        ) : shown.length === 0 ? (
          <li>
            <Empty title={t('files.empty')} />
          </li>
        ) : (
          shown.map((entry) => (
            <li key={entry.path}>
              <button
                type="button"
                className={classes(style.file, chosen === entry.path && style.chosen)}
                aria-pressed={chosen === entry.path}
                onClick={() => {
                  if (!entry.directory || mode === 'folder') setChosen(entry.path);
                  if (!entry.directory && mode === 'save') setName(entry.name);
                  if (entry.directory && mode !== 'folder') activate(entry);
                }}
                onDoubleClick={() => activate(entry)}
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
      {mode === 'save' ? (
        <div className={style.nameRow}>
          <label htmlFor={nameId}>{t('files.name')}</label>
          <TextInput
            id={nameId}
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && target !== null) onChoose(target);
            }}
          />
        </div>
      ) : null}
    </Modal>
  );
}
