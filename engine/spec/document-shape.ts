/** Checks that parsed JSON has the shape of a pipeline document, before anything else walks it. */
import type { JsonValue } from '../base/json.ts';
import { DOCUMENT_LIMITS } from './document.ts';
import * as found from './document-problems.ts';
import type { JsonTree } from './document-text/json-tree.ts';
import { memberOf, positionAt } from './document-text/json-tree.ts';
import type { Problem, SourcePosition } from './problem.ts';
import { shortJson } from './short-json.ts';
import type { Text } from './text.ts';
import { text } from './text.ts';

type Kind = 'object' | 'array' | 'text' | 'number' | 'boolean';

const WANTED: Readonly<Record<Kind, Text>> = {
  object: text({ en: 'an object', zh: '对象' }),
  array: text({ en: 'a list', zh: '列表' }),
  text: text({ en: 'text', zh: '文本' }),
  number: text({ en: 'a number', zh: '数字' }),
  boolean: text({ en: 'true or false', zh: 'true 或 false' }),
};

/** Stops at the first problem of a part, so that a hostile file yields a few sentences and not a million. */
const PROBLEMS_MAX = 50;
const ID = /^[A-Za-z0-9_-]{1,64}$/;

export function checkDocumentShape(source: string, root: JsonTree): readonly Problem[] {
  return new ShapeCheck(source).run(root);
}

class ShapeCheck {
  private readonly source: string;
  private readonly problems: Problem[] = [];

  constructor(source: string) {
    this.source = source;
  }

  run(root: JsonTree): readonly Problem[] {
    for (const key of ['id', 'name']) this.require(root, key, 'text', key);
    const job = memberOf(root, 'job');
    if (job !== undefined) this.isKind(job, 'object', 'job');
    this.entries(root, 'nodes', DOCUMENT_LIMITS.nodesMax, true, (node, path) => this.checkNode(node, path));
    this.entries(root, 'edges', DOCUMENT_LIMITS.edgesMax, true, (edge, path) => this.checkEdge(edge, path));
    const drawing = memberOf(root, 'drawing');
    if (drawing !== undefined && this.isKind(drawing, 'object', 'drawing')) this.checkDrawing(drawing);
    return this.problems;
  }

  private checkNode(node: JsonTree, path: string): void {
    this.require(node, 'type', 'text', `${path}.type`);
    for (const [key, kind] of [
      ['label', 'text'],
      ['disabled', 'boolean'],
      ['parallelism', 'number'],
      ['chaining', 'text'],
      ['config', 'object'],
    ] as const)
      this.optional(node, key, kind, path);
  }

  private checkEdge(edge: JsonTree, path: string): void {
    for (const end of ['from', 'to']) {
      const reference = this.require(edge, end, 'object', `${path}.${end}`);
      if (reference === null) continue;
      for (const key of ['node', 'port']) this.require(reference, key, 'text', `${path}.${end}.${key}`);
    }
  }

  private checkDrawing(drawing: JsonTree): void {
    const positions = memberOf(drawing, 'positions');
    if (positions !== undefined && this.isKind(positions, 'object', 'drawing.positions') && positions.kind === 'object') {
      for (const member of positions.members) this.checkPoint(member.value, `drawing.positions.${member.key}`, ['x', 'y']);
    }
    this.entries(drawing, 'notes', DOCUMENT_LIMITS.notesMax, false, (note, path) => {
      this.require(note, 'text', 'text', `${path}.text`);
      this.checkPoint(note, path, ['x', 'y', 'width', 'height']);
      this.optional(note, 'colour', 'text', path);
    });
    this.entries(drawing, 'groups', DOCUMENT_LIMITS.groupsMax, false, (group, path) => {
      this.require(group, 'label', 'text', `${path}.label`);
      this.texts(memberOf(group, 'members'), `${path}.members`);
    });
    const results = memberOf(drawing, 'results');
    if (results !== undefined && this.isKind(results, 'object', 'drawing.results') && results.kind === 'object') {
      for (const member of results.members) this.checkResult(member.value, `drawing.results.${member.key}`);
    }
    const stacks = memberOf(drawing, 'stacks');
    if (stacks !== undefined && this.isKind(stacks, 'array', 'drawing.stacks') && stacks.kind === 'array') {
      for (const [index, stack] of stacks.items.entries()) this.texts(stack, `drawing.stacks[${index}]`);
    }
  }

  private checkResult(result: JsonTree, path: string): void {
    if (!this.isKind(result, 'object', path)) return;
    for (const key of ['view', 'time', 'value', 'unit']) this.optional(result, key, 'text', path);
    this.optional(result, 'threshold', 'number', path);
    this.texts(memberOf(result, 'keys'), `${path}.keys`);
  }

  private checkPoint(tree: JsonTree, path: string, keys: readonly string[]): void {
    if (!this.isKind(tree, 'object', path)) return;
    for (const key of keys) this.require(tree, key, 'number', `${path}.${key}`);
  }

  private texts(tree: JsonTree | undefined, path: string): void {
    if (tree === undefined || !this.isKind(tree, 'array', path) || tree.kind !== 'array') return;
    for (const [index, item] of tree.items.entries()) this.isKind(item, 'text', `${path}[${index}]`);
  }

  /** A list of objects with ids; `needed` lists must be there. */
  private entries(parent: JsonTree, key: string, limit: number, needed: boolean, check: (entry: JsonTree, path: string) => void): void {
    const list = memberOf(parent, key);
    if (list === undefined) {
      if (needed) this.add(found.missingPart({ path: key, ...this.place(parent) }, { source: this.place(parent) }));
      return;
    }
    if (!this.isKind(list, 'array', key) || list.kind !== 'array') return;
    if (list.items.length > limit) {
      this.add(found.tooManyEntries({ path: key, count: list.items.length, limit, ...this.place(list) }, { source: this.place(list) }));
      return;
    }
    const ids = new Set<string>();
    for (const [index, entry] of list.items.entries()) {
      if (this.problems.length >= PROBLEMS_MAX) return;
      const path = `${key}[${index}]`;
      if (!this.isKind(entry, 'object', path)) continue;
      this.checkId(entry, path, ids);
      check(entry, path);
    }
  }

  private checkId(entry: JsonTree, path: string, ids: Set<string>): void {
    const tree = this.require(entry, 'id', 'text', `${path}.id`);
    const id = tree?.value;
    if (tree === null || typeof id !== 'string') return;
    const valid = ID.test(id);
    if (!valid || ids.has(id)) {
      // Counting lines for every id would take longer than all other checks.
      const place = this.place(tree);
      this.add(
        valid
          ? found.idTwice({ path, id, ...place }, { source: place })
          : found.idInvalid({ path, id: shortJson(id), ...place }, { source: place }),
      );
    }
    ids.add(id);
  }

  private require(parent: JsonTree, key: string, kind: Kind, path: string): JsonTree | null {
    const tree = memberOf(parent, key);
    if (tree === undefined) {
      const place = this.place(parent);
      this.add(found.missingPart({ path, ...place }, { source: place }));
      return null;
    }
    return this.isKind(tree, kind, path) ? tree : null;
  }

  private optional(parent: JsonTree, key: string, kind: Kind, path: string): void {
    const tree = memberOf(parent, key);
    if (tree !== undefined) this.isKind(tree, kind, `${path}.${key}`);
  }

  private isKind(tree: JsonTree, kind: Kind, path: string): boolean {
    if (kindOf(tree.value) === kind) return true;
    const place = this.place(tree);
    this.add(found.wrongShape({ path, wanted: WANTED[kind], found: shortJson(tree.value), ...place }, { source: place }));
    return false;
  }

  private place(tree: JsonTree): SourcePosition {
    return positionAt(this.source, tree.start);
  }

  private add(problem: Problem): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push(problem);
  }
}

function kindOf(value: JsonValue): Kind | 'null' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'object';
  }
}
