/** The subtasks of one running node, asked for once a second while it is looked at. */
import { useEffect, useState } from 'react';
import type { SubtaskMetrics } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import type { Skew } from '../runs/skew.ts';
import { skewOf } from '../runs/skew.ts';

const PERIOD_MS = 1000;
/** Skew is told over so many readings: one second of a few rows says little. */
const SKEW_READINGS = 5;

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
      const previous = readings.at(-1);
      readings.push(now);
      if (readings.length > SKEW_READINGS) readings.shift();
      if (previous !== undefined) setKnown({ rows: toRows(now, previous), skew: skewOf(subtasks, readings[0].subtasks) });
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
  const busy = now.busyMs - (old?.busyMs ?? 0);
  const total = busy + now.idleMs - (old?.idleMs ?? 0) + now.backPressuredMs - (old?.backPressuredMs ?? 0);
  return {
    subtask: now.subtask,
    busy: total > 0 ? Math.max(0, busy / total) : 0,
    rateIn: old === undefined || seconds <= 0 ? 0 : Math.max(0, (now.rowsIn - old.rowsIn) / seconds),
    watermark: now.watermark,
  };
}
