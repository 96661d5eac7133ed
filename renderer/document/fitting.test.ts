/** What quick-add offers at a port: only what fits, the likely ones first, then what needs one more thing; words narrow it down. */
import { expect, test } from 'vitest';
import type { InputPort } from '../../engine/spec/define-node.ts';
import type { NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import { searchPalette, suggestEntries } from '../palette/search.ts';
import { createCheckStore } from './checks.ts';
import { createDocument } from './commands.ts';
import { paletteEntries } from './definitions.ts';
import type { PortStart, RankedEntry } from './fitting.ts';
import { fitAfter, rankEntries } from './fitting.ts';

const TIMED = [
  { name: 'ts', type: 'TIMESTAMP(3)' },
  { name: 'card', type: 'STRING' },
];
const PLAIN = [{ name: 'card', type: 'STRING' }];
const TIME: NodeSpec = { id: 'time', type: 'watermark', config: { time: { column: 'ts', delay: '1 s' } } };
const WINDOW: NodeSpec = {
  id: 'window',
  type: 'window-aggregate',
  config: {
    window: 'tumbling',
    size: '1 min',
    keys: ['card'],
    aggregates: [{ name: 'n', expression: 'COUNT(*)' }],
    lateRows: 'late-output',
  },
};
const FILTER: NodeSpec = { id: 'filter', type: 'filter', config: { condition: "card <> ''" } };

/** A line from a source with these columns. */
function line(schema: readonly object[], ...nodes: readonly NodeSpec[]): PipelineDocument {
  const all: readonly NodeSpec[] = [{ id: 'in', type: 'collection-source', config: { schema, rows: [] } as NodeSpec['config'] }, ...nodes];
  const edges = all
    .slice(1)
    .map((node, index) => ({ id: `e${index}`, from: { node: all[index].id, port: 'out' }, to: { node: node.id, port: 'in' } }));
  return { ...createDocument('ranked'), nodes: all, edges };
}

function ranked(document: PipelineDocument, node: string, port = 'out', side: PortStart['side'] = 'out', words = '') {
  const checks = createCheckStore().ensure(document);
  return rankEntries(document, checks, { port: { node, port }, side }, searchPalette(words));
}

const types = (entries: readonly RankedEntry[]): readonly string[] => entries.map(({ entry }) => entry.type);
const categories = (entries: readonly RankedEntry[]): readonly string[] => entries.map(({ entry }) => entry.category);

test('rows with a time column first need event time, and what needs it is offered with it in between', () => {
  const { fitting, needing } = ranked(line(TIMED), 'in');
  expect(types(fitting)[0]).toBe('watermark');
  const window = needing.find(({ entry }) => entry.type === 'window-aggregate');
  expect(window?.fit).toMatchObject({ kind: 'needs-event-time', by: { type: 'watermark' } });
});

test('once there is event time, windows come first and event time is not offered again at the top', () => {
  const { fitting } = ranked(line(TIMED, TIME), 'time');
  expect(categories(fitting)[0]).toBe('windows');
  expect(types(fitting).indexOf('watermark')).toBeGreaterThan(types(fitting).indexOf('filter'));
});

test('rows that have no time are shaped or kept; nothing without an input follows', () => {
  const { fitting, needing } = ranked(line(PLAIN), 'in');
  expect(categories(fitting)[0]).toBe('transforms');
  expect(categories(fitting)).toContain('sinks');
  expect([...categories(fitting), ...categories(needing)]).not.toContain('sources');
});

test('after a window its rows are kept, and late ones above all', () => {
  const document = line(TIMED, TIME, WINDOW);
  expect(categories(ranked(document, 'window').fitting)[0]).toBe('sinks');
  const late = categories(ranked(document, 'window', 'late').fitting);
  const sinks = late.filter((category) => category === 'sinks').length;
  expect(sinks).toBeGreaterThan(0);
  expect(late.slice(0, sinks)).toEqual(Array.from({ length: sinks }, () => 'sinks'));
});

test('what takes two inputs says that it needs another one', () => {
  const filter = paletteEntries.find((entry) => entry.type === 'filter');
  if (filter === undefined) throw new Error('there is no filter');
  const [input] = filter.definition.inputs;
  const withInputs = (...inputs: readonly InputPort[]) => ({ ...filter, definition: { ...filter.definition, inputs } });
  const output = createCheckStore().ensure(line(PLAIN, FILTER)).nodes.get('filter')?.outputs[0];
  expect(fitAfter(withInputs(input, { ...input, name: 'other' }), output)).toEqual({ kind: 'needs-second-input', port: 'in' });
  expect(fitAfter(withInputs(input, { ...input, name: 'other', optional: true }), output)).toEqual({ kind: 'fits', port: 'in' });
});

test('before an input stands what gives rows; event time first where it is needed', () => {
  const open: PipelineDocument = { ...line(PLAIN, FILTER, WINDOW), edges: [] };
  const before = ranked(open, 'filter', 'in', 'in').fitting;
  expect(categories(before)[0]).toBe('sources');
  expect(categories(before)).not.toContain('sinks');
  expect(types(ranked(open, 'window', 'in', 'in').fitting)[0]).toBe('watermark');
});

test('words find by name first and by what it is used for, in both languages; words that match nothing suggest the nearest', () => {
  const found = (words: string) => types(ranked(line(TIMED), 'in', 'out', 'out', words).fitting);
  expect(found('filter')[0]).toBe('filter');
  expect(searchPalette('group by').map((entry) => entry.type)).toContain('window-aggregate');
  expect(searchPalette('过滤')[0]?.type).toBe('filter');
  expect(searchPalette('xyzzy')).toEqual([]);
  expect(suggestEntries('filtre')[0]?.type).toBe('filter');
});
