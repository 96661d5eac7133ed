/**
 * Everything a user interface may ask of host and engine: one map of methods and one of events, typed, transport-free; the
 * areas stand in contract/. A transport is `send`, `onMessage`, `onClose`; see transports/. Methods marked `host` are answered
 * by the host process (files, drafts, preferences, engine supervision), those marked `engine` by the engine process.
 */
import type { ApplicationMethods, EngineState } from './contract/application.ts';
import type { DesktopEvents, DesktopMethods } from './contract/desktop.ts';
import type { FileMethods } from './contract/files.ts';
import type { HistoryMethods } from './contract/history.ts';
import type { LogMethods, RunLogNews } from './contract/logs.ts';
import type { PipelineMethods } from './contract/pipelines.ts';
import type { PlanMethods } from './contract/plans.ts';
import type { CheckpointInfo, RunMethods, RunMetrics, RunStatus } from './contract/runs.ts';

export type * from './contract/application.ts';
export type * from './contract/desktop.ts';
export type * from './contract/files.ts';
export type * from './contract/history.ts';
export type * from './contract/logs.ts';
export type * from './contract/messages.ts';
export type * from './contract/pipelines.ts';
export type * from './contract/plans.ts';
export type * from './contract/runs.ts';

/** name → [side, parameters, result]. Parameters and results are plain JSON. */
export interface Methods
  extends ApplicationMethods,
    DesktopMethods,
    FileMethods,
    HistoryMethods,
    LogMethods,
    PipelineMethods,
    PlanMethods,
    RunMethods {}

/** Events; each subscription starts with a snapshot of the current value and carries a sequence number. */
export interface Events extends DesktopEvents {
  'engine.state': EngineState;
  'run.state': RunStatus;
  'run.metrics': RunMetrics;
  'run.checkpoint': { readonly runId: string; readonly checkpoint: CheckpointInfo };
  /** New entries only, without a snapshot: what was before comes from `run.logs`. */
  'run.log': RunLogNews;
  'file.changed': { readonly path: string; readonly modifiedMs: number; readonly hash: string };
}

export type MethodName = keyof Methods;
export type EventName = keyof Events;
export type Params<M extends MethodName> = Methods[M]['params'];
export type Result<M extends MethodName> = Methods[M]['result'];

/** What a page or a test holds; implemented by client.ts over any transport. */
export interface HostClient {
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Returns the function that ends the subscription. */
  listen<E extends EventName>(event: E, listener: (value: Events[E], sequence: number) => void): () => void;
  onConnection(listener: (state: 'connected' | 'connecting' | 'lost') => void): () => void;
  close(): void;
}
