/** Builds the tasks of one worker out of the plan: operators, direct calls, channels. */
import { assert } from '../../base/assert.ts';
import { EngineError } from '../../base/errors.ts';
import { Arena } from '../../columnar/arena.ts';
import type { JobMemory } from '../../columnar/job-memory.ts';
import { createKeyGroupAssigner } from '../../columnar/key-kernels.ts';
import { SortingOperator } from '../../operators/batch/sorting-operator.ts';
import type { Operator, OperatorContext, OperatorModule, RestoredSection, WatermarkPolicy } from '../../operators/operator.ts';
import { resolveColumn } from '../../spec/column-path.ts';
import type { Schema } from '../../types/schema.ts';
import type { Doorbell } from '../channels/doorbell.ts';
import { EdgeWriter } from '../channels/edge-writer.ts';
import { createNumberKernel, createPartitioner } from '../channels/partitioner.ts';
import { type RingPlace, RingReader, RingWriter } from '../channels/ring-channel.ts';
import { RowNumbers } from '../channels/row-numbers.ts';
import { consumersOf, type PhysicalPlan, type PlanEdge, type PlanOperator, type PlanTask, producersOf } from '../plan/physical-plan.ts';
import { readInFlight } from './in-flight.ts';
import { InputGate } from './input-gate.ts';
import { createOperatorContext, type SubtaskEnvironment } from './operator-context.ts';
import type { RestoredItem } from './restored-items.ts';
import { Task } from './task.ts';
import type { TaskChannel, TaskHost } from './task-host.ts';
import { TaskOperator } from './task-operator.ts';
import { WorkMeter } from './work-meter.ts';

/** Rings and bells of all workers; index = worker = subtask. */
export interface Wiring {
  readonly memories: readonly JobMemory[];
  readonly doorbells: readonly Doorbell[];
  /** Ring in the memory of `consumer` for the channel from `producer` over `edge`. */
  ring(edge: number, producer: number, consumer: number): RingPlace;
}

/** Edges with channels that end at subtask `subtask`, with the producers of each. */
export function inboundChannels(plan: PhysicalPlan, subtask: number): { readonly edge: PlanEdge; readonly producers: readonly number[] }[] {
  return plan.edges
    .filter((edge) => !edge.direct && subtask < plan.operators[edge.to].parallelism)
    .map((edge) => ({ edge, producers: producersOf(plan, edge, subtask) }));
}

/** First channel, within the input, of each edge that ends at it, and the number of channels. */
function inputLayout(
  plan: PhysicalPlan,
  operator: PlanOperator,
  input: number,
  subtask: number,
): { readonly first: ReadonlyMap<number, number>; readonly channels: number } {
  const first = new Map<number, number>();
  let channels = 0;
  for (const edge of plan.edges) {
    if (edge.to !== operator.index || edge.toPort !== input) continue;
    first.set(edge.index, channels);
    channels += producersOf(plan, edge, subtask).length;
  }
  return { first, channels };
}

/** Places what a checkpoint overtook at the operator that it was on its way to. */
export function placeInFlight(plan: PhysicalPlan, subtask: number, operator: TaskOperator, section: RestoredSection): RestoredItem[] {
  const edgeOf = (input: number, edgeId: string): PlanEdge | undefined =>
    plan.edges.find((edge) => edge.to === operator.plan.index && edge.toPort === input && edge.documentEdges.includes(edgeId));
  const { input, name, items } = readInFlight(operator.plan.nodeId, section, (port, edgeId) => edgeOf(port, edgeId)?.schema ?? null);
  const edge = edgeOf(input, name.edgeId);
  assert(edge !== undefined, 'the edge has been found');
  const first = inputLayout(plan, operator.plan, input, subtask).first.get(edge.index) ?? 0;
  // It may come from a subtask that is gone, or that sends to others now.
  const producers = producersOf(plan, edge, subtask);
  const known = producers.indexOf(name.producer);
  const channel = first + (known >= 0 ? known : name.producer % producers.length);
  return items.map((item) => ({ operator, input, channel, name, item }));
}

export class TaskBuilder {
  private readonly environment: SubtaskEnvironment;
  private readonly wiring: Wiring;
  private readonly module: (type: string) => OperatorModule;
  private readonly rowNumbers: RowNumbers;

  constructor(environment: SubtaskEnvironment, wiring: Wiring, module: (type: string) => OperatorModule) {
    this.environment = environment;
    this.wiring = wiring;
    this.module = module;
    this.rowNumbers = new RowNumbers(environment.memory);
  }

  build(task: PlanTask, host: TaskHost): Task {
    const { plan, subtask, memory } = this.environment;
    const arena = new Arena(memory);
    const operators = new Map<number, TaskOperator>();
    for (const index of task.operators) {
      const planned = plan.operators[index];
      const gates = planned.inputSchemas.map((_, input) => new InputGate(inputLayout(plan, planned, input, subtask).channels));
      operators.set(index, new TaskOperator(planned, gates));
    }
    for (const operator of operators.values()) this.connectOutputs(operator, operators, arena);
    for (const operator of operators.values()) this.instantiate(operator, arena);
    const meter = new WorkMeter(this.environment.clock);
    return new Task(task.name, [...operators.values()], this.inputChannels(operators), arena, host, meter, plan);
  }

  private connectOutputs(operator: TaskOperator, operators: ReadonlyMap<number, TaskOperator>, arena: Arena): void {
    const { plan, subtask } = this.environment;
    for (const edge of plan.edges) {
      if (edge.from !== operator.plan.index) continue;
      const target = { edge: edge.index, direct: null, writer: null, rows: 0, bytes: 0, tap: null };
      const { targets } = operator.ports[edge.fromPort];
      if (!edge.direct) {
        targets.push({ ...target, writer: this.createWriter(edge, arena) });
        continue;
      }
      const consumer = operators.get(edge.to);
      assert(consumer !== undefined, 'a direct edge stays within its task');
      const channel = inputLayout(plan, consumer.plan, edge.toPort, subtask).first.get(edge.index);
      assert(channel !== undefined, 'the edge ends at the input');
      targets.push({ ...target, direct: { operator: consumer, input: edge.toPort, channel } });
    }
  }

  private createWriter(edge: PlanEdge, arena: Arena): EdgeWriter {
    const { plan, subtask, memory } = this.environment;
    const channels = consumersOf(plan, edge, subtask).map((consumer) => {
      const place = this.wiring.ring(edge.index, subtask, consumer);
      return new RingWriter(memory, this.rowNumbers, this.wiring.memories[consumer], place, this.wiring.doorbells[consumer]);
    });
    const partitioner = createPartitioner(edge.partitioning, channels.length, plan.maxParallelism, subtask, {
      keyGroups: (columns) => {
        const paths = columns.map((column) => pathOf(edge.schema, column));
        const assigner = createKeyGroupAssigner(edge.schema, paths, plan.maxParallelism);
        return (batch, target) => assigner.assign(batch, target);
      },
      numbers: (column, bound) => createNumberKernel(pathOf(edge.schema, column), bound),
    });
    return new EdgeWriter(partitioner, channels, arena);
  }

  private inputChannels(operators: ReadonlyMap<number, TaskOperator>): TaskChannel[] {
    const { plan, subtask, memory } = this.environment;
    const channels: TaskChannel[] = [];
    for (const { edge, producers } of inboundChannels(plan, subtask)) {
      const operator = operators.get(edge.to);
      if (operator === undefined) continue;
      const first = inputLayout(plan, operator.plan, edge.toPort, subtask).first.get(edge.index) ?? 0;
      producers.forEach((producer, index) => {
        const place = this.wiring.ring(edge.index, producer, subtask);
        const reader = new RingReader(memory, place, edge.schema, this.wiring.doorbells[producer], this.wiring.memories[producer]);
        const name = { edgeId: edge.documentEdges[0], producer, schema: edge.schema };
        channels.push({ reader, operator, input: edge.toPort, channel: first + index, name });
      });
    }
    return channels;
  }

  private instantiate(operator: TaskOperator, arena: Arena): void {
    const { plan: planned } = operator;
    const module = this.module(planned.type);
    const context = createOperatorContext(this.environment, operator, arena);
    if (planned.kind === 'source') {
      if (module.createSource === undefined) throw missing(planned, 'createSource');
      operator.source = module.createSource(planned.config as never, context);
      return;
    }
    if (module.createOperator === undefined) throw missing(planned, 'createOperator');
    const { createOperator } = module;
    const create = (inside: OperatorContext) => createOperator(planned.config as never, inside);
    const input = this.environment.spills?.ofInput(planned);
    const created: Operator & Partial<WatermarkPolicy> =
      planned.sorted === undefined || input === undefined
        ? create(context)
        : new SortingOperator({ inputs: planned.sorted.inputs, create }, input, context);
    operator.operator = created;
    operator.ownWatermarks = created.watermarks === 'own';
  }
}

function pathOf(schema: Schema, column: string): readonly number[] {
  const resolved = resolveColumn(schema, column);
  assert(resolved !== null, `key column '${column}' is in the schema`);
  return resolved.path;
}

function missing(planned: PlanOperator, what: string): EngineError {
  return new EngineError('MR5002', `node type '${planned.type}' cannot run: its operator.ts has no ${what}`, {
    domain: 'internal',
    nodeId: planned.nodeId,
  });
}
