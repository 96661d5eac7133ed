/** Stacks: only what the engine chains, always in order, and taken apart without losing a place. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../engine/base/json.ts';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { createCheckStore } from './checks.ts';
import { addNode, connect, createDocument, setJob } from './commands.ts';
import { createGroup } from './group-commands.ts';
import { pullFromStack, stackUnder, takeApart } from './stack-commands.ts';
import { stackPairs, stackRefusal } from './stack-rules.ts';
import { drawnStacks } from './stacks.ts';

const SCHEMA = [
  { name: 'id', type: 'STRING' },
  { name: 'ts', type: 'TIMESTAMP(3)' },
];
const AGGREGATES = [{ name: 'n', expression: 'COUNT(*)' }];

interface Drawn {
  readonly document: PipelineDocument;
  readonly id: Readonly<Record<string, string>>;
}

/** source → time → keep → window → sink, and keep → other. */
function pipeline(keys: readonly string[] = ['id']): Drawn {
  let document = setJob(createDocument('stacks'), 'parallelism', 2);
  const id: Record<string, string> = {};
  const add = (name: string, type: string, config: JsonObject) => {
    const added = addNode(document, { type, label: name, config }, { x: 300 * Object.keys(id).length, y: 0 });
    document = added.document;
    id[name] = added.id;
  };
  add('source', 'generator-source', { schema: SCHEMA });
  add('time', 'watermark', { time: { column: 'ts', delay: '1 s' } });
  add('keep', 'filter', { condition: "id = 'a'" });
  add('window', 'window-aggregate', { window: 'tumbling', size: '1 min', keys, aggregates: AGGREGATES });
  add('sink', 'print-sink', {});
  add('other', 'print-sink', {});
  for (const [from, to] of [
    ['source', 'time'],
    ['time', 'keep'],
    ['keep', 'window'],
    ['window', 'sink'],
    ['keep', 'other'],
  ])
    document = connect(document, { node: id[from], port: 'out' }, { node: id[to], port: 'in' }, false);
  return { document, id };
}

test.each([
  ['source', 'time', null],
  ['time', 'keep', null],
  ['window', 'sink', null],
  ['source', 'keep', 'noEdge'],
  ['time', 'source', 'noEdge'],
  ['keep', 'other', 'consumers'],
  ['keep', 'window', 'consumers'],
])('%s above %s: %s', (above, below, reason) => {
  const { document, id } = pipeline();
  expect(stackRefusal(document, createCheckStore().ensure(document), id[above], id[below])).toBe(reason);
});

test('a shuffle, one subtask among several, another group and the middle of a stack are refused with their reason', () => {
  const refusal = ({ document, id }: Drawn, above: string, below: string) =>
    stackRefusal(document, createCheckStore().ensure(document), id[above], id[below]);
  const alone = (drawn: Drawn): Drawn => ({
    ...drawn,
    document: { ...drawn.document, edges: drawn.document.edges.filter((edge) => edge.to.node !== drawn.id['other']) },
  });
  expect(refusal(alone(pipeline()), 'keep', 'window')).toBe('shuffle');
  expect(refusal(alone(pipeline([])), 'keep', 'window')).toBe('parallelism');
  const drawn = pipeline();
  const grouped = createGroup(drawn.document, new Set([drawn.id['time']]), { label: 'g', parent: null, at: { x: 0, y: 0 } }).document;
  expect(refusal({ ...drawn, document: grouped }, 'source', 'time')).toBe('group');
  const stacked = stackUnder(drawn.document, drawn.id['source'], drawn.id['time']);
  const turned = { ...stacked, drawing: { ...stacked.drawing, stacks: [[drawn.id['time'], drawn.id['keep']]] } };
  expect(refusal({ ...drawn, document: turned }, 'source', 'keep')).toBe('noEdge');
});

test('stacking changes the drawing alone and gives the place of what is stacked away', () => {
  const { document, id } = pipeline();
  const next = stackUnder(stackUnder(document, id['source'], id['time']), id['time'], id['keep']);
  expect({ ...next, drawing: null }).toEqual({ ...document, drawing: null });
  expect(next.nodes).toBe(document.nodes);
  expect(next.drawing.stacks).toEqual([[id['source'], id['time'], id['keep']]]);
  expect(Object.keys(next.drawing.positions).sort()).toEqual([id['source'], id['window'], id['sink'], id['other']].sort());
  expect(stackUnder(next, id['source'], id['time'])).toBe(next);
});

test('other stacks are kept as they are, once', () => {
  const { document, id } = pipeline();
  const first = stackUnder(document, id['source'], id['time']);
  const second = stackUnder(first, id['window'], id['sink']);
  expect(second.drawing.stacks).toEqual([
    [id['source'], id['time']],
    [id['window'], id['sink']],
  ]);
  expect(takeApart(second, new Set([id['sink']]), { x: 300, y: 0 }).drawing.stacks).toEqual([[id['source'], id['time']]]);
});

test('a node pulled from the middle leaves what was above together, and what was below', () => {
  const { document, id } = pipeline();
  const stacked = stackUnder(stackUnder(document, id['source'], id['time']), id['time'], id['keep']);
  const next = pullFromStack(stacked, id['time'], { x: 400, y: 90 }, { x: 0, y: 104 });
  expect(next.drawing.stacks).toBeUndefined();
  expect(next.drawing.positions).toMatchObject({
    [id['source']]: { x: 0, y: 0 },
    [id['time']]: { x: 400, y: 90 },
    [id['keep']]: { x: 0, y: 104 },
  });
  const apart = takeApart(stacked, new Set([id['keep']]), { x: 300, y: 0 });
  expect(apart.drawing).toEqual(document.drawing);
});

test('a stack whose edge is gone is drawn as two, whatever the file says', () => {
  const { document, id } = pipeline();
  const stacked = stackUnder(stackUnder(document, id['source'], id['time']), id['time'], id['keep']);
  const broken = { ...stacked, edges: stacked.edges.filter((edge) => edge.to.node !== id['keep']) };
  expect(drawnStacks(broken).get(id['source'])?.nodes).toEqual([id['source'], id['time']]);
  expect(drawnStacks(broken).has(id['keep'])).toBe(false);
});

test('a selection is stacked when it is one line', () => {
  const { document, id } = pipeline();
  const pick = (...names: readonly string[]) => stackPairs(document, new Set(names.map((name) => id[name])));
  expect(pick('source', 'time', 'keep')).toEqual([
    [id['source'], id['time']],
    [id['time'], id['keep']],
  ]);
  expect(pick('source', 'keep')).toBeNull();
  expect(pick('source', 'window')).toBeNull();
});
