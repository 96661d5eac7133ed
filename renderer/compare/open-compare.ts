/** Opens the comparison of two versions: any two, the open pipeline with its file as it is on disk now, or with another file. */
import i18next from 'i18next';
import { loadDocument } from '../../engine/spec/load-document.ts';
import type { Designer } from '../app/designer.ts';
import { fileName, keepMine, loadFromDisk, showFailure } from '../files/pipeline-files.ts';
import { formatClock } from '../strings/figures.ts';
import { words } from '../strings/language.ts';
import { toast } from '../ui/toast.ts';
import type { ComparedVersion, CompareWay } from './compare-request.ts';

export function openCompare(designer: Designer, before: ComparedVersion, after: ComparedVersion, ways: readonly CompareWay[] = []): void {
  designer.shell.set({ dialog: { kind: 'compare', request: { before, after, ways } } });
}

/** What another program wrote, against what is open here. */
export async function compareWithDisk(designer: Designer): Promise<void> {
  const { path, document } = designer.documents.getState();
  const disk = await readVersion(designer, path);
  if (disk === null) return;
  openCompare(designer, { title: i18next.t('compare.here'), document }, disk, [
    { label: i18next.t('files.loadIt'), run: () => void loadFromDisk(designer) },
    ...(designer.shell.getState().changedOnDisk === null
      ? []
      : [
          {
            label: i18next.t('compare.keepMine'),
            run: () => {
              keepMine(designer);
              designer.shell.set({ dialog: null });
            },
          },
        ]),
  ]);
}

/** Asks for a file and compares the open pipeline with it. */
export function compareWithFile(designer: Designer): void {
  designer.shell.set({
    dialog: {
      kind: 'choose-file',
      title: i18next.t('compare.chooseTitle'),
      directory: false,
      write: false,
      choose: (path) => void compareWith(designer, path),
    },
  });
}

async function compareWith(designer: Designer, path: string): Promise<void> {
  const { document } = designer.documents.getState();
  const other = await readVersion(designer, path);
  if (other !== null) openCompare(designer, other, { title: i18next.t('compare.here'), document });
}

/** Null after it has been said why the file is of no use. */
async function readVersion(designer: Designer, path: string): Promise<ComparedVersion | null> {
  let file: { readonly text: string; readonly modifiedMs: number };
  try {
    file = await designer.host.call('file.peek', { path });
  } catch (error) {
    showFailure(i18next.t('files.cannotRead'), error);
    return null;
  }
  const { document, problems } = loadDocument(file.text);
  if (document === null) {
    toast.error(i18next.t('files.cannotRead'), {
      description: problems.map((problem) => words(problem.text)).join('\n'),
    });
    return null;
  }
  return { title: i18next.t('compare.onDisk', { name: fileName(path), time: formatClock(file.modifiedMs) }), document };
}
