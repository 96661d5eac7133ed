/** Declarations for the code of sources and sinks, as `declareCode` makes them for process functions. */
import type { Field } from '../../types/logical-type.ts';
import type { CodeState } from './code-types.ts';
import { declareCalls, declareOutput, declareRow, declareStateKinds, declareStates, declareWritten, STATE_MEMBER } from './declare-code.ts';

/** What the code of a source may name. What it answers must fit what it takes: its position. */
export function declareSourceCode(output: readonly Field[], states: readonly CodeState[]): string {
  return [
    declareWritten(output),
    declareOutput([]),
    ...declareStates(states),
    declareContext(SOURCE_CONTEXT, states),
    'type Position = Parameters<typeof read>[0];',
    declareCalls([['read', '(position: any, ctx: Context, out: Output) => Position | null | undefined | void']]),
    ...declareStateKinds(states),
    '',
  ].join('\n\n');
}

/** What the code of a sink may name. */
export function declareSinkCode(input: readonly Field[], states: readonly CodeState[]): string {
  const told = '(ctx: Context) => void';
  return [
    declareRow('Row', 'A row that arrives.', input),
    ...declareStates(states),
    declareContext(SINK_CONTEXT, states),
    declareCalls([
      ['write', '(rows: Row[], ctx: Context) => void'],
      ['open', told],
      ['flush', told],
      ['close', told],
    ]),
    ...declareStateKinds(states),
    '',
  ].join('\n\n');
}

function declareContext(members: string, states: readonly CodeState[]): string {
  return `interface Context {
${members}${states.length > 0 ? STATE_MEMBER : ''}}`;
}

const SOURCE_CONTEXT = `  /** Which part of the source is read: 0, 1, … */
  readonly split: number;
  /** How many parts there are. */
  readonly splits: number;
  /** The engine's clock in milliseconds. */
  readonly processingTime: number;
  /** Nothing is read of this split for so long. */
  wait(timeMs: number): void;
`;

const SINK_CONTEXT = `  /** Which of the subtasks this is: 0, 1, … */
  readonly subtask: number;
  readonly subtasks: number;
  /** The engine's clock in milliseconds. */
  readonly processingTime: number;
  /** Adds a line to the file that is written. */
  writeLine(line: string): void;
`;
