/** `millrace runs`: the runs a pipeline has had, or one of them with its figures, its log and its document. */
import { EngineError } from '../../base/errors.ts';
import { formatDuration } from '../../spec/duration.ts';
import type { Language } from '../../spec/text.ts';
import type { DamagedRun, RunDetail, RunLogEntry, RunSummary } from '../contract.ts';
import type { PipelineHistory } from '../engine-service.ts';
import { escapeForTerminal } from './exit-codes.ts';
import { printLines } from './listings.ts';

const ID_SHOWN = 8;

export interface RunsFlags {
  readonly checkpoints?: string;
  readonly spec?: boolean;
  readonly json?: boolean;
}

export function runsCommand(history: PipelineHistory | null, run: string | undefined, flags: RunsFlags, language: Language): void {
  if (history === null) throw new EngineError('MR6403', 'this is no pipeline', { domain: 'user', remedy: 'name a pipeline file' });
  const { runs, damaged } = history.list();
  if (run === undefined) {
    if (flags.spec === true)
      throw new EngineError('MR6406', '--spec needs the id of a run', { domain: 'user', remedy: 'name one of the list' });
    if (flags.json === true) printLines([JSON.stringify({ runs, damaged }, null, 2)]);
    else printLines(formatRuns(runs, damaged, language));
    return;
  }
  const runId = findRun(runs, run);
  if (flags.spec === true) process.stdout.write(history.spec(runId));
  else {
    const detail = history.show(runId);
    const { entries } = history.log(runId);
    if (flags.json === true) printLines([JSON.stringify({ ...detail, log: entries }, null, 2)]);
    else printLines(formatRun(detail, entries, language));
  }
}

/** The beginning of an id is enough while it fits one run only. */
function findRun(runs: readonly RunSummary[], wanted: string): string {
  const fitting = runs.filter(({ runId }) => runId.startsWith(wanted));
  const [first] = fitting;
  if (fitting.length === 1 && first !== undefined) return first.runId;
  throw new EngineError('MR5026', `${fitting.length} runs have an id that begins with ${JSON.stringify(wanted.slice(0, 80))}`, {
    domain: 'user',
    remedy: 'list the runs and name one of them',
  });
}

function formatRuns(runs: readonly RunSummary[], damaged: readonly DamagedRun[], language: Language): readonly string[] {
  if (runs.length === 0 && damaged.length === 0) return ['no runs'];
  return [
    ...runs.map((run) => escapeForTerminal(formatSummary(run, language))),
    ...damaged.map(({ runId, startedAtMs, reason }) =>
      escapeForTerminal(`${runId.slice(0, ID_SHOWN)}  ${timeOf(startedAtMs)}  DAMAGED: ${reason}`),
    ),
  ];
}

function formatSummary(run: RunSummary, language: Language): string {
  const span = run.endedAtMs === null ? '' : formatDuration(Math.max(0, Math.round(run.endedAtMs - run.startedAtMs)), language);
  const again = run.restarts + run.engineDeaths;
  return [
    run.runId.slice(0, ID_SHOWN),
    timeOf(run.startedAtMs),
    run.stopMode === null ? run.outcome : `${run.outcome} (${run.stopMode})`,
    span,
    `${run.rowsIn} rows in`,
    `${run.rowsOut} out`,
    ...(again === 0 ? [] : [`${again} restarts`]),
    ...(run.startedFrom === null ? [] : [`from ${run.startedFrom.kind} ${run.startedFrom.id}`]),
    ...(run.error === null ? [] : [`${run.error.code}${run.error.nodeId === null ? '' : ` [${run.error.nodeId}]`} ${run.error.message}`]),
  ]
    .filter((part) => part !== '')
    .join('  ');
}

function formatRun(run: RunDetail, entries: readonly RunLogEntry[], language: Language): readonly string[] {
  const lines = [
    formatSummary(run, language),
    `id ${run.runId}  parallelism ${run.parallelism}  ${run.guarantee}  document ${run.specHash.slice(0, 12)}`,
    '',
    ...run.nodes.map(({ nodeId, rowsIn, rowsOut, badRecords, lateRecords }) => {
      const bad = badRecords === 0 ? '' : `  ${badRecords} bad lines`;
      return `${nodeId}  ${rowsIn} rows in  ${rowsOut} out${bad}${lateRecords === 0 ? '' : `  ${lateRecords} late`}`;
    }),
    '',
    ...run.checkpoints.map(
      ({ kind, id, status, startedAtMs, kept, path }) => `${kind} ${id}  ${timeOf(startedAtMs)}  ${status}${kept ? `  ${path}` : ''}`,
    ),
    '',
    ...entries.map(({ atMs, level, code, nodeId, text }) => {
      return `${timeOf(atMs)}  ${level}  ${code}  ${nodeId === null ? '' : `[${nodeId}] `}${text[language]}`;
    }),
  ];
  return lines.map(escapeForTerminal);
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
