/** A run as people see it: its status, metrics, tails and previews around the state machine that runs it. */
import { EngineError } from '../base/errors.ts';
import type {
  CheckpointInfo,
  EdgeTail,
  NodeTime,
  ReplaySpeedSetting,
  RunMetrics,
  RunPhase,
  RunResults,
  RunStatus,
  SubtaskMetrics,
} from '../host/contract.ts';
import type { ResolvedNode } from '../spec/resolved-graph.ts';
import { JobRun } from './coordinator/job-run.ts';
import { RunMetricsBoard } from './coordinator/run-metrics.ts';
import type { CoordinatorWorld } from './coordinator/world.ts';
import { EdgeTails } from './edge-tails.ts';
import { type BeginningRun, RunRecorder } from './history/run-recorder.ts';
import type { JobListener, JobStartRequest, StopMode } from './job-manager-api.ts';
import type { LoadedPipeline } from './load-pipeline.ts';
import type { PhysicalPlan } from './plan/physical-plan.ts';
import { ResultLog } from './result-log.ts';
import { ended as endOf, paceChanged, stopping } from './run-log/run-events.ts';
import { RunWatch, type WatchedNode } from './run-log/run-watch.ts';
import { TimeWatch } from './time-watch.ts';
import type { FailureMessage } from './workers/messages.ts';

const METRICS_INTERVAL_MS = 500;
/** Times the pace; more is `max`. */
const SPEED_MAX = 1000;

export class ManagedRun {
  readonly run: JobRun;
  readonly runId: string;
  readonly recorder: RunRecorder;
  private readonly request: JobStartRequest;
  private readonly pipeline: LoadedPipeline;
  private readonly plan: PhysicalPlan;
  private readonly world: CoordinatorWorld;
  private readonly listener: Required<JobListener>;
  private readonly board: RunMetricsBoard;
  private readonly tails: EdgeTails;
  private readonly times: TimeWatch;
  private readonly watch: RunWatch;
  /** It ends because its engine does. */
  private interrupted = false;
  /** Rows that nodes hand over to be looked at. */
  private readonly shown: ResultLog;
  /** Rows on their way into other sinks, while somebody asks. */
  private readonly followed: ResultLog;
  private readonly startedAtMs: number;
  private readonly startedMonotonicMs: number;
  private endedAtMs: number | null = null;
  private failure: FailureMessage | null = null;
  private latest: RunMetrics;
  private readonly paced: boolean;
  private pace: { readonly paused: boolean; readonly speed: ReplaySpeedSetting } = { paused: false, speed: 1 };
  private cancelMetrics: () => void = () => undefined;
  private readonly deployed: (() => void)[] = [];
  private readonly ended: ((status: RunStatus) => void)[] = [];

  constructor(
    runId: string,
    request: JobStartRequest,
    pipeline: LoadedPipeline,
    plan: PhysicalPlan,
    world: CoordinatorWorld,
    listener: Required<JobListener>,
  ) {
    this.runId = runId;
    this.request = request;
    this.pipeline = pipeline;
    this.plan = plan;
    this.paced = pipeline.graph.nodes.some((node) => (node.definition.pace?.(node.config) ?? null) !== null);
    this.world = world;
    this.listener = listener;
    this.board = new RunMetricsBoard(plan);
    this.startedAtMs = world.clock.now();
    this.startedMonotonicMs = world.clock.monotonic();
    this.shown = new ResultLog(this.startedAtMs);
    this.followed = new ResultLog(this.startedAtMs);
    // A sample grows by far less than a thousand lines a second: times of beginning keep the numbers of several engines apart.
    this.tails = new EdgeTails(plan, this.startedAtMs, (edgeId, place, rowsMax) => this.run.tap(edgeId, place, rowsMax));
    this.watch = new RunWatch(pipeline.graph.nodes.map(watchedNode));
    this.recorder = new RunRecorder(world, pipeline.options.folder, this.beginning(), listener.log);
    this.times = new TimeWatch(plan, (operator, on) => this.run.observe(operator, on));
    this.run = new JobRun(plan, pipeline.options, world, {
      phase: (phase, failure) => this.onPhase(phase, failure),
      checkpoint: (info) => this.onCheckpoint(info),
      log: (event) => this.recorder.add(event),
      restored: (place) => this.recorder.startsFrom(place),
      rows: (nodeId, lines) => this.onRows(nodeId, lines),
      counters: (subtask, counters) => this.board.update(subtask, counters),
      tapped: (edgeId, lines, rows) => this.onTapped(edgeId, lines, rows),
      observed: (subtask, operator, time) => this.times.add(subtask, operator, time),
    });
    this.latest = this.readMetrics();
  }

  /** Resolves when the tasks run, or when the run has ended before that. Rejects when it cannot begin at all. */
  async start(): Promise<void> {
    const deployed = new Promise<void>((resolve) => {
      this.deployed.push(resolve);
    });
    this.run.start();
    this.recorder.begin();
    this.tick();
    await deployed;
  }

  status(): RunStatus {
    const { pipeline, plan, run } = this;
    return {
      runId: this.runId,
      pipelinePath: this.request.path,
      pipelineName: plan.jobName,
      documentId: plan.jobId,
      phase: run.phase,
      startedAtMs: this.startedAtMs,
      endedAtMs: this.endedAtMs,
      attempt: run.attempt,
      guarantee: pipeline.guarantee.guarantee,
      guaranteeReason: pipeline.guarantee.reason,
      error:
        this.failure === null
          ? null
          : { code: this.failure.code, message: this.failure.message, nodeId: this.failure.nodeId, remedy: this.failure.remedy },
      parallelism: plan.parallelism,
      checkpointDirectory: pipeline.checkpointDirectory,
      paused: this.pace.paused,
      speed: this.paced ? this.pace.speed : null,
    };
  }

  /** Throws MR5014 when the run has ended, MR5017 for a speed that is none. */
  setPace(paused: boolean, speed: ReplaySpeedSetting): RunStatus {
    if (this.endedAtMs !== null) {
      throw new EngineError('MR5014', `the run is already ${this.run.phase}`, { domain: 'user', remedy: 'start it again' });
    }
    if (speed !== 'max' && !(speed > 0 && speed <= SPEED_MAX)) {
      throw new EngineError('MR5017', `${speed} is no speed: it must lie above 0 and at most at ${SPEED_MAX}, or be "max"`, {
        domain: 'user',
      });
    }
    if (paused !== this.pace.paused || speed !== this.pace.speed) this.recorder.add(paceChanged(paused, this.pace.paused, speed));
    this.pace = { paused, speed };
    this.run.setPace({ paused, factor: speed === 'max' ? Number.POSITIVE_INFINITY : speed });
    this.listener.state(this.status());
    return this.status();
  }

  /** A person wants it to end. */
  noteStop(mode: StopMode): void {
    if (this.endedAtMs !== null || this.run.phase === 'stopping') return;
    this.recorder.stops(mode);
    this.recorder.add(stopping(mode));
  }

  interrupt(): void {
    this.interrupted = true;
  }

  metrics(): RunMetrics {
    return this.latest;
  }

  subtasks(nodeId: string): SubtaskMetrics[] {
    return this.board.subtasks(nodeId);
  }

  spec(): string {
    return this.request.text;
  }

  checkpoints(): readonly CheckpointInfo[] {
    return this.run.history;
  }

  tail(edgeId: string, afterSequence: number, rowsMax: number): EdgeTail {
    const { rows, total, last } = this.tails.read(edgeId, afterSequence, rowsMax, this.world.clock.monotonic());
    const passed = this.latest.edges.find((edge) => edge.edgeId === edgeId)?.rows ?? 0;
    return { rows, total: Math.max(total, passed), last };
  }

  time(nodeId: string): NodeTime {
    const { clock } = this.world;
    const node = this.latest.nodes.find((each) => each.nodeId === nodeId);
    const late = node?.lateRecords ?? 0;
    const missedSome = node?.partlyLateRecords ?? 0;
    const counted = Math.max(0, (node?.behindRecords ?? 0) - late - missedSome);
    return { ...this.times.read(nodeId, clock.now(), clock.monotonic()), counted, missedSome, late };
  }

  preview(nodeId: string, rowsMax: number): { rows: readonly string[]; total: number } {
    return this.shown.newest(nodeId, rowsMax);
  }

  /** Throws MR5025 for a node that the run does not have. */
  results(nodeId: string, afterSequence: number): RunResults {
    const node = this.pipeline.graph.node.get(nodeId);
    if (node === undefined) {
      throw new EngineError('MR5025', `the run has no node '${nodeId}'`, {
        domain: 'user',
        nodeId,
        remedy: 'the pipeline was changed after the run began',
      });
    }
    const fromStart = node.definition.delivery?.(node.config) === 'observing';
    if (!fromStart && this.endedAtMs === null)
      for (const edgeId of edgesInto(node)) this.tails.read(edgeId, 0, 1, this.world.clock.monotonic());
    const total = this.latest.nodes.find((each) => each.nodeId === nodeId)?.rowsIn ?? 0;
    return { ...(fromStart ? this.shown : this.followed).read(nodeId, afterSequence), total, fromStart };
  }

  async whenEnded(): Promise<RunStatus> {
    if (this.endedAtMs !== null) return this.status();
    return new Promise((resolve) => {
      this.ended.push(resolve);
    });
  }

  private beginning(): BeginningRun {
    const { pipeline, plan, request, runId } = this;
    const idsOf = (execution: string) =>
      new Set(pipeline.graph.nodes.flatMap(({ id, definition }) => (definition.execution === execution ? [id] : [])));
    return {
      runId,
      continues: request.runId !== undefined,
      documentId: plan.jobId,
      pipelineName: plan.jobName,
      pipelinePath: request.path,
      text: request.text,
      parallelism: plan.parallelism,
      guarantee: pipeline.guarantee.guarantee,
      sources: idsOf('source'),
      sinks: idsOf('sink'),
    };
  }

  private onPhase(phase: RunPhase, failure: FailureMessage | null): void {
    this.failure = failure ?? (phase === 'running' || phase === 'finished' ? null : this.failure);
    if (phase === 'restarting') this.recorder.restarts();
    if (phase === 'running') {
      this.watch.restart();
      this.tails.renew();
      this.times.renew();
    }
    if (phase !== 'starting') for (const resolve of this.deployed.splice(0)) resolve();
    const ended = phase === 'finished' || phase === 'failed' || phase === 'stopped';
    if (ended) {
      this.endedAtMs = this.world.clock.now();
      this.cancelMetrics();
      this.publishMetrics();
      this.recordEnd(phase);
    }
    this.listener.state(this.status());
    if (ended) for (const resolve of this.ended.splice(0)) resolve(this.status());
  }

  private recordEnd(phase: 'finished' | 'failed' | 'stopped'): void {
    for (const event of this.watch.finish(this.latest)) this.recorder.add(event);
    const event = this.interrupted ? null : endOf(phase);
    if (event !== null) this.recorder.add(event);
    this.recorder.end(this.interrupted ? 'interrupted' : phase, this.status().error);
  }

  private onCheckpoint(info: CheckpointInfo): void {
    this.recorder.checkpoint(info);
    this.listener.checkpoint(this.runId, info);
  }

  private onRows(nodeId: string, lines: readonly string[]): void {
    this.shown.add(nodeId, lines);
    this.listener.rows(this.runId, nodeId, lines);
  }

  private onTapped(edgeId: string, lines: readonly string[], rows: number): void {
    this.tails.add(edgeId, lines, rows);
    const edge = this.pipeline.graph.edges.find((each) => each.id === edgeId);
    if (edge !== undefined && lines.length > 0) this.followed.add(edge.to.nodeId, lines);
  }

  private tick(): void {
    if (this.endedAtMs !== null) return;
    this.cancelMetrics = this.world.timers(METRICS_INTERVAL_MS, () => {
      this.publishMetrics();
      this.tails.endUnwatched(this.world.clock.monotonic());
      this.times.endUnwatched(this.world.clock.monotonic());
      this.tick();
    });
  }

  private publishMetrics(): void {
    this.latest = this.readMetrics();
    this.recorder.metrics(this.latest);
    if (this.endedAtMs === null) for (const event of this.watch.look(this.latest, this.pace.paused)) this.recorder.add(event);
    this.listener.metrics(this.latest);
  }

  private readMetrics(): RunMetrics {
    const { run, world } = this;
    const uptimeMs = world.clock.monotonic() - this.startedMonotonicMs;
    return this.board.read(this.runId, world.clock.now(), uptimeMs, run.checkpointsComplete, run.checkpointsFailed);
  }
}

function watchedNode({ id, definition, inputs }: ResolvedNode): WatchedNode {
  return {
    id,
    sink: definition.execution === 'sink',
    waitsForTime: definition.inputs.some((port) => port.needs === 'watermark'),
    upstream: inputs.flatMap((input) => input.edges.map((edge) => edge.from.nodeId)),
  };
}

function edgesInto(node: ResolvedNode): readonly string[] {
  return node.inputs.flatMap((input) => input.edges.map((edge) => edge.id));
}
