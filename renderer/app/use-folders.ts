/** Walks the folders that the host lets the page see: which one is shown, what is in it, the way up. */
import { useEffect, useState } from 'react';
import type { FileEntry } from '../../engine/host/contract.ts';
import { folderOf } from '../document/relative-path.ts';
import { messageOf } from '../files/failure.ts';
import { useDesigner } from './designer.ts';

export interface Folders {
  /** Null: the list of roots, or nothing read yet. */
  readonly folder: string | null;
  /** Null while nothing has been read. */
  readonly entries: readonly FileEntry[] | null;
  readonly failure: string | null;
  readonly canGoUp: boolean;
  readonly roots: readonly FileEntry[];
  open(folder: string): void;
  up(): void;
}

interface Listing {
  readonly folder: string | null;
  readonly entries: readonly FileEntry[];
  readonly failure: string | null;
}

export function useFolders(): Folders {
  const designer = useDesigner();
  const [listing, setListing] = useState<Listing | null>(null);
  const [roots, setRoots] = useState<readonly FileEntry[]>([]);

  const show = async (folder: string | null, known: readonly FileEntry[]) => {
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
      const within = found.some((root) => path.startsWith(`${root.path}/`));
      await show(within ? folderOf(path) : (found[0]?.path ?? null), found);
    };
    void start();
    return () => {
      over = true;
    };
  }, []);

  const folder = listing?.folder ?? null;
  const atRoot = folder !== null && roots.some((root) => root.path === folder);
  return {
    folder,
    entries: listing?.entries ?? null,
    failure: listing?.failure ?? null,
    roots,
    canGoUp: folder !== null && !(atRoot && roots.length === 1),
    open: (next) => void show(next, roots),
    up: () => void show(atRoot || folder === null ? null : folderOf(folder), roots),
  };
}
