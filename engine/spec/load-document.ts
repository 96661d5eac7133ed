/** Reads a pipeline file: limits, JSON, format and version, shape, in that order; each failure is a problem with a place. */
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { PipelineDocument } from './document.ts';
import { DOCUMENT_FORMAT, DOCUMENT_LIMITS, DOCUMENT_VERSION } from './document.ts';
import { migrateDocument } from './document-migrations.ts';
import * as found from './document-problems.ts';
import { checkDocumentShape } from './document-shape.ts';
import type { JsonFailure, JsonTree } from './document-text/json-tree.ts';
import { memberOf, parseJsonTree, positionAt } from './document-text/json-tree.ts';
import type { Problem } from './problem.ts';
import { hasErrors } from './problem.ts';
import { shortJson } from './short-json.ts';

export interface LoadedDocument {
  readonly text: string;
  /** Null when the file cannot be used; `problems` then says why. */
  readonly document: PipelineDocument | null;
  readonly problems: readonly Problem[];
  /** Written by a newer version: may be looked at, never saved over. */
  readonly readOnly: boolean;
  /** The text as a tree, for saving; null when it is not JSON. */
  readonly tree: JsonTree | null;
}

export function loadDocument(text: string): LoadedDocument {
  const parsed = parseJsonTree(text, DOCUMENT_LIMITS);
  if ('failure' in parsed) return refused(text, null, [describeFailure(text, parsed.failure)]);
  const { tree } = parsed;
  const format = memberOf(tree, 'format');
  if (format?.value !== DOCUMENT_FORMAT) {
    const source = positionAt(text, (format ?? tree).start);
    return refused(text, tree, [found.notAPipeline({ wanted: DOCUMENT_FORMAT, found: shortJson(format?.value) }, { source })]);
  }
  const version = memberOf(tree, 'version');
  if (typeof version?.value !== 'number' || !Number.isInteger(version.value) || version.value < 1) {
    const source = positionAt(text, (version ?? tree).start);
    const path = 'version';
    return refused(text, tree, [
      found.wrongShape(
        { path, wanted: { en: 'a whole number from 1', zh: '从 1 开始的整数' }, found: shortJson(version?.value), ...source },
        { source },
      ),
    ]);
  }
  return loadVersion(text, tree, version.value);
}

function loadVersion(text: string, tree: JsonTree, version: number): LoadedDocument {
  const notices: Problem[] = [];
  if (version > DOCUMENT_VERSION) notices.push(found.newerVersion({ found: version, known: DOCUMENT_VERSION }));
  if (version < DOCUMENT_VERSION) notices.push(found.olderVersion({ found: version, known: DOCUMENT_VERSION }));
  const problems = [...notices, ...checkDocumentShape(text, tree)];
  if (hasErrors(problems)) return { text, document: null, problems, readOnly: version > DOCUMENT_VERSION, tree };
  const document = completeDocument(migrateDocument(tree.value as JsonObject, version));
  return { text, document, problems, readOnly: version > DOCUMENT_VERSION, tree };
}

/** The parts a hand-written file may leave out. */
function completeDocument(value: JsonObject): PipelineDocument {
  const nodes = (value.nodes as readonly JsonObject[]).map((node) => (node.config === undefined ? { ...node, config: {} } : node));
  const drawing = (value.drawing ?? {}) as JsonObject;
  const complete: { readonly [key: string]: JsonValue } = {
    ...value,
    job: value.job ?? {},
    nodes,
    drawing: drawing.positions === undefined ? { ...drawing, positions: {} } : drawing,
  };
  // The shape was checked value by value; from here on the JSON is a document.
  return complete as unknown as PipelineDocument;
}

function refused(text: string, tree: JsonTree | null, problems: readonly Problem[]): LoadedDocument {
  return { text, document: null, problems, readOnly: false, tree };
}

function describeFailure(text: string, failure: JsonFailure): Problem {
  const source = positionAt(text, failure.offset);
  const place = { source };
  switch (failure.reason) {
    case 'too-long':
      return found.textTooLong({ length: text.length, limit: failure.limit }, place);
    case 'too-deep':
      return found.tooDeep({ limit: failure.limit, ...source }, place);
    case 'too-many':
      return found.tooManyValues({ limit: failure.limit, ...source }, place);
    case 'forbidden-key':
      return found.forbiddenKey({ key: failure.key, ...source }, place);
    case 'key-twice':
      return found.keyTwice({ key: shortJson(failure.key), ...source }, place);
    case 'syntax': {
      const end = { en: 'end of the file', zh: '文件结尾' };
      return found.notJson({ found: failure.found === '' ? end : failure.found, ...source }, place);
    }
  }
}
