/** Hostile data through the file sources of a running job: each line is a row or a bad line, told with its place, never a crash. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createJobManager } from '../../engine/runtime/job-manager.ts';
import { DEAD_LETTER_BYTES_MAX } from '../../engine/spec/dead-letter.ts';
import { REPOSITORY } from '../support/source-files.ts';
import type { BytesCase } from './corpora.ts';
import { corpusFiles, corpusFolder, naughtyStrings } from './corpora.ts';
import type { DeadLetter, HostileInput } from './running-job.ts';
import { readHostileOutput, runHostile, writeInput } from './running-job.ts';

const manager = createJobManager({ bundleFolder: path.join(REPOSITORY, 'build/engine') });
afterAll(() => manager.close());

const encoder = new TextEncoder();
const text = (name: string, content: string): BytesCase => ({ name, bytes: encoder.encode(content) });
const V_COLUMN = [{ name: 'v', type: 'STRING' }];

/** `{"v":` + a file of the suite + `}` as one line; files that have line ends inside cannot be one. */
function asLine(bytes: Uint8Array): Uint8Array | null {
  if (bytes.includes(0x0a)) return null;
  return Uint8Array.of(...encoder.encode('{"v":'), ...bytes, 0x7d, 0x0a);
}

const OWN_JSON: readonly BytesCase[] = [
  text('y_object.json', '{"__proto__":1,"constructor":{"prototype":2}}'),
  text('y_twice.json', '{"a":1,"a":2}'),
  text('y_escapes.json', '"\\u0000\\u001f\\"\\\\\\/\\uD834\\uDD1E"'),
  text('y_number.json', '-0.0e-0'),
  text('n_comma.json', '[1,]'),
  text('n_raw_tab.json', '"\t"'),
  text('n_leading_zero.json', '012'),
  text('n_plus.json', '+1'),
  text('n_nan.json', 'NaN'),
  text('n_single_quotes.json', "'x'"),
  text('n_open.json', '[[[[['),
  text('n_closes_twice.json', '1}}'),
  text('n_bad_escape.json', '"\\x41"'),
  text('i_huge.json', '1e999'),
  { name: 'n_not_utf8.json', bytes: Uint8Array.of(0x22, 0xff, 0xfe, 0x22) },
  text('i_lone_surrogate.json', '"\\ud800"'),
];

describe('JSON test suite, each file as a value in a line of one job', () => {
  const cases = [...OWN_JSON, ...corpusFiles('json-test-suite/test_parsing', '.json')].flatMap(({ name, bytes }) => {
    const line = asLine(bytes);
    return line === null ? [] : [{ name, line }];
  });
  const files = cases.map(({ line }, index) => ({ name: `${String(index).padStart(4, '0')}.ndjson`, bytes: line }));
  const input: HostileInput = { files, format: 'ndjson', columns: V_COLUMN, policy: 'dead-letter' };

  it.each([1, 2] as const)('accepts, refuses and names the place, parallelism %i', async (parallelism) => {
    const { status, rows, dead } = await runHostile(manager, input, { batchRows: 7, parallelism });
    expect(status.error).toBeNull();
    expect(rows.length + dead.length).toBe(cases.length);
    const refused = new Map(dead.map((letter) => [path.basename(letter.origin), letter]));
    expect(refused.size).toBe(dead.length);
    for (const [index, { name }] of cases.entries()) {
      const letter = refused.get(files[index].name);
      if (name.startsWith('y_')) expect(letter, name).toBeUndefined();
      if (!name.startsWith('n_') || isJsonOnceWrapped(cases[index].line)) continue;
      expect(letter, name).toMatchObject({ line: 1, byte_offset: 0, content: contentOf(cases[index].line) });
      expect(letter?.reason.length, name).toBeGreaterThan(5);
    }
  });

  it('skips the same lines and writes the same rows', async () => {
    const skipped = await runHostile(manager, { ...input, policy: 'skip' });
    const lettered = await runHostile(manager, input);
    expect(skipped.status.error).toBeNull();
    expect(skipped.rows).toEqual(lettered.rows);
  });
});

/** What a dead letter shows of a line: without a byte order mark taken away, cut where letters are cut. */
function contentOf(line: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(line.slice(0, Math.min(line.length - 1, DEAD_LETTER_BYTES_MAX)));
}

/** A few files of the suite are refused only as whole documents, such as the one that is empty but for a comma. */
function isJsonOnceWrapped(line: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    return true;
  } catch {
    return false;
  }
}

describe('one bad line', () => {
  const columns = [
    { name: 'id', type: 'INT' },
    { name: 's', type: 'STRING' },
  ];
  const good = '{"id":1,"s":"x"}\n';
  const lines: readonly [string, string | Uint8Array, RegExp][] = [
    ['a value of another type', '{"id":"x"}', /id: "x" is not a INT/],
    ['a number beyond the range', '{"id":2147483648}', /id: "2147483648" does not fit in INT/],
    ['a number beyond every range', '{"id":1e999}', /id: /],
    ['100,000 levels', `{"z":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /./],
    ['100,000 levels, never closed', `{"z":${'{"a":'.repeat(100_000)}`, /./],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0x22, 0x73, 0x22, 0x3a, 0x22, 0xc0, 0xaf, 0x22, 0x7d), /not UTF-8/],
    ['NUL inside', '{"id":1,"s":"a\u0000b"}', /./],
    ['a list', '[1,2]', /a line must hold one JSON object/],
    ['text behind the object', '{"id":1} x', /behind the JSON object/],
    ['longer than the limit', `{"s":"${'x'.repeat(200_000)}"}`, /longer than 100000 bytes/],
  ];

  it.each(lines)('%s', async (name, line, reason) => {
    const bad = typeof line === 'string' ? encoder.encode(line) : line;
    const bytes = Uint8Array.from(Buffer.concat([encoder.encode(good), bad, encoder.encode(`\n${good}`)]));
    const source = { lineBytesMax: name.startsWith('100,000 levels') ? 10_000_000 : 100_000 };
    const input: HostileInput = { files: [{ name: 'a.ndjson', bytes }], format: 'ndjson', columns, policy: 'dead-letter', source };
    const lettered = await runHostile(manager, input);
    expect(lettered.status.error).toBeNull();
    // Depth is no fault of a line where nobody looks at the value.
    if (name === '100,000 levels' && lettered.dead.length === 0) {
      expect(lettered.rows.length).toBe(3);
      return;
    }
    expect(lettered.rows).toEqual([
      { id: 1, s: 'x' },
      { id: 1, s: 'x' },
    ]);
    expect(lettered.dead).toMatchObject([{ line: 2, byte_offset: good.length, reason: expect.stringMatching(reason) }]);
    expect(lettered.dead[0].content.length).toBeLessThanOrEqual(65_536);

    const failed = await runHostile(manager, { ...input, policy: 'fail' });
    expect(failed.status.phase).toBe('failed');
    expect(failed.status.error).toMatchObject({ code: 'MR4001', nodeId: 'read' });
    expect(failed.status.error?.message).toMatch(/in\/a\.ndjson, line 2, byte 17: /);
    expect(failed.status.error?.message.length).toBeLessThan(1000);
    expect(failed.status.error?.remedy).toMatch(/skip such lines/);
  });
});

it('odd lines that are data: __proto__ as a column, keys twice, a byte order mark, CRLF, lone surrogates', async () => {
  const columns = ['__proto__', 'constructor', 's'].map((name) => ({ name, type: 'STRING' }));
  const content = '\ufeff{"__proto__":"p","constructor":"c","s":"1","s":"2"}\r\n\r\n{"s":"\\ud800!","toString":1}\r\n{"s":null}';
  const { status, rows, dead } = await runHostile(manager, {
    files: [text('a.ndjson', content)],
    format: 'ndjson',
    columns,
    policy: 'dead-letter',
  });
  expect(status.error).toBeNull();
  expect(dead).toEqual([]);
  expect(rows.map((row) => Object.entries(row))).toEqual([
    [
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['s', '2'],
    ],
    [
      ['__proto__', null],
      ['constructor', null],
      ['s', '\ufffd!'],
    ],
    [
      ['__proto__', null],
      ['constructor', null],
      ['s', null],
    ],
  ]);
});

it('naughty strings come out of JSON and CSV as they went in', async () => {
  const strings = naughtyStrings().filter((each) => each === Buffer.from(each, 'utf8').toString('utf8'));
  const ndjson = strings.map((each, index) => `${JSON.stringify({ id: index, v: each })}\n`).join('');
  const csv = `id,v\n${strings.map((each, index) => `${index},"${each.replaceAll('"', '""')}"\n`).join('')}`;
  const columns = [{ name: 'id', type: 'INT' }, ...V_COLUMN];
  for (const [format, content] of [
    ['ndjson', ndjson],
    ['csv', csv],
  ] as const) {
    const { status, rows } = await runHostile(manager, { files: [text('a', content)], format, columns, policy: 'fail' });
    expect(status.error, format).toBeNull();
    expect(
      rows.map((row) => row.v),
      format,
    ).toEqual(strings);
  }
});

describe('CSV spectrum', () => {
  const folder = corpusFolder('csv-spectrum');
  const files = folder === null ? [] : corpusFiles('csv-spectrum/csvs', '.csv');
  it.skipIf(folder === null).each(files.map((file) => [file.name, file] as const))('%s', async (name, file) => {
    const expected: unknown = JSON.parse(readFileSync(path.join(folder ?? '', 'json', name.replace('.csv', '.json')), 'utf8'));
    const header = new TextDecoder().decode(file.bytes).split(/\r?\n/)[0];
    const columns = header.split(',').map((column) => ({ name: column, type: 'STRING' }));
    const { status, rows } = await runHostile(manager, { files: [file], format: 'csv', columns, policy: 'fail' });
    expect(status.error).toBeNull();
    expect(rows).toEqual(expected);
  });
});

it('a line of 100 MB is one bad line, and memory stays bounded', { timeout: 60_000 }, async () => {
  const bytes = new Uint8Array(100_000_040).fill(0x78);
  bytes.set(encoder.encode('{"v":"'));
  bytes.set(encoder.encode('"}\n{"v":"after"}\n'), 100_000_000);
  const before = process.memoryUsage().rss;
  const { status, rows, dead } = await runHostile(manager, {
    files: [{ name: 'a.ndjson', bytes: bytes.subarray(0, 100_000_017) }],
    format: 'ndjson',
    columns: V_COLUMN,
    policy: 'dead-letter',
  });
  expect(status.error).toBeNull();
  expect(rows).toEqual([{ v: 'after' }]);
  expect(dead).toMatchObject([{ line: 1, byte_offset: 0, reason: expect.stringContaining('longer than') }]);
  expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
});

it('every bad line exactly once across kill -9 and restore', { timeout: 60_000 }, async () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => (index % 3 === 1 ? `{"id":"bad ${index}"` : `{"id":${index}}`));
  const input: HostileInput = {
    files: [text('a.ndjson', `${lines.join('\n')}\n`)],
    format: 'ndjson',
    columns: [{ name: 'id', type: 'INT' }],
    policy: 'dead-letter',
    source: { rowsPerSecond: 20_000 },
  };
  const folder = writeInput(input);
  for (const afterMs of [700, 900, 700]) await life(folder, afterMs);
  expect(await life(folder, null)).toBe(0);
  const { rows, dead } = readHostileOutput(folder);
  let offset = 0;
  const wanted: Pick<DeadLetter, 'line' | 'byte_offset' | 'content'>[] = [];
  for (const [index, line] of lines.entries()) {
    if (index % 3 === 1) wanted.push({ line: index + 1, byte_offset: offset, content: line });
    offset += line.length + 1;
  }
  expect(rows.map((row) => row.id)).toEqual(lines.flatMap((_, index) => (index % 3 === 1 ? [] : [index])));
  expect(dead.map(({ line, byte_offset, content }) => ({ line, byte_offset, content }))).toEqual(wanted);
  rmSync(folder, { recursive: true, force: true });
});

function life(folder: string, killAfterMs: number | null): Promise<number | null> {
  const programArguments = ['run', path.join(folder, 'pipeline.json'), '--restore', 'latest', '--checkpoint-interval', '50ms'];
  const child = spawn(process.execPath, [path.join(REPOSITORY, 'build/engine/cli.cjs'), ...programArguments], { stdio: 'ignore' });
  if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}
