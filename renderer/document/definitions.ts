/**
 * The one door to the node catalogue: what a node in the document looks like, what the palette offers, what may be
 * connected. The rest of the designer knows definitions only through these functions and no node type by name.
 */
import type { JsonObject } from '../../engine/base/json.ts';
import { catalog } from '../../engine/nodes/node-types.ts';
import type { AnyNode, InputPort, NodeCategory, OutputPort } from '../../engine/spec/define-node.ts';
import { NODE_CATEGORIES } from '../../engine/spec/define-node.ts';
import type { NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import type { ConfigOf, Fields } from '../../engine/spec/fields.ts';
import { readConfig } from '../../engine/spec/read-config.ts';
import { createResolver } from '../../engine/spec/resolve-pipeline.ts';
import type { Resolution } from '../../engine/spec/resolved-graph.ts';
import type { Language, Text } from '../../engine/spec/text.ts';

/** What a card needs to know of its node; made once per node object. */
export interface NodeShape {
  /** Null when this version does not know the type. */
  readonly definition: AnyNode | null;
  readonly config: ConfigOf<Fields>;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  readonly typeLabel: Text;
  readonly category: NodeCategory;
  /** File in the folder of the type. */
  readonly icon: string;
}

/** A thing that can be dragged from the palette: a node type, or one of its presets. */
export interface PaletteEntry {
  readonly key: string;
  readonly type: string;
  readonly category: NodeCategory;
  readonly label: Text;
  readonly summary: Text;
  /** Lower case, both languages and every alias. */
  readonly haystack: string;
  readonly config: JsonObject;
  readonly definition: AnyNode;
  readonly icon: string;
}

/** Of types and presets that bring no other. */
const ICON = 'icon.svg';

const shapes = new WeakMap<NodeSpec, NodeShape>();

export const paletteEntries: readonly PaletteEntry[] = [...catalog.values()]
  .flatMap(entriesOf)
  .sort((a, b) => NODE_CATEGORIES.indexOf(a.category) - NODE_CATEGORIES.indexOf(b.category));

export const paletteCategories: readonly NodeCategory[] = NODE_CATEGORIES.filter((category) =>
  paletteEntries.some((entry) => entry.category === category),
);

export function definitionOf(type: string): AnyNode | null {
  return catalog.get(type) ?? null;
}

export function paletteEntry(key: string): PaletteEntry | null {
  return paletteEntries.find((entry) => entry.key === key) ?? null;
}

export function nodeShape(node: NodeSpec): NodeShape {
  const known = shapes.get(node);
  if (known !== undefined) return known;
  const shape = readShape(node);
  shapes.set(node, shape);
  return shape;
}

export function nodeLabel(node: NodeSpec, language: Language): string {
  return node.label !== undefined && node.label !== '' ? node.label : presetLabel(node)[language];
}

/** Of the setting in which a place like `columns[2].name` lies; null where the type has none of that name. */
export function fieldLabel(node: NodeSpec, place: string): Text | null {
  const [name] = place.split(/[.[]/);
  return definitionOf(node.type)?.fields[name]?.label ?? null;
}

/** The type's words, or those of the preset whose settings the node still has. */
export function presetLabel(node: NodeSpec): Text {
  const shape = nodeShape(node);
  return presetOf(shape.definition, node)?.label ?? shape.typeLabel;
}

function presetOf(definition: AnyNode | null, node: NodeSpec): AnyNode['presets'][number] | undefined {
  return definition?.presets.find((candidate) => {
    const entries = Object.entries(candidate.config);
    return entries.length > 0 && entries.every(([name, value]) => JSON.stringify(node.config[name]) === JSON.stringify(value));
  });
}

export function describeNode(node: NodeSpec, language: Language): string {
  const { definition, config } = nodeShape(node);
  if (definition === null) return node.type;
  return definition.describe(config, language);
}

function readShape(node: NodeSpec): NodeShape {
  const definition = definitionOf(node.type);
  if (definition === null) {
    const typeLabel = { en: node.type, zh: node.type };
    return { definition: null, config: {}, inputs: [], outputs: [], typeLabel, category: 'process', icon: ICON };
  }
  const { config } = readConfig(definition.fields, node.config);
  return {
    definition,
    config,
    inputs: definition.inputs,
    outputs: definition.outputs(config),
    typeLabel: definition.label,
    category: definition.category,
    icon: presetOf(definition, node)?.icon ?? ICON,
  };
}

function entriesOf(definition: AnyNode): PaletteEntry[] {
  const own = entry(definition, definition.type, definition.label, definition.summary, {}, ICON);
  const presets = definition.presets.map((preset) =>
    entry(definition, `${definition.type}:${preset.id}`, preset.label, preset.summary, preset.config as JsonObject, preset.icon ?? ICON),
  );
  // A preset that changes nothing is the type itself under the name people look for.
  return definition.presets.some((preset) => isDefault(definition, preset.config as JsonObject)) ? presets : [own, ...presets];
}

function isDefault(definition: AnyNode, config: JsonObject): boolean {
  return Object.entries(config).every(([name, value]) => definition.fields[name]?.default === value);
}

function entry(definition: AnyNode, key: string, label: Text, summary: Text, config: JsonObject, icon: string): PaletteEntry {
  const haystack = [label.en, label.zh, summary.en, summary.zh, ...definition.searchWords].join('\n').toLowerCase();
  return { key, type: definition.type, category: definition.category, label, summary, haystack, config, definition, icon };
}

const resolver = createResolver(catalog);

/** The check of the whole pipeline, with the columns of every port; cached by node, so that a keystroke costs one node. */
export function resolveDocument(document: PipelineDocument): Resolution {
  return resolver.resolve(document);
}
