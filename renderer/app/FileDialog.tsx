/** Our own file dialog over the host's named folders: open a file, choose a folder, or name a file to write. */
import { ArrowUp, ChevronRight, File, Folder } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useMemo, useState } from 'react';
import type { FileEntry } from '../../engine/host/contract.ts';
import { isDesktop } from '../host/desktop.ts';
import { formatBytes, formatMoment } from '../strings/figures.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Empty } from '../ui/Empty.tsx';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Modal } from '../ui/Modal.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import style from './dialogs.module.css';
import { NativeFileDialog } from './NativeFileDialog.tsx';
import type { Folders } from './use-folders.ts';
import { useFolders } from './use-folders.ts';

type Mode = 'open' | 'save' | 'folder';

export interface FileDialogProps {
  readonly title: string;
  readonly action: string;
  readonly mode: Mode;
  /** Only files with this ending, without the dot. */
  readonly extension?: string;
  readonly suggested?: string;
  readonly onClose: () => void;
  readonly onChoose: (path: string) => void;
}

/** On the desktop it is the system's. */
export function FileDialog(props: FileDialogProps) {
  return isDesktop() ? <NativeFileDialog {...props} /> : <PageFileDialog {...props} />;
}

function PageFileDialog({ title, action, mode, extension, suggested = '', onClose, onChoose }: FileDialogProps) {
  const { t } = useTranslation();
  const folders = useFolders();
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState(suggested);
  const [filter, setFilter] = useState('');
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
  const shown = useMemo(
    () => (folders.entries ?? []).filter((entry) => wanted(entry, mode, extension) && matches(entry, filter)).sort(byKindAndName),
    [folders.entries, mode, extension, filter],
  );
  /** Null: one folder up. */
  const open = (folder: string | null) => {
    setChosen(null);
    setFilter('');
    if (folder === null) folders.up();
    else folders.open(folder);
  };
  const press = (entry: FileEntry, twice: boolean) => {
    if (entry.directory && (twice || mode !== 'folder')) {
      open(entry.path);
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
          onClick={() => open(null)}
        />
        <Steps folder={folders.folder} roots={folders.roots} onOpen={open} />
        <TextInput
          className={style.filter}
          aria-label={t('files.filter')}
          placeholder={t('files.filter')}
          value={filter}
          data-dialog-focus={mode === 'save' ? undefined : ''}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') focusRow(event, 0);
            else if (event.key === 'Enter' && shown.length > 0) press(shown[0], true);
          }}
        />
      </div>
      <FileList folders={folders} shown={shown} filter={filter} chosen={chosen} onPress={press} />
      {mode === 'save' ? (
        <div className={style.nameRow}>
          <label htmlFor={nameId}>{t('files.name')}</label>
          <TextInput
            id={nameId}
            value={name}
            data-dialog-focus=""
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

function wanted(entry: FileEntry, mode: Mode, extension: string | undefined): boolean {
  return entry.directory || (mode !== 'folder' && (extension === undefined || entry.name.endsWith(`.${extension}`)));
}

function matches(entry: FileEntry, filter: string): boolean {
  return entry.name.toLowerCase().includes(filter.trim().toLowerCase());
}

function byKindAndName(a: FileEntry, b: FileEntry): number {
  return Number(b.directory) - Number(a.directory) || a.name.localeCompare(b.name, undefined, { numeric: true });
}

/** Moves the focus to a row of the list; arrows walk over the rows from there. */
function focusRow(event: KeyboardEvent<HTMLElement>, index: number): void {
  const rows = [...(event.currentTarget.closest('[data-dialog-body]')?.querySelectorAll<HTMLElement>('[data-file]') ?? [])];
  if (rows.length === 0) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(index, rows.length - 1))].focus();
}

interface FileListProps {
  readonly folders: Folders;
  readonly shown: readonly FileEntry[];
  readonly filter: string;
  readonly chosen: string | null;
  readonly onPress: (entry: FileEntry, twice: boolean) => void;
}

function FileList({ folders, shown, filter, chosen, onPress }: FileListProps) {
  const { t } = useTranslation();
  if (folders.entries === null) {
    return (
      <div className={style.files}>
        <Loading what={t('files.loading')} />
      </div>
    );
  }
  if (folders.failure !== null || shown.length === 0) {
    return (
      <div className={style.files}>
        {folders.failure !== null ? (
          <ErrorPanel title={t('files.cannotList')} detail={folders.folder ?? undefined} evidence={folders.failure} />
        ) : (
          <Empty title={filter.trim() === '' ? t('files.empty') : t('files.noMatch', { filter })} />
        )}
      </div>
    );
  }
  return (
    <ul className={style.files}>
      {shown.map((entry, index) => (
        <li key={entry.path}>
          <button
            type="button"
            className={classes(style.file, chosen === entry.path && style.chosen)}
            aria-pressed={chosen === entry.path}
            title={entry.name}
            data-file=""
            onClick={() => onPress(entry, false)}
            onDoubleClick={() => onPress(entry, true)}
            onKeyDown={(event) => {
              const goal = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: shown.length - 1 }[event.key];
              if (goal !== undefined) focusRow(event, goal);
              else if (event.key === 'Enter') {
                event.preventDefault();
                onPress(entry, true);
              }
            }}
          >
            {entry.directory ? <Folder size={15} strokeWidth={1.75} className={style.folderIcon} /> : <File size={15} strokeWidth={1.75} />}
            <bdi className={style.fileName} data-truncates="">
              {entry.name}
            </bdi>
            {entry.directory ? null : (
              <>
                <span className={style.size}>{formatBytes(entry.sizeBytes)}</span>
                <span className={style.when}>{formatMoment(entry.modifiedMs)}</span>
              </>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The way down to the folder, each step a way back. */
function Steps({
  folder,
  roots,
  onOpen,
}: {
  readonly folder: string | null;
  readonly roots: readonly FileEntry[];
  readonly onOpen: (folder: string) => void;
}) {
  const { t } = useTranslation();
  if (folder === null) return <span className={style.folder}>{t('files.roots')}</span>;
  const root = roots
    .filter((entry) => folder === entry.path || folder.startsWith(`${entry.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  const start = root ?? { name: folder, path: folder };
  const below = folder.slice(start.path.length).split('/').filter(Boolean);
  const steps = [
    { name: start.name, path: start.path },
    ...below.map((name, index) => ({ name, path: [start.path, ...below.slice(0, index + 1)].join('/') })),
  ];
  return (
    <nav className={style.folder} title={folder} aria-label={t('files.roots')}>
      {steps.map((step, index) => (
        <span key={step.path} className={style.step}>
          {index === 0 ? null : <ChevronRight size={12} strokeWidth={1.75} aria-hidden="true" />}
          <button type="button" aria-current={index === steps.length - 1 ? 'location' : undefined} onClick={() => onOpen(step.path)}>
            <bdi>{step.name}</bdi>
          </button>
        </span>
      ))}
    </nav>
  );
}
