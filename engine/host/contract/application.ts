/** What a user interface may ask about the program itself: its launch, its preferences, its engine; the host answers. */
import type { JsonObject } from '../../base/json.ts';
import type { TemplateInfo } from './files.ts';

export interface EngineState {
  readonly state: 'starting' | 'ready' | 'restarting' | 'down';
  readonly pid: number | null;
  readonly restarts: number;
}

/** A run that was going when its host ended. */
export interface InterruptedRun {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly path: string;
  readonly documentId: string;
}

export interface ApplicationMethods {
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
  /** Lets the custom code of the pipeline at this path run from now on. False: there is no such file. */
  'pipeline.trust': { side: 'host'; params: { path: string }; result: { trusted: boolean } };
  /** Runs that were going when an earlier host ended. */
  'launch.interruptedRuns': { side: 'host'; params: Record<string, never>; result: readonly InterruptedRun[] };
  'engine.restart': { side: 'host'; params: Record<string, never>; result: null };
  'run.killEngine': { side: 'host'; params: Record<string, never>; result: null };
}
