/** What a node can be found by: its name, its settings as a person reads them, its expressions, the columns it adds. */
import type { JsonValue } from '../../engine/base/json.ts';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { AnyField } from '../../engine/spec/fields.ts';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import type { Language } from '../../engine/spec/text.ts';
import { printBare } from '../../engine/types/print-type.ts';
import { nodeLabel, nodeShape, presetLabel } from '../document/definitions.ts';

export type TextKind = 'name' | 'setting' | 'expression' | 'column';

export interface NodeText {
  readonly kind: TextKind;
  /** Of which setting, in the page's language; empty for names. */
  readonly label: string;
  readonly text: string;
  readonly lower: string;
  /** The setting's name, to open it. */
  readonly field: string | null;
}

/** Settings that hold whole tables, such as rows typed by hand, are searched up to here. */
const VALUES_MAX = 200;
const EXPRESSION_KINDS: ReadonlySet<string> = new Set(['expression', 'conditions', 'projections', 'aggregates', 'code']);

const textsOf = new WeakMap<NodeSpec, { readonly language: Language; readonly texts: readonly NodeText[] }>();
const columnsOf = new WeakMap<ResolvedNode, readonly NodeText[]>();

/** Kept by node object: a keystroke in one node reads that one again. */
export function nodeTexts(node: NodeSpec, language: Language): readonly NodeText[] {
  const known = textsOf.get(node);
  if (known?.language === language) return known.texts;
  const texts = [...names(node, language), ...settings(node, language)];
  textsOf.set(node, { language, texts });
  return texts;
}

/** Columns that leave the node and did not arrive at it: each is found where it begins. */
export function columnTexts(node: ResolvedNode): readonly NodeText[] {
  const known = columnsOf.get(node);
  if (known !== undefined) return known;
  const arrived = new Set(node.inputs.flatMap((input) => input.schema.fields.map((field) => `${field.name} ${printBare(field.type)}`)));
  const texts = new Map<string, NodeText>();
  for (const output of node.outputs) {
    for (const field of output.schema.fields) {
      const type = printBare(field.type);
      if (!arrived.has(`${field.name} ${type}`)) texts.set(field.name, entry('column', type, field.name, null));
    }
  }
  const list = [...texts.values()];
  columnsOf.set(node, list);
  return list;
}

function names(node: NodeSpec, language: Language): readonly NodeText[] {
  const own = nodeLabel(node, language);
  const type = presetLabel(node)[language];
  return own === type ? [entry('name', '', own, null)] : [entry('name', '', own, null), entry('setting', '', type, null)];
}

function settings(node: NodeSpec, language: Language): readonly NodeText[] {
  const fields = nodeShape(node).definition?.fields ?? {};
  return Object.entries(node.config).flatMap(([name, value]) => {
    const field = fields[name];
    if (field === undefined || field.kind === 'secret') return [];
    const kind = EXPRESSION_KINDS.has(field.kind) ? 'expression' : 'setting';
    return [...new Set(wordsOf(field, value, language))].map((text) => entry(kind, field.label[language], text, name));
  });
}

/** Every text and number in a setting; a choice by the words the form shows. */
function wordsOf(field: AnyField, value: JsonValue, language: Language): readonly string[] {
  if (field.kind === 'choice') return [field.options.find((option) => option.value === value)?.label[language] ?? String(value)];
  if (field.kind === 'toggle') return [];
  const found: string[] = [];
  const open: JsonValue[] = [value];
  while (open.length > 0 && found.length < VALUES_MAX) {
    const next = open.shift();
    if (typeof next === 'string' && next !== '') found.push(next);
    else if (typeof next === 'number') found.push(String(next));
    else if (Array.isArray(next)) open.unshift(...next);
    else if (typeof next === 'object' && next !== null) open.unshift(...Object.values(next));
  }
  return found;
}

function entry(kind: TextKind, label: string, text: string, field: string | null): NodeText {
  return { kind, label, text, lower: text.toLowerCase(), field };
}
