/**
 * A sink that a person wrote: `write(rows, ctx)` is called for every batch and writes lines, which become visible with checkpoints as
 * those of a file sink do, exactly once. `flush` is called before every checkpoint: what the code holds back has to be written then.
 */
import type { Batch } from '../../columnar/batch.ts';
import { PartSink, type PartSinkSettings } from '../../connectors/files/part-sink.ts';
import type { CodeState } from '../../spec/custom-code/code-types.ts';
import { checkOperatorLists } from '../../state/operator-list-state.ts';
import type { OperatorContext, Progress, RestoredSection, SnapshotWriter } from '../operator.ts';
import { createCodeHost } from './code-host.ts';
import { CodeProgram } from './code-program.ts';
import { createListHandles, createOperatorLists, type OperatorLists } from './code-state.ts';
import { sinkDriver } from './sink-driver.ts';

const WRITE = 'write';
const CLOSED_SECTION = 'closed';
/** What the code may leave out. */
const OPTIONAL = ['open', 'flush', 'close'] as const;
type Optional = (typeof OPTIONAL)[number];

export interface CodeSinkSettings extends PartSinkSettings {
  readonly source: string;
  /** Line that begins every file; null: none. */
  readonly firstLine: string | null;
  /** Operator lists only. */
  readonly states: readonly CodeState[];
}

interface Driver {
  write(batch: Batch): string;
  call(name: string): string;
}

export class CodeSink extends PartSink {
  private readonly program: CodeProgram;
  private readonly driver: Driver;
  private readonly present: ReadonlySet<Optional>;
  private readonly encoder = new TextEncoder();
  /** Nothing comes any more, and the code has been told so; kept, lest it is told again behind a restore. */
  private closed = false;
  private readonly lists: OperatorLists;
  private readonly nodeId: string;

  constructor(settings: CodeSinkSettings, context: OperatorContext) {
    super(settings, new TextEncoder().encode(settings.firstLine === null ? '' : `${settings.firstLine}\n`), context);
    const program = new CodeProgram(settings.source, [WRITE, ...OPTIONAL], context, () => context.clock.now());
    program.requireFunction(WRITE);
    this.present = new Set(OPTIONAL.filter((name) => program.hasFunction(name)));
    this.lists = createOperatorLists(settings.states);
    this.nodeId = context.nodeId;
    const host = {
      ...createCodeHost(context),
      states: createListHandles(settings.states, this.lists),
      subtask: context.subtaskIndex,
      subtasks: context.parallelism,
      processingTime: () => context.clock.now(),
    };
    const make = program.realm.evaluate(sinkDriver(context.inputSchemas[0].fields, settings.states), 'driver.js') as (
      given: typeof host,
      user: CodeProgram['functions'],
    ) => Driver;
    this.program = program;
    this.driver = make(host, program.functions);
  }

  override open(restored: readonly RestoredSection[]): void {
    super.open(restored);
    checkOperatorLists(this.nodeId, restored, [...this.lists.values()]);
    for (const list of this.lists.values()) list.open(restored);
    const endings = restored.filter((section) => section.name === CLOSED_SECTION);
    this.closed = endings.length > 0 && endings.every(({ header }) => header === true);
    if (!this.closed) this.tell('open');
  }

  override processBatch(_input: number, batch: Batch): Progress {
    this.append(this.program.call(WRITE, () => this.driver.write(batch)));
    return 'done';
  }

  override endInput(): Progress {
    if (!this.closed) {
      this.tell('flush');
      this.tell('close');
    }
    this.closed = true;
    return super.endInput();
  }

  override snapshot(checkpointId: number, writer: SnapshotWriter): void {
    if (!this.closed) this.tell('flush');
    writer.section(CLOSED_SECTION, 'union', this.closed, []);
    for (const list of this.lists.values()) list.snapshot(writer);
    super.snapshot(checkpointId, writer);
  }

  private tell(name: Optional): void {
    if (this.present.has(name)) this.append(this.program.call(name, () => this.driver.call(name)));
  }

  private append(text: string): void {
    if (text === '') return;
    const writer = this.openWriter();
    this.output.append(this.encoder.encode(text));
    if (this.output.length >= this.output.capacity / 2) writer.flush(this.output);
    this.roll();
  }
}
