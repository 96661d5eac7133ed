/** Advice and histogram are of the rows observed, and never promise more than is certain. */
import { expect, test } from 'vitest';
import type { NodeTimeRow } from '../../engine/host/contract.ts';
import { adviseLateness, histogramOf } from './late-advice.ts';
import { lateLines, printLateCsv, printLateJson } from './late-cells.ts';

function row(behindMs: number, missed: number, windows = 10): NodeTimeRow {
  const outcome = missed === 0 ? 'counted' : missed < windows ? 'missed-some' : 'late';
  return {
    atMs: 0,
    eventTime: Date.UTC(2026, 0, 1, 14, 18, 40, 250),
    behindMs,
    outcome,
    missed,
    windows,
    nodeId: 'time',
    subtask: 0,
    row: '{"card":"a, \\"b\\"","n":12345678901234567890}',
  };
}

test('the shortest usual length that brings most rows back; rows counted anyway do not count', () => {
  const rows = [row(500, 0), row(4000, 1), row(40_000, 2), row(50_000, 3), row(55_000, 3), row(900_000, 10)];
  expect(adviseLateness(rows, 0)).toEqual({ allowedMs: 60_000, back: 4, missed: 5 });
  // A lateness as long as the row was late is not certain to help.
  expect(adviseLateness([row(60_000, 1)], 0)).toEqual({ allowedMs: 120_000, back: 1, missed: 1 });
  expect(adviseLateness([row(500, 0)], 0)).toBeNull();
  expect(adviseLateness([row(3 * 86_400_000, 10)], 0)).toBeNull();
});

test('bins cover every row once, by what became of it', () => {
  const { bins, binMs, endMs, most } = histogramOf([row(0, 0), row(900, 1), row(18_000, 10), row(17_999, 10)]);
  expect({ binMs, endMs, most, count: bins.length }).toEqual({ binMs: 1000, endMs: 19_000, most: 2, count: 19 });
  expect(bins[0]).toEqual({ fromMs: 0, counted: 1, missedSome: 1, late: 0 });
  expect(bins.reduce((sum, bin) => sum + bin.counted + bin.missedSome + bin.late, 0)).toBe(4);
});

test('rows are copied with what became of them and every digit', () => {
  const lines = lateLines([row(1, 0), row(2, 10)], ['card', 'n']);
  expect(printLateCsv(lines, ['card', 'n'])).toBe(
    [
      '_event_time,_behind_ms,_outcome,_missed,_windows,card,n',
      '2026-01-01 14:18:40.250,2,late,10,10,"a, ""b""",12345678901234567890',
      '2026-01-01 14:18:40.250,1,counted,0,10,"a, ""b""",12345678901234567890',
      '',
    ].join('\n'),
  );
  expect(printLateJson(lines).split('\n')[0]).toBe(
    '{"_event_time":"2026-01-01 14:18:40.250","_behind_ms":2,"_outcome":"late","_missed":10,"_windows":10,"row":{"card":"a, \\"b\\"","n":12345678901234567890}}',
  );
});
