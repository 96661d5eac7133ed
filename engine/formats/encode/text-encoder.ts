/** Columns to NDJSON or CSV text. */
import { EngineError } from '../../base/errors.ts';
import type { Batch, Column } from '../../columnar/batch.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { Schema } from '../../types/schema.ts';
import type { OutputBuffer } from '../output-buffer.ts';
import type { RecordEncoder } from '../record-encoder.ts';
import type { TimestampFormat } from '../temporal-bytes.ts';
import { CellPrinter } from './cell-printer.ts';
import { type EncodeDialect, planEncoding } from './encode-plan.ts';
import { ENCODER_PARAMETERS, writeEncoder } from './encoder-source.ts';

type Encode = (
  u8: Uint8Array,
  i32: Int32Array,
  u32: Uint32Array,
  view: DataView,
  lanes: Float64Array,
  boxed: readonly (unknown[] | null)[],
  cells: CellPrinter,
  state: Float64Array,
  selection: number,
  from: number,
  count: number,
  out: number,
  limit: number,
) => number;

/** Compiled encoders by source, so that a second sink of the same schema starts warm. */
const compiled = new Map<string, Encode>();
const COMPILED_MAX = 256;

export function createNdjsonEncoder(memory: JobMemory, schema: Schema, timestampFormat: TimestampFormat): RecordEncoder {
  return new TextRecordEncoder(memory, schema, { format: 'ndjson', separator: timestampFormat === 'sql' ? ' ' : 'T' }, '');
}

export interface CsvEncoding {
  /** One ASCII character. */
  readonly delimiter: string;
  readonly header: boolean;
  readonly nullText: string;
}

export function createCsvEncoder(memory: JobMemory, schema: Schema, options: CsvEncoding): RecordEncoder {
  for (const { name, type } of schema.fields) {
    if (type.kind === 'ROW' || type.kind === 'ARRAY' || type.kind === 'MAP' || type.kind === 'MULTISET') {
      throw new EngineError('MR4012', `CSV cannot hold the ${type.kind} column ${name}`, {
        domain: 'user',
        remedy: 'select the fields inside it before the sink, or write JSON lines',
      });
    }
  }
  const names = schema.fields.map(({ name }) =>
    /["\r\n]/.test(name) || name.includes(options.delimiter) ? `"${name.replaceAll('"', '""')}"` : name,
  );
  const head = options.header ? `${names.join(options.delimiter)}\n` : '';
  return new TextRecordEncoder(memory, schema, { format: 'csv', delimiter: options.delimiter, nullText: options.nullText }, head);
}

class TextRecordEncoder implements RecordEncoder {
  readonly head: Uint8Array;
  private readonly memory: JobMemory;
  private readonly encodeRows: Encode;
  private readonly cells: CellPrinter;
  private readonly lanes: Float64Array;
  private readonly boxed: (unknown[] | null)[];
  private readonly state = new Float64Array(2);
  private view: DataView;
  private generation: number;

  constructor(memory: JobMemory, schema: Schema, dialect: EncodeDialect, head: string) {
    const plan = planEncoding(schema, dialect);
    this.head = new TextEncoder().encode(head);
    this.memory = memory;
    this.encodeRows = compile(writeEncoder(plan, dialect));
    this.cells = new CellPrinter(memory, dialect);
    this.lanes = new Float64Array(3 * plan.count);
    this.boxed = new Array<unknown[] | null>(plan.count).fill(null);
    this.view = new DataView(memory.memory.buffer);
    this.generation = memory.generation;
  }

  encode(batch: Batch, from: number, output: OutputBuffer): number {
    const { memory, state } = this;
    this.collectLanes(batch.columns, 0);
    for (;;) {
      if (this.generation !== memory.generation) {
        this.view = new DataView(memory.memory.buffer);
        this.generation = memory.generation;
      }
      this.cells.open(this.view);
      const out = output.address + output.length;
      const limit = output.address + output.capacity;
      const { lanes, boxed, cells, view } = this;
      const { u8, i32, u32 } = memory;
      const next = this.encodeRows(u8, i32, u32, view, lanes, boxed, cells, state, batch.selection, from, batch.selectedCount, out, limit);
      output.length += state[0];
      if (next > from || output.length > 0 || next === batch.selectedCount) return next;
      output.grow(state[1]);
    }
  }

  private collectLanes(columns: readonly Column[], first: number): number {
    let index = first;
    for (const column of columns) {
      this.lanes[3 * index] = column.data;
      this.lanes[3 * index + 1] = column.nanos;
      this.lanes[3 * index + 2] = column.validity;
      this.boxed[index] = column.boxed;
      index = this.collectLanes(column.children, index + 1);
    }
    return index;
  }
}

function compile(source: string): Encode {
  let encode = compiled.get(source);
  if (encode === undefined) {
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    encode = new Function(...ENCODER_PARAMETERS.split(', '), source) as Encode;
    compiled.set(source, encode);
  }
  return encode;
}
