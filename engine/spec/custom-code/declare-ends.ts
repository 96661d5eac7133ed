/** Declarations for the code of sources and sinks, as `declareCode` makes them for process functions. */
import type { Field } from '../../types/logical-type.ts';
import { declareCalls, declareOutput, declareRow, declareWritten } from './declare-code.ts';

/** What the code of a source may name. What it answers must fit what it takes: its position. */
export function declareSourceCode(output: readonly Field[]): string {
  return [
    declareWritten(output),
    declareOutput([]),
    SOURCE_CONTEXT,
    'type Position = Parameters<typeof read>[0];',
    declareCalls([['read', '(position: any, ctx: Context, out: Output) => Position | null | undefined | void']]),
    '',
  ].join('\n\n');
}

/** What the code of a sink may name. */
export function declareSinkCode(input: readonly Field[]): string {
  const told = '(ctx: Context) => void';
  return [
    declareRow('Row', 'A row that arrives.', input),
    SINK_CONTEXT,
    declareCalls([
      ['write', '(rows: Row[], ctx: Context) => void'],
      ['open', told],
      ['flush', told],
      ['close', told],
    ]),
    '',
  ].join('\n\n');
}

const SOURCE_CONTEXT = `interface Context {
  /** Which part of the source is read: 0, 1, … */
  readonly split: number;
  /** How many parts there are. */
  readonly splits: number;
  /** The engine's clock in milliseconds. */
  readonly processingTime: number;
  /** Nothing is read of this split for so long. */
  wait(timeMs: number): void;
}`;

const SINK_CONTEXT = `interface Context {
  /** Which of the subtasks this is: 0, 1, … */
  readonly subtask: number;
  readonly subtasks: number;
  /** The engine's clock in milliseconds. */
  readonly processingTime: number;
  /** Adds a line to the file that is written. */
  writeLine(line: string): void;
}`;
