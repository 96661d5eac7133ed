/** The subtasks of one running node, asked for once a second while it is looked at. */
import { useEffect, useState } from 'react';
import type { SubtaskMetrics } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import type { Skew } from '../runs/skew.ts';
import { skewOf } from '../runs/skew.ts';

const PERIOD_MS = 1000;
/** Skew is told over so many readings: one second of a few rows says little. */
const SKEW_READINGS = 5;
/** Rates and shares over as many. */
const RATE_READINGS = 3;

export interface SubtaskRow {
  readonly subtask: number;
  readonly busy: number;
  readonly rateIn: number;
  readonly watermark: number | null;
}

export interface Subtasks {
  readonly rows: readonly SubtaskRow[];
  readonly skew: Skew | null;
}

interface Reading {
  readonly atMs: number;
  readonly subtasks: readonly SubtaskMetrics[];
}

const NOTHING: Subtasks = { rows: [], skew: null };

export function useSubtasks(nodeId: string): Subtasks {
  const { runs, host } = useDesigner();
  const runId = useStore(runs, (state) => state.current?.runId ?? null);
  const [known, setKnown] = useState(NOTHING);
  useEffect(() => {
    if (runId === null) return undefined;
    const readings: Reading[] = [];
    let over = false;
    const ask = async () => {
      const subtasks = await host.call('run.subtasks', { runId, nodeId }).catch(() => null);
      if (over || subtasks === null) return;
      const now = { atMs: performance.now(), subtasks };
      // Workers tell twice a second, but not while they are in the middle of something large.
      const previous = readings.at(-RATE_READINGS) ?? readings[0];
      readings.push(now);
      if (readings.length > SKEW_READINGS) readings.shift();
      // How many there are is known at once, their figures with the second reading.
      setKnown({ rows: toRows(now, previous ?? now), skew: skewOf(subtasks, readings[0].subtasks) });
    };
    void ask();
    const timer = setInterval(() => void ask(), PERIOD_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [host, runId, nodeId]);
  return known;
}

function toRows(now: Reading, before: Reading): readonly SubtaskRow[] {
  const seconds = (now.atMs - before.atMs) / 1000;
  return now.subtasks.map((subtask) =>
    toRow(
      subtask,
      before.subtasks.find((old) => old.subtask === subtask.subtask),
      seconds,
    ),
  );
}

function toRow(now: SubtaskMetrics, old: SubtaskMetrics | undefined, seconds: number): SubtaskRow {
  const since = (counter: 'busyMs' | 'idleMs' | 'backPressuredMs' | 'workMs') => now[counter] - (old?.[counter] ?? 0);
  const total = since('busyMs') + since('idleMs') + since('backPressuredMs');
  return {
    subtask: now.subtask,
    busy: total > 0 ? Math.min(1, Math.max(0, since('workMs') / total)) : 0,
    rateIn: old === undefined || seconds <= 0 ? 0 : Math.max(0, (now.rowsIn - old.rowsIn) / seconds),
    watermark: now.watermark,
  };
}
