/** What was worked on lately and how it stands: running, stopped, with problems or with a draft that was never saved. */
import i18next from 'i18next';
import { useEffect, useState } from 'react';
import type { DraftInfo, RecentFile, RunMetrics, RunStatus } from '../../engine/host/contract.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner } from '../app/designer.ts';
import { openCompare } from '../compare/open-compare.ts';
import { resolveDocument } from '../document/definitions.ts';
import { fileName, openDraft, openPath, showFailure } from '../files/pipeline-files.ts';
import { isLive } from '../runs/run-store.ts';
import { formatMoment } from '../strings/figures.ts';

const SHOWN_MAX = 8;
const CHECKED_MAX = 8;

export interface RecentWork {
  readonly files: readonly RecentFile[];
  /** Drafts left by an earlier launch, newest first. */
  readonly drafts: readonly DraftInfo[];
  /** The person's home folder; empty: not among the folders that may be opened. */
  readonly home: string;
  forget(path: string): void;
}

/** Null until the host has answered. */
export function useRecentWork(): RecentWork | null {
  const { host } = useDesigner();
  const [work, setWork] = useState<Omit<RecentWork, 'forget'> | null>(null);
  useEffect(() => {
    let over = false;
    const read = async () => {
      const [files, drafts, roots] = await Promise.all([
        host.call('recent.list', {}).catch(() => []),
        host.call('draft.list', {}).catch(() => []),
        host.call('file.roots', {}).catch(() => []),
      ]);
      const left = drafts.filter((draft) => !draft.aside && !draft.sameLaunch).sort((a, b) => b.savedAtMs - a.savedAtMs);
      const home = roots.find((root) => root.name === 'Home')?.path ?? '';
      if (!over) setWork({ files: files.slice(0, SHOWN_MAX), drafts: left, home });
    };
    void read();
    return () => {
      over = true;
    };
  }, [host]);
  if (work === null) return null;
  const forget = (path: string) => {
    setWork({ ...work, files: work.files.filter((file) => file.path !== path) });
    void host.call('recent.forget', { path }).catch(() => null);
  };
  return { ...work, forget };
}

/** Errors of each file, filled in one after the other so that the list is there at once. */
export function useProblemCounts(files: readonly RecentFile[]): ReadonlyMap<string, number> {
  const { host } = useDesigner();
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    let over = false;
    const check = async () => {
      for (const file of files.slice(0, CHECKED_MAX)) {
        if (file.modifiedMs === null) continue;
        const read = await host.call('file.peek', { path: file.path }).catch(() => null);
        if (over) return;
        const { document } = loadDocument(read?.text ?? '');
        if (document === null) continue;
        const errors = resolveDocument(document).problems.filter((problem) => problem.severity === 'error').length;
        setCounts((before) => new Map([...before, [file.path, errors]]));
      }
    };
    void check();
    return () => {
      over = true;
    };
  }, [host, files]);
  return counts;
}

/** Rows per second that enter each running pipeline, by run. */
export function useRunRates(): ReadonlyMap<string, number> {
  const { host } = useDesigner();
  const [rates, setRates] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    const last = new Map<string, RunMetrics>();
    return host.listen('run.metrics', (frame) => {
      const before = last.get(frame.runId);
      last.set(frame.runId, frame);
      if (before === undefined || frame.atMs <= before.atMs) return;
      const rate = ((rowsEntering(frame) - rowsEntering(before)) * 1000) / (frame.atMs - before.atMs);
      setRates((known) => new Map([...known, [frame.runId, Math.max(0, rate)]]));
    });
  }, [host]);
  return rates;
}

/** The newest run of this file; a live one before any other. */
export function runOf(runs: ReadonlyMap<string, RunStatus>, path: string): RunStatus | null {
  const own = [...runs.values()].filter((run) => run.pipelinePath === path).sort((a, b) => b.startedAtMs - a.startedAtMs);
  return own.find(isLive) ?? own[0] ?? null;
}

/** Today by the clock, yesterday by its name, else by day. */
export function formatDay(atMs: number, now: number, language: string): string {
  const [day, today] = [new Date(atMs), new Date(now)];
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  if (atMs >= midnight) return day.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
  if (atMs >= midnight - 86_400_000) return i18next.t('start.yesterday');
  return day.toLocaleDateString(locale, { day: 'numeric', month: 'short' });
}

/** The draft itself, without the question that opening its file would ask. */
export async function openLeftDraft(designer: Designer, draft: DraftInfo): Promise<void> {
  if (draft.path === '') {
    await openDraft(designer, draft.draftId);
    return;
  }
  await openPath(designer, draft.path);
  const { dialog } = designer.shell.getState();
  if (dialog?.kind !== 'recovery') return;
  designer.shell.set({ dialog: null });
  dialog.recovery.openDraft();
}

export async function compareDraft(designer: Designer, draft: DraftInfo): Promise<void> {
  const { host } = designer;
  try {
    const [saved, kept] = await Promise.all([
      host.call('file.peek', { path: draft.path }),
      host.call('draft.read', { draftId: draft.draftId }),
    ]);
    const [before, after] = [loadDocument(saved.text).document, kept === null ? null : loadDocument(kept.text).document];
    if (before === null || after === null) throw new Error(i18next.t('start.noDraft'));
    openCompare(
      designer,
      { title: i18next.t('compare.onDisk', { name: fileName(draft.path), time: formatMoment(saved.modifiedMs) }), document: before },
      { title: i18next.t('compare.draft', { time: formatMoment(draft.savedAtMs) }), document: after },
      [
        {
          label: i18next.t('start.openDraft'),
          primary: true,
          run: () => {
            designer.shell.set({ dialog: null });
            void openLeftDraft(designer, draft);
          },
        },
      ],
    );
  } catch (error) {
    showFailure(i18next.t('files.cannotRead'), error);
  }
}

/** Sources are the nodes that nothing enters. */
function rowsEntering(frame: RunMetrics): number {
  return frame.nodes.reduce((sum, node) => (node.rowsIn === 0 ? sum + node.rowsOut : sum), 0);
}
