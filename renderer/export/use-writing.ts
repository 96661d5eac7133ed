/** Where an export is written and what happened: a folder chosen or the pipeline's own, a file that exists is asked about. */
import i18next from 'i18next';
import { useState } from 'react';
import { useDesigner } from '../app/designer.ts';
import { folderOf } from '../document/relative-path.ts';
import { codeOf } from '../files/failure.ts';
import { showFailure } from '../files/pipeline-files.ts';
import { toast } from '../ui/toast.ts';

const EXISTS = 'MR6212';

export interface FileContent {
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
}

export interface Writing {
  /** Null while none is known: the pipeline was never saved and nothing was chosen. */
  readonly folder: string | null;
  /** The file that is in the way. */
  readonly existing: string | null;
  readonly busy: boolean;
  choose(folder: string): void;
  write(name: string, make: () => Promise<FileContent>, done: () => void): Promise<void>;
}

export function useWriting(): Writing {
  const designer = useDesigner();
  const { path } = designer.documents.getState();
  const [folder, setFolder] = useState(path === '' ? null : folderOf(path));
  const [existing, setExisting] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const choose = (next: string) => {
    setFolder(next);
    setExisting(null);
  };
  const write = async (name: string, make: () => Promise<FileContent>, done: () => void) => {
    if (folder === null) return;
    const wanted = `${folder}/${name}`;
    setBusy(true);
    try {
      const file = await make();
      const written = await designer.host.call('export.save', { path: wanted, ...file, replace: existing === wanted });
      toast.success(i18next.t('export.written', { name }), { description: written.path });
      designer.shell.say(i18next.t('export.written', { name }));
      done();
    } catch (error) {
      if (codeOf(error) === EXISTS) setExisting(wanted);
      else showFailure(i18next.t('export.notWritten', { name }), error);
    } finally {
      setBusy(false);
    }
  };
  return { folder, existing, busy, choose, write };
}
