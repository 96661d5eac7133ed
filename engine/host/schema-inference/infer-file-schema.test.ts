/** What is guessed from a sample: types every sample fits, names in order, cut and broken lines left out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { inferFileSchema } from './infer-file-schema.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'millrace-infer-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function infer(content: string, config: JsonObject): Promise<string> {
  writeFileSync(path.join(directory, 'sample'), content);
  const { fields, sampleRows } = await inferFileSchema({ path: 'sample', ...config }, directory);
  return `${sampleRows}: ${fields.map((field) => `${field.name} ${field.type}`).join(', ')}`;
}

describe('JSON lines', () => {
  it.each([
    ['{"a":1}\n{"a":2}', '2: a BIGINT'],
    ['{"a":1}\n{"a":2.5}', '2: a DOUBLE'],
    ['{"a":1}\n{"a":"x"}', '2: a STRING'],
    ['{"a":null}\n{"b":true}', '2: a STRING, b BOOLEAN'],
    ['{"t":"2026-01-02 03:04:05.678"}', '1: t TIMESTAMP(3)'],
    ['{"t":"2026-01-02 03:04:05Z"}', '1: t TIMESTAMP_LTZ(3)'],
    ['{"t":"2026-01-02T03:04:05"}', '1: t STRING'],
    ['{"d":"2026-01-02"}\n{"d":"2026-13-02"}', '2: d STRING'],
    ['{"d":"2026-01-02"}', '1: d DATE'],
    ['{"o":{"x":1,"y":{"z":"s"}}}', '1: o ROW<`x` BIGINT, `y` ROW<`z` STRING>>'],
    ['{"l":[1,2]}', '1: l ARRAY<BIGINT>'],
    ['{"n":12345678901234567890}', '1: n DOUBLE'],
    ['not json\n{"a":1}\n[1]\n', '1: a BIGINT'],
    ['\ufeff{"a":1}\r\n', '1: a BIGINT'],
    ['{"__proto__":1,"constructor":2}', '1: __proto__ BIGINT, constructor BIGINT'],
  ])('%j', async (content, expected) => {
    expect(await infer(content, { format: 'ndjson' })).toBe(expected);
  });

  it('know ISO timestamps when the source is set to them', async () => {
    expect(await infer('{"t":"2026-01-02T03:04:05Z"}', { format: 'ndjson', timestampFormat: 'iso-8601' })).toBe('1: t TIMESTAMP_LTZ(3)');
  });
});

describe('CSV', () => {
  it.each<readonly [string, JsonObject, string]>([
    ['a,b,c\n1,x,2.5\n2,y,3\n', {}, '2: a BIGINT, b STRING, c DOUBLE'],
    ['a;b\n007;true\n', { delimiter: ';' }, '1: a STRING, b BOOLEAN'],
    ['1,2\n', { header: false }, '1: column1 BIGINT, column2 BIGINT'],
    ['a,b\nNA,1\n5,NA\n', { nullText: 'NA' }, '2: a BIGINT, b BIGINT'],
    ['a,b\n"x, ""y""\nz",1\n', {}, '1: a STRING, b BIGINT'],
    ['a\tb\n1\t2026-01-02\n', { delimiter: '\\t' }, '1: a BIGINT, b DATE'],
    ['a,b\n1\n', {}, '1: a BIGINT, b STRING'],
  ])('%j', async (content, config, expected) => {
    expect(await infer(content, { format: 'csv', ...config })).toBe(expected);
  });
});

it('says what is missing', async () => {
  await expect(inferFileSchema({}, directory)).rejects.toMatchObject({ code: 'MR4090' });
  await expect(inferFileSchema({ path: 'nothing-*' }, directory)).rejects.toMatchObject({ code: 'MR4091' });
  await expect(infer('\n\n', { format: 'ndjson' })).rejects.toMatchObject({ code: 'MR4092' });
});
