/** Lists for the terminal: problems, checkpoints. */
import type { StoredCheckpoint } from '../../runtime/job-manager-api.ts';
import type { Language } from '../../spec/text.ts';
import type { ErrorMessage, ProblemMessage } from '../contract.ts';
import { escapeForTerminal } from './exit-codes.ts';

export function printLines(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Refusals of a run are said in English. */
export function problemOfRestore({ code, message, remedy, nodeId, zh }: ErrorMessage): ProblemMessage {
  const en = remedy === null ? message : `${message}; ${remedy}`;
  const text = { en, zh: zh === undefined ? en : `${zh.message}；${zh.remedy}` };
  return { code, severity: 'error', ...(nodeId === null ? {} : { nodeId }), text };
}

export function formatProblems(problems: readonly ProblemMessage[], language: Language): readonly string[] {
  return problems.map((problem) => {
    const place = problem.nodeId ?? problem.edgeId ?? '';
    const field = problem.field === undefined ? '' : `${place === '' ? '' : '.'}${problem.field}`;
    const where = place === '' && field === '' ? '' : ` [${place}${field}]`;
    return escapeForTerminal(`${problem.severity} ${problem.code}${where} ${problem.text[language]}`);
  });
}

export function formatCheckpoints(stored: readonly StoredCheckpoint[]): readonly string[] {
  if (stored.length === 0) return ['no checkpoints'];
  return stored.map((checkpoint) => {
    const state = checkpoint.damage === null ? 'whole' : `DAMAGED: ${checkpoint.damage}`;
    const size = `${(checkpoint.bytes / 1024).toFixed(1)} KiB`;
    const when = new Date(checkpoint.completedAtMs).toISOString();
    return escapeForTerminal(
      `${checkpoint.kind} ${checkpoint.id}  ${when}  attempt ${checkpoint.attempt}  parallelism ${checkpoint.parallelism}  ${size}  ${state}  ${checkpoint.path}`,
    );
  });
}
