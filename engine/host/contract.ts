/**
 * Everything a user interface may ask of host and engine: one map of methods and one of events, typed, transport-free.
 * A transport is `send`, `onMessage`, `onClose`; see transports/. Methods marked `host` are answered by the host process
 * (files, drafts, preferences, engine supervision), those marked `engine` by the engine process.
 */
import type { JsonObject } from '../base/json.ts';
import type { FieldMessage, PreviewNode } from './preview-contract.ts';

export type { ErrorMessage, FieldMessage, PreviewNode, PreviewPort, PreviewRowError, PreviewState } from './preview-contract.ts';

/** A finding about a pipeline, in words already made for people by `code` and `parameters` (both languages). */
export interface ProblemMessage {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly nodeId?: string;
  readonly edgeId?: string;
  readonly field?: string;
  readonly text: { readonly en: string; readonly zh: string };
}

export type RunPhase = 'starting' | 'running' | 'restarting' | 'stopping' | 'finished' | 'failed' | 'stopped' | 'lost';

export interface RunStatus {
  readonly runId: string;
  readonly pipelinePath: string;
  readonly pipelineName: string;
  readonly documentId: string;
  readonly phase: RunPhase;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly attempt: number;
  /** Computed from sources, sinks and settings. */
  readonly guarantee: 'exactly-once' | 'at-least-once' | 'at-most-once' | 'effectively-once';
  readonly guaranteeReason: { readonly en: string; readonly zh: string };
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly nodeId: string | null;
    readonly remedy: string | null;
  } | null;
  readonly parallelism: number;
  readonly checkpointDirectory: string;
  /** Sources and timers stand still; what had been read has flowed on. */
  readonly paused: boolean;
  /** Multiple of the pace that the sources have; null when none has one, so that there is nothing to speed up. */
  readonly speed: ReplaySpeedSetting | null;
}

/** A positive number, or as fast as the sources can. */
export type ReplaySpeedSetting = number | 'max';

export interface CheckpointInfo {
  readonly id: number;
  readonly kind: 'checkpoint' | 'savepoint';
  readonly status: 'in-progress' | 'complete' | 'failed';
  readonly startedAtMs: number;
  readonly durationMs: number | null;
  /** Longest time a subtask stood still for it, from the barrier's arrival until it went on. */
  readonly pauseMs?: number;
  readonly bytes: number;
  readonly path: string;
  readonly failure: string | null;
}

/** Absolute counters of one node or edge, summed over subtasks; rates are made by the reader from two frames. */
export interface NodeMetrics {
  readonly nodeId: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly busyMs: number;
  readonly idleMs: number;
  readonly backPressuredMs: number;
  /** Every window they belong to had fired. */
  readonly lateRecords: number;
  /** Some of their windows had fired. */
  readonly partlyLateRecords: number;
  /** Came behind the watermark, the two above included; the rest was counted in full. */
  readonly behindRecords: number;
  readonly badRecords: number;
  readonly stateBytes: number;
  readonly stateKeys: number;
  /** Lowest current watermark over subtasks, epoch ms; null before the first. Long.MAX shows as Infinity. */
  readonly watermark: number | null;
}

export interface EdgeMetrics {
  readonly edgeId: string;
  readonly rows: number;
  readonly bytes: number;
}

/** One sender of rows to a node: a subtask of the node before it, with the event time it has announced. */
export interface NodeTimeChannel {
  readonly nodeId: string;
  readonly subtask: number;
  /** Epoch ms; null before the first. */
  readonly watermark: number | null;
  /** Does not hold the watermark back. */
  readonly idle: boolean;
  readonly ended: boolean;
  readonly rows: number;
  /** Since its last rows, to half a second. */
  readonly quietMs: number;
}

/** Bounds in the window's own clock (UTC, or the zone of a TIMESTAMP_LTZ); `firesAt` is the watermark that it waits for. */
export interface NodeTimeWindow {
  readonly start: number;
  readonly end: number;
  readonly firesAt: number;
  readonly state: 'fired' | 'open';
  readonly keys: number;
  /** False: at least so many. */
  readonly exactKeys: boolean;
  /** Fired ones: rows they gave. */
  readonly rowsOut: number;
}

/** A row that came behind the watermark. */
export interface NodeTimeRow {
  readonly atMs: number;
  readonly eventTime: number;
  readonly behindMs: number;
  readonly outcome: 'counted' | 'missed-some' | 'late';
  readonly missed: number;
  readonly windows: number;
  /** JSON text. */
  readonly row: string;
}

/** Why a node's windows have, or have not, fired. */
export interface NodeTime {
  readonly nodeId: string;
  readonly atMs: number;
  /** False until the workers have told for the first time. */
  readonly ready: boolean;
  readonly watermark: number | null;
  readonly allowedLatenessMs: number;
  readonly channels: readonly NodeTimeChannel[];
  readonly windows: readonly NodeTimeWindow[];
  /** Open windows that are not listed. */
  readonly more: number;
  /** False: there are so many windows that not all were looked at. */
  readonly complete: boolean;
  /** Since the run began, rows behind the watermark by what became of them. */
  readonly counted: number;
  readonly missedSome: number;
  readonly late: number;
  /** The newest of them since somebody watches. */
  readonly rows: readonly NodeTimeRow[];
}

export interface SubtaskMetrics extends NodeMetrics {
  readonly subtask: number;
}

export interface RunMetrics {
  readonly runId: string;
  readonly sequence: number;
  readonly atMs: number;
  readonly uptimeMs: number;
  readonly nodes: readonly NodeMetrics[];
  readonly edges: readonly EdgeMetrics[];
  /** Event time of the whole run: lowest watermark over sinks' inputs. */
  readonly checkpointsComplete: number;
  readonly checkpointsFailed: number;
}

export interface RunOptions {
  readonly restore: 'latest' | 'none' | { readonly path: string };
  readonly parallelism?: number;
  readonly batchRows?: number;
  readonly checkpointDirectory?: string;
  readonly checkpointIntervalMs?: number;
}

export interface FileEntry {
  readonly name: string;
  readonly path: string;
  readonly directory: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface OpenedFile {
  readonly path: string;
  readonly text: string;
  readonly modifiedMs: number;
  readonly hash: string;
  /** Unsaved edits of the same document, if some were left behind. */
  readonly draft: KeptDraft | null;
}

/** A file as it was read or written. */
export interface FileVersion {
  readonly modifiedMs: number;
  readonly hash: string;
}

/** Unsaved edits as the host has them. */
export interface KeptDraft {
  readonly text: string;
  /** Empty while the document has never been saved. */
  readonly path: string;
  readonly name: string;
  readonly savedAtMs: number;
  /** Undo steps since the file was read or written. */
  readonly edits: number;
  /** The file as it was when the edits began. */
  readonly base: FileVersion | null;
  /** Written since this host was started: a page was reloaded, nothing crashed. */
  readonly sameLaunch: boolean;
}

export interface DraftInfo {
  readonly draftId: string;
  readonly documentId: string;
  readonly path: string;
  readonly name: string;
  readonly savedAtMs: number;
  readonly edits: number;
  /** The person chose the saved file instead; kept for 30 days. */
  readonly aside: boolean;
  readonly sameLaunch: boolean;
}

export interface RecentFile {
  readonly path: string;
  readonly name: string;
  readonly openedAtMs: number;
  /** Null: it is gone. */
  readonly modifiedMs: number | null;
  readonly draft: DraftInfo | null;
}

/** A run that was going when its host ended. */
export interface InterruptedRun {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly path: string;
  readonly documentId: string;
}

/** name → [side, parameters, result]. Parameters and results are plain JSON. */
export interface Methods {
  'app.info': {
    side: 'host';
    params: Record<string, never>;
    result: {
      version: string;
      platform: string;
      electron: boolean;
      templates: readonly TemplateInfo[];
      engine: EngineState;
      /** Worker threads that the engine keeps ready. */
      workers: number;
      /** An earlier launch did not end by itself. */
      crashed: boolean;
    };
  };
  'preferences.get': { side: 'host'; params: Record<string, never>; result: JsonObject };
  'preferences.set': { side: 'host'; params: { patch: JsonObject }; result: JsonObject };
  'file.roots': { side: 'host'; params: Record<string, never>; result: readonly FileEntry[] };
  'file.list': { side: 'host'; params: { path: string }; result: readonly FileEntry[] };
  'file.open': { side: 'host'; params: { path: string }; result: OpenedFile };
  /** The text of a pipeline file to look at: nothing is watched, nothing remembered as opened. */
  'file.peek': { side: 'host'; params: { path: string }; result: FileVersion & { readonly text: string } };
  /** `expected` is the modification time and hash the editor last saw; a mismatch fails with MR6201. */
  /** Copies dropped data to `data/` beside a saved pipeline, never over another file. */
  'file.addData': { side: 'host'; params: { pipelinePath: string; name: string; text: string }; result: { path: string } };
  'file.save': {
    side: 'host';
    params: { path: string; text: string; expected: FileVersion | null };
    result: FileVersion;
  };
  /** Writes what was exported; fails with MR6212 when the file is there and `replace` is false. Binary content comes as base64. */
  'export.save': {
    side: 'host';
    params: { path: string; content: string; encoding: 'utf8' | 'base64'; replace: boolean };
    result: { path: string; sizeBytes: number };
  };
  'template.list': { side: 'host'; params: Record<string, never>; result: readonly TemplateCard[] };
  /** What was opened or saved lately, newest first. */
  'recent.list': { side: 'host'; params: Record<string, never>; result: readonly RecentFile[] };
  'recent.forget': { side: 'host'; params: { path: string }; result: null };
  /** Appended to the journal of the document and its file; answered once it is on the disk. */
  'draft.save': {
    side: 'host';
    params: { documentId: string; path: string; name: string; text: string; edits: number; base: FileVersion | null };
    result: { savedAtMs: number };
  };
  'draft.discard': { side: 'host'; params: { documentId: string; path: string }; result: null };
  /** The saved file was chosen: not offered by itself again, but listed for 30 days. */
  'draft.putAside': { side: 'host'; params: { documentId: string; path: string }; result: null };
  'draft.list': { side: 'host'; params: Record<string, never>; result: readonly DraftInfo[] };
  'draft.read': { side: 'host'; params: { draftId: string }; result: KeptDraft | null };
  'draft.forget': { side: 'host'; params: { draftId: string }; result: null };
  /** Runs that were going when an earlier host ended. */
  'launch.interruptedRuns': { side: 'host'; params: Record<string, never>; result: readonly InterruptedRun[] };
  'template.open': { side: 'host'; params: { name: string; language: 'en' | 'zh' }; result: OpenedFile };
  'engine.restart': { side: 'host'; params: Record<string, never>; result: null };
  'pipeline.check': { side: 'engine'; params: { text: string; path: string }; result: { problems: readonly ProblemMessage[] } };
  'schema.infer': {
    side: 'engine';
    params: { nodeType: string; config: JsonObject; baseDirectory: string };
    result: { fields: readonly FieldMessage[]; sampleRows: number };
  };
  'run.start': { side: 'engine'; params: { path: string; text: string; options: RunOptions }; result: RunStatus };
  'run.stop': {
    side: 'engine';
    params: { runId: string; mode: 'keep-state' | 'drain' | 'discard' };
    result: { savepointPath: string | null };
  };
  /** Pauses, resumes and sets the speed of paced sources; holds until the run ends, over restarts too. */
  'run.pace': { side: 'engine'; params: { runId: string; paused: boolean; speed: ReplaySpeedSetting }; result: RunStatus };
  'run.savepoint': { side: 'engine'; params: { runId: string }; result: CheckpointInfo };
  'run.list': { side: 'engine'; params: Record<string, never>; result: readonly RunStatus[] };
  /** The document as the run was started with, so that later edits can be told. */
  'run.spec': { side: 'engine'; params: { runId: string }; result: { text: string } };
  'run.checkpoints': { side: 'engine'; params: { runId: string }; result: readonly CheckpointInfo[] };
  /** What a run of this pipeline could start from, newest first. */
  'checkpoint.list': { side: 'engine'; params: { path: string; text: string }; result: readonly CheckpointInfo[] };
  'run.subtasks': { side: 'engine'; params: { runId: string; nodeId: string }; result: readonly SubtaskMetrics[] };
  /** Event time at a node with windows; telling starts with the first call and stops 5 s after the last. */
  'run.time': { side: 'engine'; params: { runId: string; nodeId: string }; result: NodeTime };
  /** Newest rows that crossed an edge, as JSON texts; sampling starts with the first call and stops 5 s after the last. */
  'run.tail': {
    side: 'engine';
    params: { runId: string; edgeId: string; rowsMax: number };
    result: { rows: readonly string[]; total: number };
  };
  'run.preview': {
    side: 'engine';
    params: { runId: string; nodeId: string; rowsMax: number };
    result: { rows: readonly string[]; total: number };
  };
  /**
   * Runs the drawing over a bounded sample of its sources: nothing is written, no live source is opened. A newer request
   * from anywhere supersedes an older one, which then fails with MR5020. `nodes` absent: all.
   */
  'preview.rows': {
    side: 'engine';
    params: { text: string; path: string; rowsMax: number; nodes?: readonly string[] };
    result: { nodes: readonly PreviewNode[]; durationMs: number };
  };
  'run.killEngine': { side: 'host'; params: Record<string, never>; result: null };
  'export.write': {
    side: 'engine';
    params: { text: string; target: 'spec' | 'flink-sql'; path: string };
    result: { text: string; report: readonly ExportNote[] };
  };
}

export interface ExportNote {
  readonly nodeId: string;
  readonly status: 'same' | 'note' | 'unsupported';
  readonly text: { readonly en: string; readonly zh: string };
  /** Of what is unsupported: why, and the closest thing that the target can do; sentences without a final stop. */
  readonly reason?: { readonly en: string; readonly zh: string };
  readonly nearest?: { readonly en: string; readonly zh: string };
}

/** The four scenarios that templates are grouped by, in the gallery's order. */
export type TemplateGroup = 'etl' | 'analysis' | 'monitoring' | 'reports';

export interface TemplateInfo {
  readonly name: string;
  readonly group: TemplateGroup;
  /** A few words under the title: what goes in, what happens, what comes out. Empty: none. */
  readonly hint: { readonly en: string; readonly zh: string };
  readonly title: { readonly en: string; readonly zh: string };
  readonly summary: { readonly en: string; readonly zh: string };
}

/** A template as the gallery shows it: its thumbnail is drawn from the document. */
export interface TemplateCard extends TemplateInfo {
  /** Text of its pipeline file. */
  readonly document: string;
}

export interface EngineState {
  readonly state: 'starting' | 'ready' | 'restarting' | 'down';
  readonly pid: number | null;
  readonly restarts: number;
}

/** Events; each subscription starts with a snapshot of the current value and carries a sequence number. */
export interface Events {
  'engine.state': EngineState;
  'run.state': RunStatus;
  'run.metrics': RunMetrics;
  'run.checkpoint': { readonly runId: string; readonly checkpoint: CheckpointInfo };
  'run.log': {
    readonly runId: string;
    readonly atMs: number;
    readonly level: 'info' | 'warning' | 'error';
    readonly nodeId: string | null;
    readonly message: string;
  };
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
