/** Reads the beginning of a file and guesses its columns; the person may change every one of them. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { createNodeStorage } from '../../base/node-storage.ts';
import { findFiles } from '../../connectors/files/glob.ts';
import { printType } from '../../types/print-type.ts';
import type { FieldMessage } from '../contract.ts';
import { TypeGuess } from './infer-types.ts';

const SAMPLE_BYTES_MAX = 1024 * 1024;
const SAMPLE_ROWS_MAX = 1_000;

export interface InferredSchema {
  readonly fields: readonly FieldMessage[];
  readonly sampleRows: number;
}

/** `config` is the JSON of a file source: path, format and how the format is written. */
export async function inferFileSchema(config: JsonObject, baseDirectory: string): Promise<InferredSchema> {
  const wanted = config['path'];
  if (typeof wanted !== 'string' || wanted === '')
    throw new EngineError('MR4090', 'no file is chosen yet', { domain: 'user', field: 'path' });
  const pattern = path.resolve(baseDirectory, wanted);
  const [file] = findFiles(createNodeStorage(), pattern);
  if (file === undefined) {
    throw new EngineError('MR4091', `no file matches ${pattern}`, { domain: 'user', field: 'path', remedy: 'choose a file that exists' });
  }
  const { text, whole } = await readSample(file);
  const guess = new TypeGuess(config['timestampFormat'] === 'iso-8601' ? 'iso-8601' : 'sql');
  const sampleRows = config['format'] === 'csv' ? sampleCsv(text, whole, config, guess) : sampleNdjson(text, whole, guess);
  const fields = guess.fields().map((field) => ({ name: field.name, type: printType(field.type) }));
  if (fields.length > 0) return { fields, sampleRows };
  throw new EngineError(
    'MR4092',
    `${file} holds no row of ${config['format'] === 'csv' ? 'CSV' : 'JSON lines'} in its first ${SAMPLE_BYTES_MAX} bytes`,
    {
      domain: 'user',
      field: 'format',
      remedy: 'choose another format, or write the columns by hand',
    },
  );
}

function cannotRead(file: string, cause: unknown): EngineError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new EngineError('MR4093', `${file} cannot be read${reason}`, {
    domain: 'user',
    field: 'path',
    remedy: 'choose a file that may be read',
    cause,
  });
}

async function readSample(file: string): Promise<{ readonly text: string; readonly whole: boolean }> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  try {
    const buffer = Buffer.alloc(SAMPLE_BYTES_MAX);
    const { bytesRead } = await handle.read(buffer, 0, SAMPLE_BYTES_MAX, 0).catch((error: unknown) => {
      throw cannotRead(file, error);
    });
    const text = buffer.toString('utf8', 0, bytesRead);
    return { text: text.replace(/^\ufeff/, ''), whole: bytesRead < SAMPLE_BYTES_MAX };
  } finally {
    await handle.close();
  }
}

/** Lines that are no JSON are what a source's bad-line setting is for: they teach nothing about columns. */
function sampleNdjson(text: string, whole: boolean, guess: TypeGuess): number {
  const lines = text.split('\n');
  // The last line of a sample is probably cut.
  if (!whole) lines.pop();
  let rows = 0;
  for (const line of lines) {
    if (rows >= SAMPLE_ROWS_MAX) break;
    const value = parseLine(line);
    if (value !== null && guess.addObject(value)) rows++;
  }
  return rows;
}

function parseLine(line: string): JsonValue {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function sampleCsv(text: string, whole: boolean, config: JsonObject, guess: TypeGuess): number {
  const delimiter = config['delimiter'] === '\\t' ? '\t' : typeof config['delimiter'] === 'string' ? config['delimiter'] : ',';
  const nullText = typeof config['nullText'] === 'string' ? config['nullText'] : '';
  const records = splitCsv(text, delimiter, SAMPLE_ROWS_MAX + 2);
  if (!whole && records.length < SAMPLE_ROWS_MAX + 2) records.pop();
  const header = config['header'] === false ? null : (records.shift() ?? []);
  const names = header ?? (records[0] ?? []).map((_field, index) => `column${index + 1}`);
  // Columns exist by the header even where every sample is NULL.
  for (const name of names) guess.addText(name, null);
  const rows = records.slice(0, SAMPLE_ROWS_MAX);
  for (const row of rows)
    for (const [index, name] of names.entries()) guess.addText(name, index < row.length && row[index] !== nullText ? row[index] : null);
  return rows.length;
}

/** Quotes as RFC 4180 has them; blank lines are no records. */
function splitCsv(text: string, delimiter: string, recordsMax: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  let position = 0;
  const endRecord = (): void => {
    record.push(field);
    if (record.length > 1 || field !== '') records.push(record);
    record = [];
    field = '';
  };
  while (position < text.length && records.length < recordsMax) {
    const character = text[position];
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[position + 1] === '"') {
        field += '"';
        position++;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === delimiter) {
      record.push(field);
      field = '';
    } else if (character === '\n') endRecord();
    else if (character !== '\r') field += character;
    position++;
  }
  if (field !== '' || record.length > 0) endRecord();
  return records;
}
