/** Filters of the log by level, node and words. */
import { expect, test } from 'vitest';
import type { LogLevel, RunLogEntry } from '../../engine/host/contract.ts';
import { countByLevel, filterLog, type LogFilter, printEntry } from './filter-log.ts';

function entry(sequence: number, level: LogLevel, nodeId: string | null, en: string): RunLogEntry {
  return {
    runId: 'r',
    sequence,
    atMs: 0,
    level,
    code: `code-${sequence}`,
    nodeId,
    subtask: nodeId === null ? null : 0,
    text: { en, zh: `中${en}` },
  };
}

const ENTRIES = [
  entry(1, 'info', null, 'Running'),
  entry(2, 'warning', 'in', 'Line 7 is no number'),
  entry(3, 'error', 'in', 'The file is gone'),
  entry(4, 'info', 'out', 'Connected'),
];

test.each<[string, Partial<LogFilter>, readonly number[]]>([
  ['nothing asked', {}, [1, 2, 3, 4]],
  ['warnings and worse', { level: 'warning' }, [2, 3]],
  ['errors', { level: 'error' }, [3]],
  ['one node', { nodeId: 'in' }, [2, 3]],
  ['words, however written', { text: ' LINE 7 ' }, [2]],
  ['a code', { text: 'code-4' }, [4]],
  ['the name of a node', { text: 'orders' }, [2, 3]],
  ['all at once', { level: 'error', nodeId: 'in', text: 'gone' }, [3]],
])('%s', (_name, filter, expected) => {
  const found = filterLog(ENTRIES, { level: 'all', nodeId: null, text: '', ...filter }, 'en', (id) => (id === 'in' ? 'Orders' : id));
  expect(found.map(({ sequence }) => sequence)).toEqual(expected);
});

test('words are those of the page, and a line is copied with time, level, code and place', () => {
  const shown = filterLog(ENTRIES, { level: 'all', nodeId: null, text: '中run' }, 'zh', (id) => id);
  expect(shown.map(({ sequence }) => sequence)).toEqual([1]);
  expect(printEntry(ENTRIES[2], 'en')).toMatch(/^\d\d:\d\d:\d\d error code-3 \[in 1\] The file is gone$/);
  expect(countByLevel(ENTRIES)).toEqual({ warnings: 1, errors: 1 });
});
