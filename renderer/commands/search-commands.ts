/** What the command palette finds: actions, nodes, columns and recent files, best first, with what matched. */
import type { RecentFile } from '../../engine/host/contract.ts';
import type { NodeSpec } from '../../engine/spec/document.ts';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import type { Language } from '../../engine/spec/text.ts';
import type { ActionId } from '../actions/action.ts';
import type { Excerpt, Range } from '../find/matching.ts';
import { excerptOf, queryTerms, rangesIn, rankOf } from '../find/matching.ts';
import { columnTexts, nodeTexts } from '../find/node-texts.ts';

export type PaletteMode = 'all' | 'commands' | 'nodes' | 'columns';

export interface CommandSource {
  readonly id: ActionId;
  /** In the page's language. */
  readonly name: string;
  /** Lower case: the name in other languages, words people use. */
  readonly words: readonly string[];
}

export interface SearchSource {
  readonly commands: readonly CommandSource[];
  readonly nodes: readonly NodeSpec[];
  readonly resolved: ReadonlyMap<string, ResolvedNode>;
  readonly language: Language;
  readonly files: readonly RecentFile[];
}

export interface FoundFile {
  readonly path: string;
  readonly label: Excerpt;
}

export interface FoundCommand {
  readonly id: ActionId;
  readonly label: Excerpt;
}

export interface FoundNode {
  readonly node: NodeSpec;
  readonly label: Excerpt;
  /** The setting that matched, with its name; else null. */
  readonly detail: { readonly name: string; readonly value: Excerpt } | null;
  readonly field: string | null;
}

export interface FoundColumn {
  readonly node: NodeSpec;
  readonly label: Excerpt;
  readonly type: string;
}

export interface PaletteResults {
  readonly commands: readonly FoundCommand[];
  readonly nodes: readonly FoundNode[];
  readonly columns: readonly FoundColumn[];
  readonly files: readonly FoundFile[];
}

const PREFIXES: Readonly<Record<string, PaletteMode>> = { '>': 'commands', '@': 'nodes', '#': 'columns' };
const NO_RANGES: readonly Range[] = [];
/** Beside other groups, and alone. */
const SHOWN = { all: 8, one: 60 };

/** A prefix chooses what is searched. */
export function readQuery(typed: string): { readonly mode: PaletteMode; readonly query: string } {
  const start = typed.trimStart();
  const mode = PREFIXES[start.charAt(0)];
  return mode === undefined ? { mode: 'all', query: start } : { mode, query: start.slice(1).trimStart() };
}

export function searchPalette(source: SearchSource, typed: string): PaletteResults {
  const { mode, query } = readQuery(typed);
  const terms = queryTerms(query);
  const most = mode === 'all' ? SHOWN.all : SHOWN.one;
  const wanted = (kind: PaletteMode) => mode === kind || (mode === 'all' && (terms.length > 0 || kind === 'commands'));
  return {
    commands: wanted('commands')
      ? best(source.commands, (command) => matchCommand(command, terms), mode === 'all' && terms.length > 0 ? most : Infinity)
      : [],
    nodes: wanted('nodes') ? best(source.nodes, (node) => matchNode(node, terms, source.language), most) : [],
    columns: wanted('columns') ? best(columns(source), ({ node, text, type }) => matchColumn(node, text, type, terms), most) : [],
    files: mode === 'all' && terms.length > 0 ? best(source.files, (file) => matchFile(file, terms), most) : [],
  };
}

interface Ranked<T> {
  readonly rank: number;
  readonly found: T;
}

/** Sorting is stable, so equals keep the order of the registry and of the document. */
function best<S, T>(items: readonly S[], match: (item: S) => Ranked<T> | null, most: number): readonly T[] {
  const ranked: Ranked<T>[] = [];
  for (const item of items) {
    const result = match(item);
    if (result !== null) ranked.push(result);
  }
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ found }) => found);
}

function matchCommand({ id, name, words }: CommandSource, terms: readonly string[]): Ranked<FoundCommand> | null {
  const lower = name.toLowerCase();
  const ranges = rangesIn(lower, terms);
  if (ranges !== null) return { rank: rankOf(lower, ranges), found: { id, label: { text: name, ranges } } };
  const elsewhere = terms.every((term) => lower.includes(term) || words.some((word) => word.includes(term)));
  return elsewhere ? { rank: 3, found: { id, label: { text: name, ranges: NO_RANGES } } } : null;
}

function matchNode(node: NodeSpec, terms: readonly string[], language: Language): Ranked<FoundNode> | null {
  const texts = nodeTexts(node, language);
  const name = texts[0];
  const ranges = rangesIn(name.lower, terms);
  if (ranges !== null) {
    return { rank: rankOf(name.lower, ranges), found: { node, label: { text: name.text, ranges }, detail: null, field: null } };
  }
  for (const text of texts.slice(1)) {
    const inside = rangesIn(text.lower, terms);
    if (inside === null) continue;
    const detail = { name: text.label, value: excerptOf(text.text, inside) };
    return { rank: 3, found: { node, label: { text: name.text, ranges: NO_RANGES }, detail, field: text.field } };
  }
  return null;
}

interface ColumnItem {
  readonly node: NodeSpec;
  readonly text: string;
  readonly type: string;
}

function columns({ nodes, resolved }: SearchSource): readonly ColumnItem[] {
  return nodes.flatMap((node) => {
    const known = resolved.get(node.id);
    return known === undefined ? [] : columnTexts(known).map(({ text, label }) => ({ node, text, type: label }));
  });
}

function matchColumn(node: NodeSpec, text: string, type: string, terms: readonly string[]): Ranked<FoundColumn> | null {
  const lower = text.toLowerCase();
  const ranges = rangesIn(lower, terms);
  return ranges === null ? null : { rank: rankOf(lower, ranges), found: { node, label: { text, ranges }, type } };
}

/** By its name, or by a folder of its path. Files that are gone cannot be gone to. */
function matchFile({ path, name, modifiedMs }: RecentFile, terms: readonly string[]): Ranked<FoundFile> | null {
  if (modifiedMs === null) return null;
  const lower = name.toLowerCase();
  const ranges = rangesIn(lower, terms);
  if (ranges !== null) return { rank: rankOf(lower, ranges), found: { path, label: { text: name, ranges } } };
  const inPath = terms.every((term) => path.toLowerCase().includes(term));
  return inPath ? { rank: 3, found: { path, label: { text: name, ranges: NO_RANGES } } } : null;
}
