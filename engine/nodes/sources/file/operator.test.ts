/** The file source: chunk borders, stop and go on at every batch, following, rotation, truncation, bad lines. */
import { appendFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type HarnessOptions, inTemporaryFolder, OperatorHarness, takeSnapshot } from '../../../../test/support/operator-harness.ts';
import { createNodeStorage } from '../../../base/node-storage.ts';
import { Arena } from '../../../columnar/arena.ts';
import type { ColumnValue } from '../../../columnar/column-value.ts';
import { JobMemory } from '../../../columnar/job-memory.ts';
import { readRows } from '../../../columnar/row-reader.ts';
import { FileRecords } from '../../../connectors/files/file-records.ts';
import { NdjsonDecoder } from '../../../formats/ndjson/ndjson-decoder.ts';
import { DEAD_LETTER_SCHEMA } from '../../../spec/dead-letter.ts';
import { BIGINT, STRING } from '../../../types/make-type.ts';
import type { FileSourceConfig } from './node.ts';
import { createEnumerator, createSource } from './operator.ts';

const schema = {
  fields: [
    { name: 'n', type: BIGINT },
    { name: 's', type: STRING },
  ],
};
const BASE: FileSourceConfig = {
  path: '',
  format: 'ndjson',
  schema: schema.fields,
  follow: false,
  timestampFormat: 'sql',
  delimiter: ',',
  header: true,
  nullText: '',
  badLines: 'fail',
  lineBytesMax: 16 * 1024 * 1024,
  rowsPerSecond: null,
};

function harness(options: HarnessOptions = {}): OperatorHarness {
  return new OperatorHarness({ outputSchemas: [schema, DEAD_LETTER_SCHEMA], ...options });
}

function linesOf(count: number, from = 0): string {
  return Array.from(
    { length: count },
    (_unused, index) => `${JSON.stringify({ n: from + index, s: 'x'.repeat((from + index) % 37) })}\n`,
  ).join('');
}

function numbers(rows: readonly ColumnValue[][]): number[] {
  return rows.map((row) => Number(row[0]));
}

const range = (count: number) => Array.from({ length: count }, (_unused, index) => index);

test('every line belongs to exactly one chunk, wherever the border lies', () => {
  inTemporaryFolder((folder) => {
    const path = join(folder, 'in.ndjson');
    for (const text of ['{"n":0}\n{"n":1}\n\n{"n":2}\r\n{"n":3}', '{"n":0}\n{"n":1}\n{"n":2}\n{"n":3}\n']) {
      writeFileSync(path, text);
      const memory = new JobMemory();
      for (let border = 1; border < text.length; border++) {
        const rows: ColumnValue[][] = [];
        for (const [start, end] of [
          [0, border],
          [border, text.length],
        ]) {
          const arena = new Arena(memory);
          const records = new FileRecords(
            createNodeStorage().open(path, 'read'),
            memory,
            new NdjsonDecoder(memory, schema, { timestampFormat: 'sql' }),
            1000,
            {
              position: start === 0 ? 0 : start - 1,
              passOver: start === 0 ? 'nothing' : 'line of others',
              end,
              decoderState: null,
            },
          );
          for (;;) {
            const batch = records.read(
              arena,
              100,
              true,
              () => undefined,
              () => false,
            );
            if (batch === null) break;
            rows.push(...readRows(batch));
          }
          records.close();
          arena.close();
        }
        expect(numbers(rows)).toEqual([0, 1, 2, 3]);
      }
    }
  });
});

describe.each(['ndjson', 'csv'] as const)('%s', (format) => {
  const text =
    format === 'ndjson'
      ? linesOf(500)
      : `s,n\n${range(500)
          .map((n) => `"a\n${n}",${n}\n`)
          .join('')}`;

  test('stopped after any batch and restored, nothing is lost or doubled', () => {
    inTemporaryFolder((folder) => {
      writeFileSync(join(folder, 'a.txt'), text);
      writeFileSync(join(folder, 'b.txt'), text);
      const config = { ...BASE, format, path: '*.txt' };
      for (let stopAt = 0; stopAt < 20; stopAt++) {
        const first = harness({ baseDirectory: folder, batchRows: 64 });
        const source = createSource(config, first.context);
        const enumerator = createEnumerator(config, first.environment);
        enumerator.open(null);
        source.open([]);
        const ended = first.run(source, enumerator, () => first.batchRows.length >= stopAt);
        const { sections } = takeSnapshot(source);
        const second = harness({ baseDirectory: folder, batchRows: 50 });
        const successor = createSource(config, second.context);
        const restored = createEnumerator(config, second.environment);
        restored.open(JSON.parse(JSON.stringify(enumerator.snapshot())));
        successor.open(sections);
        expect(second.run(successor, restored)).toBe('end');
        expect(ended === 'stopped' || stopAt > 16).toBe(true);
        expect([...numbers(first.rows[0]), ...numbers(second.rows[0])]).toEqual([...range(500), ...range(500)]);
        source.close();
        successor.close();
      }
    });
  });
});

test('bad lines: the error names file, line and byte; dead letters carry them; numbers are right behind chunk borders and restarts', () => {
  inTemporaryFolder((folder) => {
    const path = join(folder, 'in.ndjson');
    writeFileSync(path, `${linesOf(3)}not json\n${linesOf(2000, 3)}{"n":"x"}\n`);
    const failing = harness({ baseDirectory: folder });
    const source = createSource({ ...BASE, path: 'in.ndjson' }, failing.context);
    const enumerator = createEnumerator({ ...BASE, path: 'in.ndjson' }, failing.environment);
    enumerator.open(null);
    source.open([]);
    expect(() => failing.run(source, enumerator)).toThrow(`${path}, line 4, byte 48: the line is not valid JSON`);

    const config = { ...BASE, path: 'in.ndjson', badLines: 'dead-letter' as const };
    const counting = harness({ baseDirectory: folder });
    const letters = createSource(config, counting.context);
    letters.open([]);
    const size = statSync(path).size;
    const inode = String(statSync(path).ino);
    for (const [start, end] of [
      [0, 60],
      [60, 30000],
      [30000, size],
    ]) {
      letters.addSplit({ path, inode, start, end, position: null, lines: null, inLongLine: false, decoderState: null });
    }
    letters.noMoreSplits();
    expect(counting.run(letters, null)).toBe('end');
    expect(numbers(counting.rows[0])).toEqual(range(2003));
    expect(counting.rows[1]).toEqual([
      [path, 4n, 48n, 'the line is not valid JSON', 'not json'],
      [path, 2005n, BigInt(size - 10), 'n: "x" is not a BIGINT', '{"n":"x"}'],
    ]);
    expect(counting.context.metrics.badRecords).toBe(2);
  });
});

test('a line of many megabytes is refused with bounded memory, and reading goes on behind it', () => {
  inTemporaryFolder((folder) => {
    const path = join(folder, 'in.ndjson');
    writeFileSync(path, `{"n":0}\n{"s":"${'y'.repeat(40_000_000)}"}\n{"n":1}\n{"s":"${'z'.repeat(3_000_000)}"}\n{"n":2}\n`);
    const config = { ...BASE, path, badLines: 'dead-letter' as const, lineBytesMax: 4_000_000 };
    const run = harness();
    const source = createSource(config, run.context);
    const enumerator = createEnumerator(config, run.environment);
    enumerator.open(null);
    source.open([]);
    expect(run.run(source, enumerator)).toBe('end');
    expect(run.rows[0].map((row) => row[0])).toEqual([0n, 1n, null, 2n]);
    expect(run.rows[1].map((row) => [row[1], row[2], row[3], String(row[4]).length])).toEqual([
      [2n, 8n, 'the line is longer than 4000000 bytes', 65536],
    ]);
    expect(run.context.memory.u8.length).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('followed', () => {
  const config = { ...BASE, path: 'app.log', follow: true };

  test('half lines wait, rotation reads the old file to its end and the new one from its start', () => {
    inTemporaryFolder((folder) => {
      const path = join(folder, 'app.log');
      const run = harness({ baseDirectory: folder });
      const source = createSource(config, run.context);
      source.open([]);
      const look = () => {
        run.clock.nowMs += 1000;
        run.run(source, null);
      };
      look();
      expect(run.statuses).toEqual([true]);
      writeFileSync(path, '{"n":0}\n{"n":');
      look();
      expect(numbers(run.rows[0])).toEqual([0]);
      appendFileSync(path, '1}\n{"n":2}');
      look();
      expect(numbers(run.rows[0])).toEqual([0, 1]);
      renameSync(path, `${path}.1`);
      writeFileSync(path, '{"n":3}\n');
      look();
      look();
      expect(numbers(run.rows[0]).sort()).toEqual([0, 1, 2, 3]);
      appendFileSync(path, '{"n":4}\n');
      look();
      expect(numbers(run.rows[0]).at(-1)).toBe(4);
      source.close();
    });
  });

  test('goes on at its position after a restart, also in a file renamed meanwhile', () => {
    inTemporaryFolder((folder) => {
      const path = join(folder, 'app.log');
      writeFileSync(path, '{"n":0}\n{"n":1}\n{"n"');
      const first = harness({ baseDirectory: folder });
      const source = createSource(config, first.context);
      source.open([]);
      first.run(source, null);
      const { sections } = takeSnapshot(source);
      source.close();
      appendFileSync(path, ':2}\n');
      renameSync(path, `${path}.1`);
      writeFileSync(path, '{"n":3}\n');
      const second = harness({ baseDirectory: folder });
      const successor = createSource(config, second.context);
      successor.open(sections);
      for (let round = 0; round < 3; round++) {
        second.clock.nowMs += 1000;
        second.run(successor, null);
      }
      expect(numbers(second.rows[0])).toEqual([2, 3]);
      successor.close();
    });
  });

  test('truncation is an error', () => {
    inTemporaryFolder((folder) => {
      const path = join(folder, 'app.log');
      writeFileSync(path, linesOf(10));
      const run = harness({ baseDirectory: folder });
      const source = createSource(config, run.context);
      source.open([]);
      run.run(source, null);
      truncateSync(path, 5);
      expect(() => run.run(source, null)).toThrow('was cut to 5 bytes');
      source.close();
    });
  });
});

test('a path that matches nothing is refused by name', () => {
  const { environment } = harness({ baseDirectory: '/nowhere' });
  expect(() => createEnumerator({ ...BASE, path: 'no/*.csv' }, environment).open(null)).toThrow('no file matches no/*.csv');
});

test('the pace is kept', () => {
  inTemporaryFolder((folder) => {
    writeFileSync(join(folder, 'in.ndjson'), linesOf(5000));
    const config = { ...BASE, path: 'in.ndjson', rowsPerSecond: 1000 };
    const run = harness({ baseDirectory: folder });
    const source = createSource(config, run.context);
    const enumerator = createEnumerator(config, run.environment);
    enumerator.open(null);
    source.open([]);
    for (let second = 0; second < 20; second++) {
      run.run(source, enumerator);
      run.clock.nowMs += 100;
    }
    expect(run.rows[0].length).toBeGreaterThan(1850);
    expect(run.rows[0].length).toBeLessThan(2050);
    source.close();
  });
});
