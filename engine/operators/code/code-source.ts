/**
 * A source that a person wrote: `read(position, ctx, out)` emits some rows and answers the position from which it goes on. Positions
 * are what a checkpoint keeps, one per split; a call is a step, so that a position and the rows before it always belong together.
 * Splits are dealt out evenly, and all at once: a source without end reads all of its own in turn.
 */
import { assert } from '../../base/assert.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import { checkOperatorLists } from '../../state/operator-list-state.ts';
import type {
  CoordinatorEnvironment,
  OperatorContext,
  RestoredSection,
  SnapshotWriter,
  SourceOperator,
  SourceProgress,
  SplitEnumerator,
} from '../operator.ts';
import { createCodeHost } from './code-host.ts';
import { CodeProgram } from './code-program.ts';
import { createListHandles, createOperatorLists, type OperatorLists } from './code-state.ts';
import { ColumnOutput } from './column-output.ts';
import { sourceDriver } from './source-driver.ts';

const READ = 'read';
const SECTION = 'split';
/** After a call without a row, so that a source with nothing to say does not keep a processor busy. */
const NOTHING_WAIT_MS = 1;
const POSITION_LENGTH_MAX = 1_000_000;
const SHOWN_MAX = 60;

interface Split {
  readonly index: number;
  /** JSON text; null: at the beginning. */
  position: string | null;
  /** By the monotonic clock. */
  notBeforeMs: number;
}

export interface CodeSourceSettings {
  readonly source: string;
  readonly splits: number;
  /** Operator lists only. */
  readonly states: readonly CodeState[];
}

interface Driver {
  read(position: string | null): string | null;
}

export class CodeSource implements SourceOperator {
  private readonly context: OperatorContext;
  private readonly program: CodeProgram;
  private readonly driver: Driver;
  private readonly output: ColumnOutput;
  /** In turn: what has been read goes to the end. */
  private readonly splits: Split[] = [];
  private reading = 0;
  private waitMs = 0;
  private allAssigned = false;
  private readonly lists: OperatorLists;

  constructor({ source, splits, states }: CodeSourceSettings, context: OperatorContext) {
    this.context = context;
    this.lists = createOperatorLists(states);
    this.output = new ColumnOutput(context);
    this.program = new CodeProgram(source, [READ], context, () => context.clock.now());
    this.program.requireFunction(READ);
    const host = {
      ...createCodeHost(context),
      output: this.output,
      ports: this.output.ports,
      states: createListHandles(states, this.lists),
      splits,
      split: () => this.reading,
      processingTime: () => context.clock.now(),
      wait: (ms: number) => {
        this.waitMs = ms;
      },
    };
    const make = this.program.realm.evaluate(sourceDriver(context.outputSchemas[0].fields, states), 'driver.js') as (
      given: typeof host,
      user: CodeProgram['functions'],
    ) => Driver;
    this.driver = make(host, this.program.functions);
  }

  open(restored: readonly RestoredSection[]): void {
    for (const section of restored) if (section.name === SECTION) this.addSplit(section.header);
    this.splits.sort((left, right) => left.index - right.index);
    checkOperatorLists(this.context.nodeId, restored, [...this.lists.values()]);
    for (const list of this.lists.values()) list.open(restored);
  }

  addSplit(split: JsonValue): void {
    const { index, position } = split as JsonObject;
    assert(typeof index === 'number' && (position === null || typeof position === 'string'), 'a split has a number and a position');
    this.splits.push({ index, position, notBeforeMs: Number.NEGATIVE_INFINITY });
  }

  noMoreSplits(): void {
    this.allAssigned = true;
  }

  poll(): SourceProgress {
    if (!this.allAssigned) return { kind: 'need-split' };
    if (this.splits.length === 0) return { kind: 'end' };
    const nowMs = this.context.clock.monotonic();
    const at = this.splits.findIndex((split) => split.notBeforeMs <= nowMs);
    if (at < 0) return { kind: 'idle', wakeAfterMs: Math.max(1, Math.min(...this.splits.map((split) => split.notBeforeMs)) - nowMs) };
    const [split] = this.splits.splice(at, 1);
    const goesOn = this.read(split, nowMs);
    if (goesOn) this.splits.push(split);
    this.output.emit();
    return { kind: 'progress' };
  }

  viewSplits(): readonly string[] {
    return this.splits.map(({ index, position }) => `${index + 1}: ${(position ?? '–').slice(0, SHOWN_MAX)}`);
  }

  snapshot(_checkpointId: number, writer: SnapshotWriter): void {
    for (const { index, position } of this.splits) writer.section(SECTION, 'list', { index, position }, []);
    for (const list of this.lists.values()) list.snapshot(writer);
  }

  notifyCheckpointComplete(): void {
    // Positions are all there is.
  }

  close(): void {
    // Nothing is held.
  }

  /** False at its end. */
  private read(split: Split, nowMs: number): boolean {
    this.reading = split.index;
    this.waitMs = 0;
    const next = this.program.call(READ, () => this.driver.read(split.position));
    if (next === null) return false;
    if (next.length > POSITION_LENGTH_MAX) {
      const words = `the position is ${next.length} characters of JSON; at most ${POSITION_LENGTH_MAX} are kept`;
      throw this.program.failure(words, READ);
    }
    split.position = next;
    const waitMs = this.output.collected === 0 ? Math.max(this.waitMs, NOTHING_WAIT_MS) : this.waitMs;
    split.notBeforeMs = waitMs === 0 ? Number.NEGATIVE_INFINITY : nowMs + waitMs;
    return true;
  }
}

/** Deals splits 0…n − 1 to the subtasks in turn; those that are dealt are kept by their readers. */
export class CodeSplits implements SplitEnumerator {
  private left: number[];
  private readonly parallelism: number;

  constructor(splits: number, { parallelism }: CoordinatorEnvironment) {
    this.left = Array.from({ length: splits }, (_unused, index) => index);
    this.parallelism = parallelism;
  }

  open(restored: JsonValue | null): void {
    if (Array.isArray(restored)) this.left = restored.map(Number);
  }

  nextSplit(subtaskIndex: number): ReturnType<SplitEnumerator['nextSplit']> {
    const index = this.left.find((each) => each % this.parallelism === subtaskIndex);
    if (index === undefined) return { kind: 'none' };
    this.left = this.left.filter((each) => each !== index);
    return { kind: 'split', split: { index, position: null } };
  }

  snapshot(): JsonValue {
    return this.left;
  }

  close(): void {
    // Nothing is held.
  }
}
