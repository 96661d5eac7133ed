/** The rows of one sink of a run, fetched as they come and kept as the engine keeps them. */
import { useEffect, useState } from 'react';
import type { RunStatus } from '../../engine/host/contract.ts';
import { useDesigner } from '../app/designer.ts';
import { isLive } from '../runs/run-store.ts';
import type { ResultRow } from './result-row.ts';
import { readResultRow } from './result-row.ts';

const PERIOD_MS = 500;
/** As many as the engine keeps. */
const ROWS_MAX = 10_000;
/** Figures and rows do not come at the same moment: rows are missing only when several answers say so. */
const ANSWERS_COMPARED = 3;

export interface Results {
  readonly of: string;
  readonly changes: readonly ResultRow[];
  /** Rows that reached the sink. */
  readonly total: number;
  /** Of those, how many are not here. */
  readonly missing: number;
  readonly fromStart: boolean;
}

interface Reading extends Results {
  readonly logId: number;
  readonly last: number;
  readonly missed: readonly number[];
}

/** Null until the first answer. */
export function useResults(run: RunStatus | null, nodeId: string | null, columns: readonly string[]): Results | null {
  const { host } = useDesigner();
  const [results, setResults] = useState<Reading | null>(null);
  const runId = run?.runId ?? null;
  const live = isLive(run);
  const names = columns.join('\n');
  const watched = `${runId} ${nodeId} ${names}`;
  useEffect(() => {
    if (runId === null || nodeId === null) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let reading: Reading | null = null;
    const ask = async () => {
      const known = names === '' ? [] : names.split('\n');
      const answer = await host.call('run.results', { runId, nodeId, afterSequence: reading?.last ?? 0 }).catch(() => null);
      if (over) return;
      if (answer !== null && reading !== null && answer.logId !== reading.logId) {
        reading = null;
        void ask();
        return;
      }
      if (answer !== null) {
        reading = extend(reading, answer, known, watched);
        setResults(reading);
      }
      if (live || answer === null) timer = setTimeout(() => void ask(), PERIOD_MS);
    };
    void ask();
    return () => {
      over = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [host, runId, nodeId, live, names, watched]);
  return results?.of === watched ? results : null;
}

interface Answer {
  readonly logId: number;
  readonly first: number;
  readonly last: number;
  readonly rows: readonly string[];
  readonly total: number;
  readonly fromStart: boolean;
}

function extend(before: Reading | null, answer: Answer, columns: readonly string[], of: string): Reading {
  const added = answer.rows.map((text, index) => readResultRow(text, answer.first + index, columns));
  const changes = added.length === 0 ? (before?.changes ?? []) : [...(before?.changes ?? []), ...added].slice(-ROWS_MAX);
  const missed = [...(before?.missed ?? []), Math.max(0, answer.total - changes.length)].slice(-ANSWERS_COMPARED);
  return {
    of,
    changes,
    total: Math.max(answer.total, answer.last),
    missing: Math.min(...missed),
    fromStart: answer.fromStart,
    logId: answer.logId,
    last: answer.last,
    missed,
  };
}
