/** Which process answers which method and event, and which calls may be repeated after a lost connection. */
import type { EventName, MethodName, Methods } from './contract.ts';

export type Side = 'host' | 'engine';

/** Complete by type: a method of the contract that is missing here does not compile. */
export const METHOD_SIDES: { readonly [M in MethodName]: Methods[M]['side'] } = {
  'app.info': 'host',
  'preferences.get': 'host',
  'preferences.set': 'host',
  'file.roots': 'host',
  'file.list': 'host',
  'file.open': 'host',
  'file.peek': 'host',
  'file.addData': 'host',
  'file.save': 'host',
  'export.save': 'host',
  'draft.save': 'host',
  'draft.discard': 'host',
  'template.list': 'host',
  'draft.putAside': 'host',
  'draft.list': 'host',
  'draft.read': 'host',
  'draft.forget': 'host',
  'recent.list': 'host',
  'recent.forget': 'host',
  'pipeline.trust': 'host',
  'launch.interruptedRuns': 'host',
  'template.open': 'host',
  'engine.restart': 'host',
  'pipeline.check': 'engine',
  'pipeline.plan': 'engine',
  'schema.infer': 'engine',
  'run.start': 'engine',
  'run.stop': 'engine',
  'run.pace': 'engine',
  'run.savepoint': 'engine',
  'run.list': 'engine',
  'run.spec': 'engine',
  'run.checkpoints': 'engine',
  'checkpoint.list': 'engine',
  'checkpoint.check': 'engine',
  'run.subtasks': 'engine',
  'run.time': 'engine',
  'run.tail': 'engine',
  'run.preview': 'engine',
  'run.results': 'engine',
  'run.logs': 'engine',
  'history.list': 'engine',
  'history.show': 'engine',
  'history.spec': 'engine',
  'history.log': 'engine',
  'preview.rows': 'engine',
  'run.killEngine': 'host',
  'window.control': 'host',
  'window.takeFiles': 'host',
  'dialog.choose': 'host',
  'export.write': 'engine',
};

export const EVENT_SIDES: { readonly [E in EventName]: Side } = {
  'engine.state': 'host',
  'run.state': 'engine',
  'run.metrics': 'engine',
  'run.checkpoint': 'engine',
  'run.log': 'engine',
  'file.changed': 'host',
  'window.state': 'host',
  'window.request': 'host',
};

/** Calls that change nothing, or the same thing again: the client repeats them by itself after a reconnect. */
const SAFE_METHODS: ReadonlySet<string> = new Set<MethodName>([
  'app.info',
  'preferences.get',
  'file.roots',
  'file.list',
  'file.open',
  'file.peek',
  'draft.save',
  'template.list',
  'draft.discard',
  'draft.putAside',
  'draft.list',
  'draft.read',
  'draft.forget',
  'recent.list',
  'recent.forget',
  'pipeline.trust',
  'launch.interruptedRuns',
  'pipeline.check',
  'pipeline.plan',
  'schema.infer',
  'run.list',
  'run.spec',
  'run.checkpoints',
  'checkpoint.list',
  'checkpoint.check',
  'run.subtasks',
  'run.time',
  'run.tail',
  'run.preview',
  'run.results',
  'run.logs',
  'history.list',
  'history.show',
  'history.spec',
  'history.log',
  'preview.rows',
  'export.write',
]);

export function isSafeMethod(method: MethodName): boolean {
  return SAFE_METHODS.has(method);
}

/** True for the names of the contract and nothing else, `constructor` and the like included. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(METHOD_SIDES, name);
}

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(EVENT_SIDES, name);
}
