/** The drawing of a run as it was: opened as an unsaved pipeline of its own, or compared with the one that is open. */
import i18next from 'i18next';
import type { RunSummary } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import { saveDocument } from '../../engine/spec/save-document.ts';
import type { Designer } from '../app/designer.ts';
import { openCompare } from '../compare/open-compare.ts';
import { newDocumentId } from '../document/identifiers.ts';
import { documentText, showFailure } from '../files/pipeline-files.ts';
import { formatMoment } from '../strings/figures.ts';
import { words } from '../strings/language.ts';

/** With an id of its own, so that its state and runs are kept apart from those of today's pipeline. */
export async function openAsItWas(designer: Designer, run: RunSummary): Promise<void> {
  const document = await readSpec(designer, run);
  if (document === null) return;
  const name = i18next.t('history.copyName', { name: document.name, time: formatMoment(run.startedAtMs) });
  const copy = { ...document, id: newDocumentId(), name };
  const draft = { documentId: copy.id, path: '', name, text: saveDocument(copy, null), edits: 1, base: null };
  const kept = await designer.host.call('draft.save', draft).catch(() => ({ savedAtMs: Date.now() }));
  designer.sessions.open(copy, null, { draft: { state: 'kept', atMs: kept.savedAtMs } });
}

export async function compareWithRun(designer: Designer, run: RunSummary): Promise<void> {
  const before = await readSpec(designer, run);
  if (before === null) return;
  const time = formatMoment(run.startedAtMs);
  openCompare(
    designer,
    { title: i18next.t('history.asRun', { time }), document: before },
    {
      title: i18next.t('compare.here'),
      document: designer.documents.getState().document,
    },
  );
}

/** Null after it has been said why. */
async function readSpec(designer: Designer, { runId }: RunSummary): Promise<PipelineDocument | null> {
  const { path } = designer.documents.getState();
  try {
    const { text } = await designer.host.call('history.spec', { path, text: documentText(designer), runId });
    const { document, problems } = loadDocument(text);
    if (document === null) throw new Error(problems.map((problem) => words(problem.text)).join('\n'));
    return document;
  } catch (error) {
    showFailure(i18next.t('history.cannotRead'), error);
    return null;
  }
}
