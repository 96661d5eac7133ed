/**
 * Runs one node of a preview to the end of its sample. A row that makes the node fail is noted and left out, so that the
 * others can be seen: a node that works row by row goes on behind it, any other starts over without it.
 */
import type { JsonValue } from '../../base/json.ts';
import { SeededRandom } from '../../base/random.ts';
import type { ErrorMessage, PreviewRowError } from '../../host/contract.ts';
import type { SplitEnumerator } from '../../operators/operator.ts';
import type { ResolvedNode } from '../../spec/resolved-graph.ts';
import { describeFailure } from '../workers/failure.ts';
import type { FedRow, Feed } from './feed-and-capture.ts';
import { createCaptureModule, createFeedModule } from './feed-and-capture.ts';
import type { NodeTask } from './node-task.ts';
import { buildNodeTask } from './node-task.ts';
import { PortItems, type PreviewItem, rowsOf } from './preview-items.ts';
import { PreviewOver, type PreviewSettings, type PreviewWorld } from './preview-world.ts';

/** Rows a node may refuse before it counts as failed; a node that has to start over for each gets fewer. */
const ROW_ERRORS_MAX = 100;
const RESTARTS_MAX = 10;
/** Times a source may have nothing before its sample counts as complete. */
const IDLES_MAX = 2_000;
const STEPS_PER_LOOK = 64;

export interface NodeOutcome {
  readonly outputs: readonly PortItems[];
  readonly error: ErrorMessage | null;
  readonly rowErrors: readonly PreviewRowError[];
}

export function runNode(
  node: ResolvedNode,
  inputs: readonly (readonly PreviewItem[])[],
  settings: PreviewSettings,
  world: PreviewWorld,
): NodeOutcome {
  return new NodeRun(node, inputs, settings, world).run();
}

class NodeRun {
  private readonly node: ResolvedNode;
  private readonly inputs: readonly (readonly PreviewItem[])[];
  private readonly settings: PreviewSettings;
  private readonly world: PreviewWorld;
  /** Nothing is remembered from one row to the next. */
  private readonly rowByRow: boolean;
  private readonly skip: readonly Set<number>[];
  private readonly rowErrors: PreviewRowError[] = [];
  private outputs: readonly PortItems[] = [];
  private active: FedRow | null = null;

  constructor(node: ResolvedNode, inputs: readonly (readonly PreviewItem[])[], settings: PreviewSettings, world: PreviewWorld) {
    this.node = node;
    this.inputs = inputs;
    this.settings = settings;
    this.world = world;
    this.rowByRow = node.definition.execution === 'stage';
    this.skip = inputs.map(() => new Set());
  }

  run(): NodeOutcome {
    const most = this.rowByRow ? ROW_ERRORS_MAX : RESTARTS_MAX;
    this.outputs = this.createOutputs();
    for (let from: FedRow | null = null; ; ) {
      const error = this.attempt(from);
      if (error === null) return this.outcome(null);
      const row = this.active;
      if (row === null || this.rowErrors.length === most) return this.outcome(error);
      this.noteRow(row, error);
      if (this.rowByRow) from = row;
      else this.outputs = this.createOutputs();
    }
  }

  private outcome(error: ErrorMessage | null): NodeOutcome {
    return { outputs: this.outputs, error: error ?? this.rowErrors[0]?.error ?? null, rowErrors: this.rowErrors };
  }

  private createOutputs(): readonly PortItems[] {
    const { rowsMax } = this.settings;
    const sampled = this.node.definition.execution === 'source' ? rowsMax : Number.POSITIVE_INFINITY;
    return this.node.outputs.map(() => new PortItems(rowsMax, sampled));
  }

  private noteRow({ input, row }: FedRow, error: ErrorMessage): void {
    this.skip[input].add(row);
    const text = rowsOf(this.inputs[input])[row]?.text ?? null;
    const port = this.node.inputs[input].port.name;
    this.rowErrors.push({ input: port, row, error: { ...error, message: withoutBatch(error.message), data: { input: port, row: text } } });
  }

  /** Begins behind row `from`, or at the start; null when the node came to its end. */
  private attempt(from: FedRow | null): ErrorMessage | null {
    this.active = null;
    const broadcast = new Set(this.node.inputs.flatMap(({ port }, input) => (port.broadcast === true ? [input] : [])));
    const feeds = this.inputs.map((items, input) => this.createFeed(items, input, from, broadcast));
    let built: NodeTask | null = null;
    let enumerator: SplitEnumerator | null = null;
    const followed = isFollowed(this.node);
    try {
      const ends = {
        feed: createFeedModule(feeds),
        capture: createCaptureModule(this.outputs, () => (followed ? (this.active?.row ?? -1) : -1)),
      };
      let wantsSplit = false;
      built = buildNodeTask(this.node, this.settings, this.world, ends, () => {
        wantsSplit = true;
      });
      enumerator = this.createEnumerator();
      open(built);
      this.drive(built, enumerator, () => {
        const wanted = wantsSplit;
        wantsSplit = false;
        return wanted;
      });
      return null;
    } catch (error) {
      if (error instanceof PreviewOver) throw error;
      const { code, message, remedy, field } = describeFailure(error, this.node.id);
      return { code, message, remedy, nodeId: this.node.id, field };
    } finally {
      enumerator?.close();
      if (built !== null) closeQuietly(built);
    }
  }

  /** `broadcast`: inputs of that kind which have not come to their end. */
  private createFeed(items: readonly PreviewItem[], input: number, from: FedRow | null, broadcast: Set<number>): Feed {
    const isBroadcast = broadcast.has(input);
    let start = 0;
    let rowsBefore = 0;
    for (; from !== null && start < items.length && rowsBefore <= from.row; start++) if (items[start].kind === 'row') rowsBefore++;
    return {
      items,
      start,
      rowsBefore,
      skip: this.skip[input],
      waits: () => !isBroadcast && broadcast.size > 0,
      ended: () => {
        broadcast.delete(input);
      },
      fed: (row) => {
        this.active = row === null ? null : { input, row };
      },
    };
  }

  private createEnumerator(): SplitEnumerator | null {
    const create = this.node.definition.execution === 'source' ? this.world.loader.module(this.node.type).createEnumerator : undefined;
    if (create === undefined) return null;
    const { jobId, baseDirectory } = this.settings;
    const { clock, storage } = this.world;
    const random = new SeededRandom(1);
    const environment = {
      nodeId: this.node.id,
      jobId,
      parallelism: 1,
      attempt: 1,
      clock,
      random,
      storage,
      baseDirectory,
      log: () => undefined,
    };
    const enumerator = create(this.node.config as never, environment);
    enumerator.open(null);
    return enumerator;
  }

  private drive({ task, operator }: NodeTask, enumerator: SplitEnumerator | null, takeWish: () => boolean): void {
    const { clock } = this.world;
    let idles = 0;
    for (let step = 0; ; step++) {
      if (step % STEPS_PER_LOOK === 0) this.world.checkTime();
      const state = task.step(clock.now());
      if (takeWish() && !giveSplit(operator, enumerator)) return;
      if (state === 'ended') return;
      if (operator.source !== null && this.outputs.some((port) => port.isFull())) return;
      if (state === 'progress') continue;
      const wakeAtMs = task.wakeAtMs();
      if (state === 'blocked' || !Number.isFinite(wakeAtMs) || ++idles > IDLES_MAX) return;
      clock.jumpTo(wakeAtMs);
    }
  }
}

/** Every row that leaves was made of the one that came in just then: nothing waits for event time or for other rows of a key. */
export function isFollowed(node: ResolvedNode): boolean {
  const { execution, inputs } = node.definition;
  if (execution === 'stage') return true;
  return execution === 'operator' && inputs.length === 1 && inputs[0].needs !== 'watermark' && inputs[0].keyedBy === undefined;
}

/** Rows are fed one by one, so a place in the batch says nothing. */
function withoutBatch(message: string): string {
  return message.replace(/ of row \d+ of the batch| \(row \d+ of the batch\)/, '').replace(/\(row \d+ of the batch /, '(');
}

/** False: what there is to read has been read, more may come only in a run. */
function giveSplit(operator: TaskOperatorOfSource, enumerator: SplitEnumerator | null): boolean {
  const answer = enumerator?.nextSplit(0) ?? { kind: 'none' as const };
  if (answer.kind === 'wait') return false;
  operator.waitsForSplit = false;
  operator.pollAtMs = 0;
  if (answer.kind === 'none') operator.source?.noMoreSplits();
  else operator.source?.addSplit(JSON.parse(JSON.stringify(answer.split)) as JsonValue);
  return true;
}

type TaskOperatorOfSource = NodeTask['operator'];

function open({ task }: NodeTask): void {
  for (const each of task.operators) {
    each.operator?.open([]);
    each.source?.open([]);
  }
}

/** A node that has failed may fail again when it is closed; the first failure is the one to tell. */
function closeQuietly({ task }: NodeTask): void {
  try {
    task.close();
  } catch {
    // Its memory goes with the preview's.
  }
}
