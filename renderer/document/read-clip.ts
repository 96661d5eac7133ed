/** Reads what was pasted: a clip of ours, a whole pipeline, or something else; nothing in it is trusted. */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { EdgeSpec, GroupSpec, NodeSpec, NoteSpec, PipelineDocument, Point } from '../../engine/spec/document.ts';
import { DOCUMENT_FORMAT, DOCUMENT_LIMITS } from '../../engine/spec/document.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import type { Clip } from './clipboard.ts';
import { asJsonObject, CLIP_FORMAT } from './clipboard.ts';

const NODES_MAX = 2000;
const NOTE_SIZE = { width: 180, height: 120 };

/** Null when the text is something else. */
export function readClip(text: string): Clip | null {
  if (text.length > DOCUMENT_LIMITS.lengthMax) return null;
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start) return null;
  let value: JsonObject | null;
  try {
    // People paste with a line of chat or the fences of Markdown around it.
    value = asJsonObject(JSON.parse(text.slice(start, end + 1)) as JsonValue);
  } catch {
    return null;
  }
  if (value?.['format'] === DOCUMENT_FORMAT) return clipOfDocument(loadDocument(text.slice(start, end + 1)).document);
  return value?.['format'] === CLIP_FORMAT ? readParts(value) : null;
}

function clipOfDocument(document: PipelineDocument | null): Clip | null {
  if (document === null || document.nodes.length === 0 || document.nodes.length > NODES_MAX) return null;
  const { positions, stacks = [], groups = [], notes = [] } = document.drawing;
  return { nodes: document.nodes, edges: document.edges, positions, stacks, groups, notes };
}

function readParts(clip: JsonObject): Clip | null {
  const nodes = list(clip['nodes']).flatMap(readNode);
  const groups = list(clip['groups']).flatMap(readGroup);
  const notes = list(clip['notes']).flatMap(readNote);
  const size = nodes.length + groups.length + notes.length;
  if (size === 0 || size > NODES_MAX || hasDoubles([...nodes, ...groups, ...notes])) return null;
  const positions: Record<string, Point> = {};
  for (const [id, entry] of Object.entries(asJsonObject(clip['positions']) ?? {})) {
    const point = readPoint(entry);
    if (point !== null) positions[id] = point;
  }
  // A card without a place would be drawn nowhere near the others.
  for (const { id } of [...nodes, ...groups]) positions[id] ??= { x: 0, y: 0 };
  const stacks = list(clip['stacks']).map((stack) => list(stack).filter((id) => typeof id === 'string'));
  return { nodes, groups, notes, positions, stacks, edges: list(clip['edges']).flatMap(readEdge) };
}

function readNode(entry: JsonValue): readonly NodeSpec[] {
  const { id, type, label, config, disabled, parallelism, chaining, configVersion } = asJsonObject(entry) ?? {};
  if (typeof id !== 'string' || typeof type !== 'string' || !/^[\w-]{1,64}$/.test(type)) return [];
  return [
    {
      id,
      type,
      ...(typeof label === 'string' ? { label } : {}),
      ...(disabled === true ? { disabled } : {}),
      ...(typeof parallelism === 'number' ? { parallelism } : {}),
      ...(chaining === 'start' || chaining === 'never' ? { chaining } : {}),
      ...(typeof configVersion === 'number' ? { configVersion } : {}),
      config: asJsonObject(config) ?? {},
    },
  ];
}

function readGroup(entry: JsonValue): readonly GroupSpec[] {
  const { id, label, colour, parent, members, description } = asJsonObject(entry) ?? {};
  if (typeof id !== 'string') return [];
  return [
    {
      id,
      label: typeof label === 'string' ? label : id,
      members: list(members).filter((member) => typeof member === 'string'),
      ...(typeof colour === 'string' ? { colour } : {}),
      ...(typeof parent === 'string' && parent !== id ? { parent } : {}),
      ...(typeof description === 'string' ? { description } : {}),
    },
  ];
}

function readNote(entry: JsonValue): readonly NoteSpec[] {
  const note = asJsonObject(entry) ?? {};
  const { id, text, width, height, colour, node, group } = note;
  const place = readPoint(note);
  if (typeof id !== 'string' || typeof text !== 'string' || place === null) return [];
  const size = {
    width: typeof width === 'number' && width > 0 ? width : NOTE_SIZE.width,
    height: typeof height === 'number' && height > 0 ? height : NOTE_SIZE.height,
  };
  const optional = Object.entries({ colour, node, group }).filter(([, value]) => typeof value === 'string');
  return [{ id, text, ...place, ...size, ...Object.fromEntries(optional) }];
}

function readEdge(entry: JsonValue): readonly EdgeSpec[] {
  const edge = asJsonObject(entry);
  const from = reference(edge?.['from']);
  const to = reference(edge?.['to']);
  return from === null || to === null ? [] : [{ id: '', from, to }];
}

function readPoint(value: JsonValue): Point | null {
  const { x, y } = asJsonObject(value) ?? {};
  return typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
}

function hasDoubles(entries: readonly { readonly id: string }[]): boolean {
  return new Set(entries.map((entry) => entry.id)).size !== entries.length;
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function reference(value: JsonValue | undefined): { readonly node: string; readonly port: string } | null {
  const { node, port } = asJsonObject(value) ?? {};
  return typeof node === 'string' && typeof port === 'string' ? { node, port } : null;
}
