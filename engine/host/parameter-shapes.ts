/** The shape of every method's parameters, checked before a handler sees them: the page is not trusted to keep the types. */
import { EngineError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import { isObject } from '../base/json.ts';
import type { MethodName } from './contract.ts';

type Shape = 'string' | 'number' | 'object' | 'object|null' | 'boolean' | 'number|string' | readonly string[];

const PARAMETER_SHAPES: { readonly [M in MethodName]: { readonly [name: string]: Shape } } = {
  'app.info': {},
  'preferences.get': {},
  'preferences.set': { patch: 'object' },
  'file.roots': {},
  'file.list': { path: 'string' },
  'file.open': { path: 'string' },
  'file.peek': { path: 'string' },
  'file.addData': { pipelinePath: 'string', name: 'string', text: 'string' },
  'file.save': { path: 'string', text: 'string', expected: 'object|null' },
  'export.save': { path: 'string', content: 'string', encoding: ['utf8', 'base64'], replace: 'boolean' },
  'template.list': {},
  'recent.list': {},
  'recent.forget': { path: 'string' },
  'draft.save': { documentId: 'string', path: 'string', name: 'string', text: 'string', edits: 'number', base: 'object|null' },
  'draft.discard': { documentId: 'string', path: 'string' },
  'draft.putAside': { documentId: 'string', path: 'string' },
  'draft.list': {},
  'draft.read': { draftId: 'string' },
  'draft.forget': { draftId: 'string' },
  'pipeline.trust': { path: 'string' },
  'launch.interruptedRuns': {},
  'template.open': { name: 'string', language: ['en', 'zh'] },
  'engine.restart': {},
  'pipeline.check': { text: 'string', path: 'string' },
  'pipeline.plan': { text: 'string' },
  'schema.infer': { nodeType: 'string', config: 'object', baseDirectory: 'string' },
  'run.start': { path: 'string', text: 'string', options: 'object' },
  'run.stop': { runId: 'string', mode: ['keep-state', 'drain', 'discard'] },
  'run.pace': { runId: 'string', paused: 'boolean', speed: 'number|string' },
  'run.savepoint': { runId: 'string' },
  'run.list': {},
  'run.spec': { runId: 'string' },
  'run.checkpoints': { runId: 'string' },
  'checkpoint.check': { path: 'string', text: 'string', checkpoint: 'string' },
  'checkpoint.list': { path: 'string', text: 'string' },
  'run.subtasks': { runId: 'string', nodeId: 'string' },
  'run.time': { runId: 'string', nodeId: 'string' },
  'run.tail': { runId: 'string', edgeId: 'string', afterSequence: 'number', rowsMax: 'number' },
  'run.preview': { runId: 'string', nodeId: 'string', rowsMax: 'number' },
  'run.results': { runId: 'string', nodeId: 'string', afterSequence: 'number' },
  'run.logs': { runId: 'string', afterSequence: 'number' },
  'history.list': { path: 'string', text: 'string' },
  'history.show': { path: 'string', text: 'string', runId: 'string' },
  'history.spec': { path: 'string', text: 'string', runId: 'string' },
  'history.log': { path: 'string', text: 'string', runId: 'string' },
  'preview.rows': { text: 'string', path: 'string', rowsMax: 'number' },
  'run.killEngine': {},
  'window.control': { action: ['minimise', 'maximise', 'close', 'leave', 'stay'] },
  'window.takeFiles': {},
  'dialog.choose': { mode: ['open', 'save', 'folder'], title: 'string', action: 'string', extension: 'string', suggested: 'string' },
  'export.write': { text: 'string', target: ['spec', 'flink-sql'], path: 'string' },
};

/** Throws MR6001 naming the first parameter that is absent or of another kind. */
export function checkParameters(method: MethodName, params: JsonValue): void {
  if (!isObject(params)) throw refusal(method, 'parameters', 'an object');
  for (const [name, shape] of Object.entries(PARAMETER_SHAPES[method])) {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (!matches(shape, value)) throw refusal(method, name, typeof shape === 'string' ? shape : `one of ${shape.join(', ')}`);
  }
  if (method === 'run.start' && isObject(params.options)) checkRunOptions(params.options);
  if (method === 'preview.rows' && params.nodes !== undefined) checkNames(params.nodes);
  if (method === 'file.save' && isObject(params.expected)) checkFileVersion(method, 'expected', params.expected);
  if (method === 'draft.save' && isObject(params.base)) checkFileVersion(method, 'base', params.base);
}

const RESTORE_WORDS: ReadonlySet<JsonValue | undefined> = new Set(['latest', 'unfinished', 'none']);

function checkRunOptions(options: { readonly [key: string]: JsonValue }): void {
  const { restore } = options;
  const restoreFits = RESTORE_WORDS.has(restore) || (isObject(restore) && typeof restore.path === 'string');
  if (!restoreFits) throw refusal('run.start', 'options.restore', 'latest, unfinished, none or a path');
  for (const name of ['parallelism', 'batchRows', 'checkpointIntervalMs']) {
    const value = options[name];
    if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value)))
      throw refusal('run.start', `options.${name}`, 'a number');
  }
  if (options.checkpointDirectory !== undefined && typeof options.checkpointDirectory !== 'string') {
    throw refusal('run.start', 'options.checkpointDirectory', 'a path');
  }
}

function checkNames(names: JsonValue): void {
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
    throw refusal('preview.rows', 'nodes', 'a list of node ids');
}

function checkFileVersion(method: string, name: string, version: { readonly [key: string]: JsonValue }): void {
  if (typeof version.modifiedMs !== 'number' || typeof version.hash !== 'string') {
    throw refusal(method, name, 'the time and hash of the file as opened');
  }
}

function matches(shape: Shape, value: JsonValue | undefined): boolean {
  if (typeof shape !== 'string') return typeof value === 'string' && shape.includes(value);
  switch (shape) {
    case 'object':
      return isObject(value);
    case 'object|null':
      return value === null || isObject(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'number|string':
      return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
    default:
      return typeof value === 'string';
  }
}

function refusal(method: string, name: string, expected: string): EngineError {
  return new EngineError('MR6001', `${method}: ${name} must be ${expected}`, { domain: 'user', field: name });
}
