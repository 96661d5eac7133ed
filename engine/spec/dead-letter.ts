/** The side output of lines that could not be read: its port and its columns, the same for every source. */
import type { Field } from '../types/logical-type.ts';
import { BIGINT, notNull, STRING } from '../types/make-type.ts';
import type { Schema } from '../types/schema.ts';
import type { OutputPort, PortShape } from './define-node.ts';
import { appendOnly, outputPort } from './define-node.ts';
import { text } from './text.ts';

export type BadLinesPolicy = 'fail' | 'skip' | 'dead-letter';

/** The line is cut after this many bytes, so that one bad gigabyte does not travel through the pipeline. */
export const DEAD_LETTER_BYTES_MAX = 64 * 1024;

const FIELDS: readonly Field[] = [
  /** File path, or host and port. */
  { name: 'origin', type: notNull(STRING) },
  /** Line number from 1 where it is known without counting from the start of the file, else NULL. */
  { name: 'line', type: BIGINT },
  /** Byte offset of the line's start. */
  { name: 'byte_offset', type: notNull(BIGINT) },
  /** What was wrong. */
  { name: 'reason', type: notNull(STRING) },
  /** The line itself; bytes that are not UTF-8 are replaced. */
  { name: 'content', type: notNull(STRING) },
];

export const DEAD_LETTER_SCHEMA: Schema = { fields: FIELDS };
export const DEAD_LETTER_PORT: OutputPort = outputPort('bad', text({ en: 'bad lines', zh: '坏行' }), 'dead-letter');
export const ROWS_PORT: OutputPort = outputPort('out', text({ en: 'rows', zh: '数据' }));

/** Ports of a source with this policy. */
export function sourcePorts(policy: BadLinesPolicy): readonly OutputPort[] {
  return policy === 'dead-letter' ? [ROWS_PORT, DEAD_LETTER_PORT] : [ROWS_PORT];
}

export function sourceShapes(rows: Schema): { readonly [port: string]: PortShape } {
  return { out: appendOnly(rows), bad: appendOnly(DEAD_LETTER_SCHEMA) };
}
