/** `millrace run`: one pipeline in this process, from start to its end or to a signal. */
import type { JobManager, JobStartRequest } from '../../runtime/job-manager-api.ts';
import type { Language } from '../../spec/text.ts';
import type { LogLevel, RunStatus } from '../contract.ts';
import { EXIT_FAILED, EXIT_FINISHED, EXIT_INTERRUPTED, escapeForTerminal, formatError } from './exit-codes.ts';
import type { SourceAndSinkIds } from './progress.ts';
import { Progress } from './progress.ts';

/** A signal may come twice for one key press; a later one means "at once". */
const SECOND_SIGNAL_AFTER_MS = 1_000;
const TOLD_INFORMATION: ReadonlySet<string> = new Set([
  'restored',
  'run-running',
  'rows-not-printed',
  'watermark-moves',
  'back-pressure-over',
]);

export interface RunCommandOptions {
  readonly request: JobStartRequest;
  readonly ids: RunNodeIds;
  /** Events as JSON lines on standard output instead of rows there and progress on standard error. */
  readonly json: boolean;
  readonly language: Language;
}

export interface RunNodeIds extends SourceAndSinkIds {
  /** Nodes whose rows are meant for the terminal; previews are for the designer. */
  readonly printing: ReadonlySet<string>;
}

/** Returns the exit code; throws what refuses the start. */
export async function runCommand(jobs: JobManager, options: RunCommandOptions): Promise<number> {
  const progress = new Progress({ isTerminal: process.stderr.isTTY === true, write: (text) => process.stderr.write(text) }, options.ids);
  const endListening = options.json ? listenAsJson(jobs) : listenForPeople(jobs, progress, options);
  let interrupted: Promise<{ readonly savepointPath: string | null } | null> | null = null;
  try {
    const started = await jobs.start(options.request);
    const endSignals = onSignals(() => {
      // Kept state is the point of interrupting: a savepoint, or at least the last checkpoint if that fails.
      interrupted = jobs.stop(started.runId, 'keep-state').catch((error: unknown) => {
        progress.breakLine();
        process.stderr.write(`${formatError(error, options.language)}\n`);
        process.exit(EXIT_INTERRUPTED);
      });
    });
    const ended = await jobs.whenEnded(started.runId);
    endSignals();
    if (!options.json) progress.finish(jobs.metrics(started.runId));
    return conclude(ended, await interrupted, options.json);
  } finally {
    endListening();
  }
}

/** `interrupted`: what a signal has left; null: none came. */
function conclude(ended: RunStatus, interrupted: { readonly savepointPath: string | null } | null, json: boolean): number {
  const code =
    ended.phase === 'finished' ? EXIT_FINISHED : interrupted !== null && ended.phase === 'stopped' ? EXIT_INTERRUPTED : EXIT_FAILED;
  if (json) writeJson({ event: 'end', exitCode: code, status: ended });
  else if (code === EXIT_INTERRUPTED)
    process.stderr.write(
      interrupted?.savepointPath == null
        ? 'interrupted; a batch keeps no state and begins anew\n'
        : `interrupted; state is kept in ${ended.checkpointDirectory}, --restore latest goes on from it\n`,
    );
  else if (code === EXIT_FAILED) process.stderr.write(`${formatFailure(ended)}\n`);
  return code;
}

function formatFailure(ended: RunStatus): string {
  if (ended.error === null) return `the run ended as ${ended.phase}`;
  const { code, message, nodeId, remedy } = ended.error;
  return escapeForTerminal(`${code}${nodeId === null ? '' : ` [${nodeId}]`} ${message}${remedy === null ? '' : `\n  → ${remedy}`}`);
}

/** The line of progress counts checkpoints, and the last words say how it ended. */
function isTold(level: LogLevel, code: string): boolean {
  return level === 'info' ? TOLD_INFORMATION.has(code) : code !== 'run-failed';
}

function listenForPeople(jobs: JobManager, progress: Progress, { ids, language }: RunCommandOptions): () => void {
  return jobs.listen({
    metrics: (metrics) => progress.update(metrics),
    log: ({ level, code, nodeId, text }) => {
      if (!isTold(level, code)) return;
      progress.breakLine();
      process.stderr.write(`${level}: ${nodeId === null ? '' : `[${nodeId}] `}${escapeForTerminal(text[language])}\n`);
    },
    rows: (_runId, nodeId, lines) => {
      if (!ids.printing.has(nodeId)) return;
      progress.breakLine();
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    },
  });
}

function listenAsJson(jobs: JobManager): () => void {
  return jobs.listen({
    state: (status) => writeJson({ event: 'state', status }),
    metrics: (metrics) => writeJson({ event: 'metrics', metrics }),
    checkpoint: (_runId, checkpoint) => writeJson({ event: 'checkpoint', checkpoint }),
    log: (entry) => writeJson({ event: 'log', ...entry }),
    rows: (_runId, nodeId, rows) => writeJson({ event: 'rows', nodeId, rows }),
  });
}

/** Infinity, the watermark of a finished job, would become null: it is written as a word. */
function writeJson(value: unknown): void {
  const text = JSON.stringify(value, (_key, part: unknown) => (part === Number.POSITIVE_INFINITY ? 'end' : part));
  process.stdout.write(`${text}\n`);
}

/** Returns the function that stops listening. */
function onSignals(action: () => void): () => void {
  let firstAtMs: number | null = null;
  const listener = (): void => {
    if (firstAtMs === null) {
      firstAtMs = Date.now();
      action();
    } else if (Date.now() - firstAtMs > SECOND_SIGNAL_AFTER_MS) process.exit(EXIT_INTERRUPTED);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}
