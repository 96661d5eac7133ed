/** The log of a run: numbers, bounds, what a flood leaves, and what a crash leaves of it on disk. */
import { expect, test } from 'vitest';
import { FaultStorage } from '../../../test/faults/storage/fault-storage.ts';
import type { RunLogEntry } from '../../host/contract.ts';
import { sameText } from '../../spec/text.ts';
import { type LogEvent, nodeEvent, runEvent } from './log-event.ts';
import { LogFiles } from './log-files.ts';
import { LogValve } from './log-valve.ts';
import { RunLog, SEGMENT_ENTRIES, segmentOf } from './run-log.ts';

const say = (words: string): LogEvent => runEvent('info', 'said', sameText(words));

function entriesOf(count: number): readonly RunLogEntry[] {
  const log = new RunLog('r');
  return Array.from({ length: count }, (_, index) => log.add(say(`${index}`), index));
}

test('entries are numbered from 1, counted by level, and told from a number on', () => {
  const log = new RunLog('r');
  log.add(say('one'), 10);
  log.add(nodeEvent('warning', 'bad-line', 'in', sameText('two')), 11);
  log.add(nodeEvent('error', 'MR4001', 'in', sameText('three')), 12);
  expect(log.after(1).entries.map(({ sequence, code, nodeId }) => [sequence, code, nodeId])).toEqual([
    [2, 'bad-line', 'in'],
    [3, 'MR4001', 'in'],
  ]);
  expect([log.after(3), log.warnings, log.errors]).toEqual([{ entries: [], last: 3 }, 1, 1]);
});

const routine = runEvent('info', 'checkpoint-complete', sameText('x'));

/** Segments that hold something, each with the number of its entries. */
function segmentsOf(entries: readonly RunLogEntry[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { sequence } of entries) counts[segmentOf(sequence)] = (counts[segmentOf(sequence)] ?? 0) + 1;
  return counts;
}

test('the beginning and the newest entries are kept, of old ones only what was no routine, long words are cut', () => {
  const log = new RunLog('r');
  for (let index = 0; index < SEGMENT_ENTRIES * 10; index++)
    log.add(index === SEGMENT_ENTRIES * 3 ? nodeEvent('error', 'MR5013', 'in', sameText('x')) : routine, index);
  log.add(routine, 0);
  const whole = SEGMENT_ENTRIES;
  expect(segmentsOf(log.after(0).entries)).toEqual({ 0: whole, 3: 1, 7: whole, 8: whole, 9: whole, 10: 1 });
  expect(log.after(0).last).toBe(SEGMENT_ENTRIES * 10 + 1);
  expect(log.add(say('y'.repeat(5000)), 1).text.en).toHaveLength(2000);
});

test('what is no routine is bounded too', () => {
  const log = new RunLog('r');
  for (let index = 0; index <= SEGMENT_ENTRIES * 40; index++) log.add(say('x'), index);
  const segments = Object.keys(segmentsOf(log.after(0).entries)).map(Number);
  expect(segments).toEqual([0, ...Array.from({ length: 24 }, (_, index) => 17 + index)]);
});

test('another engine process goes on with the numbers', () => {
  const log = new RunLog('r', entriesOf(4), { warnings: 2, errors: 1 });
  expect([log.add(say('five'), 5).sequence, log.warnings, log.errors]).toEqual([5, 2, 1]);
});

test('a flood of one node is cut short and counted, errors and other nodes pass', () => {
  const valve = new LogValve();
  const warn = (nodeId: string) => nodeEvent('warning', 'bad-line', nodeId, sameText('x'));
  const passed = Array.from({ length: 100 }, () => valve.pass(warn('a'), 0).length);
  expect(passed.filter((count) => count > 0)).toHaveLength(30);
  expect(valve.pass(warn('b'), 0)).toHaveLength(1);
  expect(valve.pass({ ...warn('a'), level: 'error' }, 0)).toHaveLength(1);
  const later = valve.pass(warn('a'), 1000);
  expect(later.map(({ code, text }) => `${code} ${text.en}`)).toEqual([
    'left-out 70 further messages of this node were left out',
    'bad-line x',
  ]);
});

test('files hold the same entries as memory, segment by segment', () => {
  const storage = new FaultStorage();
  storage.makeDirectory('/run');
  const log = new RunLog('r');
  const files = new LogFiles(storage, '/run');
  for (let index = 0; index < SEGMENT_ENTRIES * 30; index += 50) {
    const event = index % 900 === 0 ? say('notable') : routine;
    files.append([log.add(event, index), ...Array.from({ length: 49 }, () => log.add(routine, index))], index % 100 === 0);
  }
  expect(files.read()).toEqual(log.after(0).entries);
  expect(storage.list('/run').length).toBeLessThan(16);
});

test('files of a log full of what matters are bounded as memory is', () => {
  const storage = new FaultStorage();
  storage.makeDirectory('/run');
  const log = new RunLog('r');
  const files = new LogFiles(storage, '/run');
  for (let index = 0; index < SEGMENT_ENTRIES * 30; index += 300)
    files.append(
      Array.from({ length: 300 }, () => log.add(say(`${index}`), index)),
      false,
    );
  expect(files.read()).toEqual(log.after(0).entries);
  expect(storage.list('/run')).toHaveLength(25);
});

test('a half written line is passed over, and what is appended behind it is read', () => {
  const storage = new FaultStorage();
  storage.makeDirectory('/run');
  const files = new LogFiles(storage, '/run');
  const entries = entriesOf(4);
  files.append(entries.slice(0, 2), true);
  files.append(entries.slice(2, 3), true);
  storage.cut('/run/log-000000.ndjson', storage.bytes('/run/log-000000.ndjson').length - 9);
  files.append(entries.slice(3), true);
  expect(files.read().map(({ sequence }) => sequence)).toEqual([1, 2, 4]);
});

test('what is no entry is left out', () => {
  const storage = new FaultStorage();
  storage.makeDirectory('/run');
  const file = storage.open('/run/log-000000.ndjson', 'create');
  const [good] = entriesOf(1);
  file.write(new TextEncoder().encode(`null\n[]\n{"sequence":1}\n${JSON.stringify(good)}\n{"sequence":"2"}\n\u0000\u0000`), 0);
  expect(new LogFiles(storage, '/run').read()).toEqual([good]);
});
