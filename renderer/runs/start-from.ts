/** What a run begins with: the state of the latest checkpoint if there is more to read behind it, of a chosen one, or none. */
import type { CheckpointInfo, ErrorMessage, RunOptions } from '../../engine/host/contract.ts';
import type { Designer } from '../app/designer.ts';
import { documentText } from '../files/pipeline-files.ts';
import { currentLanguage } from '../strings/language.ts';

export type StartFrom =
  | { readonly kind: 'latest' }
  | { readonly kind: 'none' }
  | { readonly kind: 'checkpoint'; readonly checkpoint: CheckpointInfo };

export function restoreOption(from: StartFrom): RunOptions['restore'] {
  if (from.kind === 'checkpoint') return { path: from.checkpoint.path };
  return from.kind === 'latest' ? 'unfinished' : 'none';
}

export function sameStart(a: StartFrom, b: StartFrom): boolean {
  if (a.kind === 'checkpoint' && b.kind === 'checkpoint') return a.checkpoint.path === b.checkpoint.path;
  return a.kind === b.kind;
}

/** Asks which of the first `count` checkpoints the pipeline, as it is now, could go on from. */
export async function checkKept(designer: Designer, count: number): Promise<void> {
  const { documents, host, shell } = designer;
  const { path, document } = documents.getState();
  if (path === '') return;
  const text = documentText(designer);
  const refusals = new Map<string, string>();
  for (const { path: checkpoint } of shell.getState().keptCheckpoints.slice(0, count)) {
    const { problems } = await host.call('checkpoint.check', { path, text, checkpoint }).catch(() => ({ problems: [] }));
    if (documents.getState().document !== document) return;
    if (problems.length > 0) refusals.set(checkpoint, problems.map(reasonOf).join(currentLanguage() === 'zh' ? '；' : '; '));
  }
  shell.set({ restoreRefusals: refusals });
}

/** Why the pipeline, as it is now, cannot go on from the state at `checkpoint`, in the language of the page; null when it can. */
export async function restoreRefusal(designer: Designer, checkpoint: string): Promise<string | null> {
  const { documents, host } = designer;
  const { path } = documents.getState();
  const asked = { path, text: documentText(designer), checkpoint };
  const { problems } = await host.call('checkpoint.check', asked).catch(() => ({ problems: [] }));
  const [first] = problems;
  if (first === undefined) return null;
  const { message, remedy, zh } = first;
  if (currentLanguage() === 'zh' && zh !== undefined) return `${zh.message}。${zh.remedy}（${first.code}）`;
  return `${message}${remedy === null ? '' : `. ${remedy}`} (${first.code})`;
}

function reasonOf({ message, zh }: ErrorMessage): string {
  return currentLanguage() === 'zh' && zh !== undefined ? zh.message : message;
}

/** Asks what the open pipeline could go on from. */
export async function listKept(designer: Designer): Promise<void> {
  const { documents, host, shell } = designer;
  const { path, generation } = documents.getState();
  const kept = path === '' ? null : await host.call('checkpoint.list', { path, text: documentText(designer) }).catch(() => null);
  if (documents.getState().generation !== generation) return;
  shell.set({ keptCheckpoints: kept?.checkpoints ?? [], goesOnFrom: kept?.goesOnFrom ?? null });
}
