/** Every cause is named from what the engine tells and what the drawing says, with the ways out that exist. */
import { expect, test } from 'vitest';
import type { NodeTime, NodeTimeChannel, NodeTimeWindow } from '../../engine/host/contract.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import type { Situation } from './causes.ts';
import { findCause } from './causes.ts';
import { remediesFor } from './remedies.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const at = (seconds: number) => NOON + seconds * 1000;

function drawing(file: string, idleAfter?: string): PipelineDocument {
  const edge = (from: string, to: string) => ({ id: `${from} ${to}`, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });
  return {
    format: 'millrace-pipeline',
    version: 1,
    id: 'p',
    name: 'p',
    job: {},
    nodes: [
      { id: 'source', type: 'file-source', config: { path: file } },
      {
        id: 'time',
        type: 'watermark',
        config: { time: { column: 'at', delay: '5 s' }, ...(idleAfter === undefined ? {} : { idleAfter }) },
      },
      { id: 'filter', type: 'filter', config: { condition: 'FALSE' } },
      { id: 'window', type: 'window-aggregate', config: {} },
    ],
    edges: [edge('source', 'time'), edge('time', 'filter'), edge('filter', 'window')],
    drawing: { positions: {} },
  };
}

const ONE_FILE = drawing('events.ndjson');
const MANY_FILES = drawing('logs/*.ndjson');

function sender(subtask: number, watermark: number | null, more: Partial<NodeTimeChannel> = {}): NodeTimeChannel {
  return {
    nodeId: 'filter',
    subtask,
    watermark,
    idle: false,
    ended: false,
    rows: watermark === null ? 0 : 100,
    quietMs: 200,
    reads: [],
    ...more,
  };
}

function open(endSeconds: number): NodeTimeWindow {
  return {
    start: at(endSeconds - 60),
    end: at(endSeconds),
    firesAt: at(endSeconds) - 1,
    state: 'open',
    keys: 3,
    exactKeys: true,
    rowsOut: 0,
  };
}

function time(channels: readonly NodeTimeChannel[], windows: readonly NodeTimeWindow[], more: Partial<NodeTime> = {}): NodeTime {
  const levels = channels.filter((channel) => !channel.idle).map((channel) => channel.watermark);
  return {
    nodeId: 'window',
    atMs: at(200),
    ready: true,
    watermark: levels.includes(null) || levels.length === 0 ? null : Math.min(...levels.map((level) => level ?? 0)),
    allowedLatenessMs: 0,
    channels,
    windows,
    more: 0,
    complete: true,
    counted: 0,
    missedSome: 0,
    late: 0,
    rows: [],
    ...more,
  };
}

const RUNNING: Situation = { phase: 'running', paused: false, parallelism: 1, pace: 2, before: [], document: ONE_FILE };
const two = { ...RUNNING, parallelism: 2 };
const next = { end: at(60), firesAt: at(60) - 1, needsMs: 18_999 };
const third = { nodeId: 'filter', subtask: 1, alone: false, splits: null };
const reads = (subtask: number, splits: readonly string[] | null) => ({ reads: [{ nodeId: 'source', subtask, splits }] });

test.each([
  {
    name: 'a sender quiet for 70 s holds the watermark; the others have passed the end',
    time: time([sender(0, at(110)), sender(1, at(41), { quietMs: 70_000 }), sender(2, at(108))], [open(60), open(120)]),
    situation: { ...two, document: MANY_FILES },
    cause: {
      kind: 'quiet',
      sender: third,
      quietMs: 70_000,
      watermark: at(41),
      next,
      others: 2,
      passed: 2,
      file: null,
      rule: { nodeId: 'time', idleField: 'idleAfter', idleAfterMs: null },
    },
    remedies: ['idle-after', 'one-subtask'],
  },
  {
    name: 'the only sender is quiet: its file is known',
    time: time([sender(0, at(41), { quietMs: 9000 })], [open(60)]),
    situation: RUNNING,
    cause: {
      kind: 'quiet',
      sender: { nodeId: 'filter', subtask: 0, alone: true, splits: null },
      quietMs: 9000,
      watermark: at(41),
      next,
      others: 0,
      passed: 0,
      file: 'events.ndjson',
    },
    remedies: [],
  },
  {
    name: 'nobody sends',
    time: time([sender(0, at(41), { quietMs: 9000 }), sender(1, at(42), { quietMs: 7000 })], [open(60)]),
    situation: two,
    cause: { kind: 'all-quiet', quietMs: 7000, watermark: at(41), next },
    remedies: [],
  },
  {
    name: 'one file at parallelism 2: a subtask has nothing to read',
    time: time([sender(0, at(41)), sender(1, null, { quietMs: 0 })], [open(60)]),
    situation: two,
    cause: {
      kind: 'too-few-inputs',
      sender: third,
      source: { nodeId: 'source', file: 'events.ndjson', oneFile: true },
      parallelism: 2,
    },
    remedies: ['one-subtask', 'idle-after'],
  },
  {
    name: 'a sender of several files that never sent',
    time: time([sender(0, at(41)), sender(1, null)], [open(60)]),
    situation: { ...two, document: MANY_FILES },
    cause: { kind: 'never-sent', sender: third, others: 1, file: 'logs/*.ndjson' },
    remedies: ['idle-after', 'one-subtask'],
  },
  {
    name: 'a sender with the rows of one subtask of a source is named by that, with its files',
    time: time(
      [sender(0, at(110), reads(0, ['logs/a.ndjson'])), sender(1, at(41), { quietMs: 9000, ...reads(1, ['logs/b.ndjson']) })],
      [open(60)],
    ),
    situation: { ...two, document: MANY_FILES },
    cause: { kind: 'quiet', sender: { nodeId: 'source', subtask: 1, alone: false, splits: ['logs/b.ndjson'] } },
    remedies: ['idle-after', 'one-subtask'],
  },
  {
    name: 'two sources: the quiet one is named without a subtask',
    time: time(
      [
        sender(0, at(110), { nodeId: 'time', reads: [{ nodeId: 'other', subtask: 0, splits: null }] }),
        sender(0, at(41), { quietMs: 9000, ...reads(0, null) }),
      ],
      [open(60)],
    ),
    situation: RUNNING,
    cause: { kind: 'quiet', sender: { nodeId: 'source', subtask: 0, alone: true, splits: null }, file: 'events.ndjson' },
    remedies: ['idle-after'],
  },
  {
    name: 'a subtask that will count as idle soon: nothing is offered that is set already',
    time: time([sender(0, at(110)), sender(1, at(41), { quietMs: 9000 })], [open(60)]),
    situation: { ...two, document: drawing('logs/*.ndjson', '2 s') },
    cause: { kind: 'quiet', rule: { idleAfterMs: 2000 } },
    remedies: ['one-subtask'],
  },
  {
    name: 'rows without event time',
    time: time([sender(0, null, { rows: 7 })], []),
    situation: RUNNING,
    cause: { kind: 'no-event-time', sender: { nodeId: 'filter', subtask: 0, alone: true, splits: null } },
    remedies: ['open-node'],
  },
  {
    name: 'all senders active: so much more event time, the pace says when',
    time: time([sender(0, at(41))], [open(120), open(60)]),
    situation: RUNNING,
    cause: {
      kind: 'not-reached',
      sender: { nodeId: 'filter', subtask: 0, alone: true, splits: null },
      watermark: at(41),
      next,
      others: 0,
      passed: 0,
      rule: { nodeId: 'time', field: 'time', delayMs: 5000 },
      arrivesInMs: 9499.5,
    },
    remedies: [],
  },
  {
    name: 'a shorter delay would have done: the delay is the way out',
    time: time([sender(0, at(57))], [open(60)]),
    situation: { ...RUNNING, pace: null },
    cause: { kind: 'not-reached', next: { end: at(60), firesAt: at(60) - 1, needsMs: 2999 }, arrivesInMs: null },
    remedies: ['lower-delay'],
  },
  {
    name: 'a filter lets nothing pass',
    time: time([sender(0, null)], []),
    situation: {
      ...RUNNING,
      before: [
        { nodeId: 'filter', rowsIn: 900, rowsOut: 0 },
        { nodeId: 'time', rowsIn: 900, rowsOut: 900 },
        { nodeId: 'source', rowsIn: 0, rowsOut: 900 },
      ],
    },
    cause: { kind: 'no-rows', blocker: 'filter', rowsIn: 900 },
    remedies: ['open-node'],
  },
  {
    name: 'the source has sent nothing',
    time: time([sender(0, null)], []),
    situation: { ...RUNNING, before: [{ nodeId: 'source', rowsIn: 0, rowsOut: 0 }] },
    cause: { kind: 'silent-source', source: { nodeId: 'source', file: 'events.ndjson', oneFile: true } },
    remedies: ['open-node'],
  },
  {
    name: 'rows are still on their way',
    time: time([sender(0, null)], []),
    situation: { ...RUNNING, before: [{ nodeId: 'source', rowsIn: 0, rowsOut: 4 }] },
    cause: { kind: 'no-rows', blocker: null, rowsIn: 0 },
    remedies: [],
  },
  {
    name: 'no window is open',
    time: time([sender(0, at(130))], [{ ...open(60), state: 'fired' }]),
    situation: RUNNING,
    cause: { kind: 'no-window', watermark: at(130) },
    remedies: [],
  },
  {
    name: 'a fired window that is kept for its allowed lateness is not waited for',
    time: time([sender(0, at(65))], [{ ...open(60), state: 'fired' }, open(60), open(120)], { allowedLatenessMs: 30_000 }),
    situation: RUNNING,
    cause: { kind: 'not-reached', next: { end: at(120), needsMs: 54_999 } },
    remedies: [],
  },
  {
    name: 'idle senders hold nothing back',
    time: time([sender(0, at(41)), sender(1, at(3), { idle: true })], [open(60)]),
    situation: two,
    cause: { kind: 'not-reached', watermark: at(41), others: 0 },
    remedies: [],
  },
  {
    name: 'everyone is idle',
    time: time([sender(0, at(41), { idle: true })], [open(60)], { watermark: at(41) }),
    situation: RUNNING,
    cause: { kind: 'all-idle', watermark: at(41), next },
    remedies: [],
  },
  {
    name: 'the input has ended',
    time: time([sender(0, Number.POSITIVE_INFINITY, { ended: true })], []),
    situation: RUNNING,
    cause: { kind: 'input-ended' },
    remedies: [],
  },
  {
    name: 'paused',
    time: time([sender(0, at(41))], [open(60)]),
    situation: { ...RUNNING, paused: true },
    cause: { kind: 'paused', watermark: at(41), next },
    remedies: ['resume'],
  },
  { name: 'restarting', time: null, situation: { ...RUNNING, phase: 'restarting' }, cause: { kind: 'restarting' }, remedies: [] },
  { name: 'not told yet', time: time([], [], { ready: false }), situation: RUNNING, cause: { kind: 'asking' }, remedies: [] },
  {
    name: 'finished',
    time: null,
    situation: { ...RUNNING, phase: 'finished' },
    cause: { kind: 'over', phase: 'finished' },
    remedies: ['run'],
  },
] as const)('$name', ({ time: told, situation, cause, remedies }) => {
  const found = findCause(told, situation);
  expect(found).toMatchObject(cause);
  expect(remediesFor(found, situation.parallelism).map(({ kind }) => kind)).toEqual(remedies);
});

test('idle after half of what it has been quiet for, in a length of time that people set', () => {
  const idleMs = (quietMs: number) => {
    const told = time([sender(0, at(110)), sender(1, at(41), { quietMs })], [open(60)]);
    const remedy = remediesFor(findCause(told, two), 2).find(({ kind }) => kind === 'idle-after');
    return remedy?.kind === 'idle-after' ? remedy.idleMs : null;
  };
  expect([5000, 9000, 70_000, 700_000].map(idleMs)).toEqual([2000, 2000, 30_000, 300_000]);
});
