/** Picks decoder and encoder by the settings that sources and sinks of lines have in common. */
import type { JobMemory } from '../columnar/job-memory.ts';
import type { Schema } from '../types/schema.ts';
import { CsvDecoder } from './csv/csv-decoder.ts';
import { createCsvEncoder, createNdjsonEncoder } from './encode/text-encoder.ts';
import { NdjsonDecoder } from './ndjson/ndjson-decoder.ts';
import type { RecordDecoder } from './record-decoder.ts';
import type { RecordEncoder } from './record-encoder.ts';
import type { TimestampFormat } from './temporal-bytes.ts';

export interface TextFormat {
  readonly format: 'ndjson' | 'csv';
  readonly timestampFormat: TimestampFormat;
  /** One character, or `\t` written as two. */
  readonly delimiter: string;
  readonly nullText: string;
}

export interface DecoderSettings extends TextFormat {
  readonly header: boolean;
  readonly lineBytesMax: number;
}

export function createDecoder(
  memory: JobMemory,
  schema: Schema,
  settings: DecoderSettings,
  requiredColumns: readonly string[] | null,
): RecordDecoder {
  const { lineBytesMax } = settings;
  if (settings.format === 'ndjson')
    return new NdjsonDecoder(memory, schema, { timestampFormat: settings.timestampFormat, lineBytesMax, requiredColumns });
  const { header, nullText } = settings;
  return new CsvDecoder(memory, schema, {
    delimiter: delimiterCharacter(settings.delimiter),
    header,
    nullText,
    lineBytesMax,
    requiredColumns,
  });
}

export function createEncoder(memory: JobMemory, schema: Schema, settings: TextFormat & { readonly header: boolean }): RecordEncoder {
  if (settings.format === 'ndjson') return createNdjsonEncoder(memory, schema, settings.timestampFormat);
  return createCsvEncoder(memory, schema, {
    delimiter: delimiterCharacter(settings.delimiter),
    header: settings.header,
    nullText: settings.nullText,
  });
}

function delimiterCharacter(text: string): string {
  return text === '\\t' ? '\t' : text;
}
