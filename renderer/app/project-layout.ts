/**
 * Remembers with the host how a project looks: sizes and panels by the folder of the open file, where one looked by file.
 * Nothing of it is in the pipeline's file.
 */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import { folderOf } from '../document/relative-path.ts';
import type { Designer } from './designer.ts';
import type { PreferenceStore, Preferences } from './preferences.ts';
import { readPreferences } from './preferences.ts';
import type { Viewport, ViewportMap } from './viewports.ts';

/** The least lately used are forgotten. */
const PROJECTS_MAX = 40;
const FILES_MAX = 40;
const KEEP_AFTER_MS = 400;
const LAYOUT_KEYS = [
  'leftWidth',
  'rightWidth',
  'lateWidth',
  'dockHeight',
  'leftPanel',
  'leftPinned',
  'dockOpen',
  'dockTab',
] as const satisfies readonly (keyof Preferences)[];

/** The answer keeps at once what waits: the page is about to go. */
export function keepProjectLayout(designer: Designer): () => void {
  const { documents, preferences, viewports } = designer;
  let project = projectOf(documents.getState().path);
  let timer: ReturnType<typeof setTimeout> | null = null;

  documents.subscribe((state, previous) => {
    if (state.path === previous.path) return;
    const next = projectOf(state.path);
    if (next === project) return;
    project = next;
    const layout = projectsOf(preferences)[project];
    if (project !== '' && isObject(layout)) preferences.set(layoutIn(layout));
    designer.shell.set({ project });
  });
  preferences.subscribe((state, previous) => {
    if (project === '' || LAYOUT_KEYS.every((key) => state[key] === previous[key])) return;
    const layout = Object.fromEntries(LAYOUT_KEYS.map((key) => [key, state[key]]));
    keep(preferences, project, layout);
  });
  let moved = '';
  function keepMoved(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (moved !== '' && documents.getState().path === moved) keepViewport(preferences, moved, viewports.get(null));
    moved = '';
  }
  viewports.subscribe(() => {
    moved = documents.getState().path;
    if (moved !== '' && timer === null) timer = setTimeout(keepMoved, KEEP_AFTER_MS);
  });
  return keepMoved;
}

/** Where one looked at this file last. */
export function rememberedViewports(preferences: PreferenceStore, path: string): ViewportMap {
  const layout = projectsOf(preferences)[projectOf(path)];
  const files = isObject(layout) ? layout['files'] : undefined;
  const viewport = readViewport(isObject(files) ? files[nameOf(path)] : undefined);
  return viewport === null ? new Map() : new Map([['', viewport]]);
}

function keepViewport(preferences: PreferenceStore, path: string, viewport: Viewport | null): void {
  if (viewport === null) return;
  const layout = projectsOf(preferences)[projectOf(path)];
  const files = isObject(layout) && isObject(layout['files']) ? layout['files'] : {};
  const { x, y, zoom } = viewport;
  keep(preferences, projectOf(path), { files: newest(files, nameOf(path), { x: Math.round(x), y: Math.round(y), zoom }, FILES_MAX) });
}

function keep(preferences: PreferenceStore, project: string, patch: JsonObject): void {
  const projects = projectsOf(preferences);
  const before = projects[project];
  preferences.set({ projects: newest(projects, project, { ...(isObject(before) ? before : {}), ...patch }, PROJECTS_MAX) });
}

/** The entry comes last; the first ones go when there are too many. */
function newest(entries: JsonObject, name: string, value: JsonValue, most: number): JsonObject {
  const others = Object.entries(entries).filter(([other]) => other !== name);
  return Object.fromEntries([...others.slice(-most + 1), [name, value]]);
}

/** Only what is of the right kind; the rest stays as it is. */
function layoutIn(layout: JsonObject): Partial<Preferences> {
  const read = readPreferences(layout);
  return Object.fromEntries(LAYOUT_KEYS.filter((key) => layout[key] !== undefined).map((key) => [key, read[key]]));
}

function projectsOf(preferences: PreferenceStore): JsonObject {
  return preferences.getState().projects;
}

function projectOf(path: string): string {
  return path === '' ? '' : folderOf(path);
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}

function readViewport(value: JsonValue | undefined): Viewport | null {
  if (!isObject(value)) return null;
  const { x, y, zoom } = value;
  return typeof x === 'number' && typeof y === 'number' && typeof zoom === 'number' && zoom > 0 ? { x, y, zoom } : null;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
