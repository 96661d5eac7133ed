/** What the designer remembers between launches: kept by the host, never in the page's own storage. */
import { createStore } from 'zustand/vanilla';
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { HostClient } from '../../engine/host/contract.ts';
import type { Language } from '../../engine/spec/text.ts';
import type { OwnKeys } from '../actions/own-keys.ts';
import { readOwnKeys } from '../actions/own-keys.ts';
import type { PanelName } from './left-panel.ts';
import type { TabRecord } from './tab.ts';
import { readTabRecords } from './tab.ts';

export type ThemeChoice = 'system' | 'dark' | 'light';
/** `reduce` and `full` answer for the system's own setting. */
export type MotionChoice = 'system' | 'reduce' | 'full';
export type DockTab = 'problems' | 'data' | 'why' | 'plan' | 'checkpoints' | 'runs' | 'logs';

export interface Preferences {
  readonly theme: ThemeChoice;
  readonly language: Language | null;
  readonly motion: MotionChoice;
  /** The person's own chords by action. */
  readonly keys: OwnKeys;
  readonly leftWidth: number;
  readonly rightWidth: number;
  /** Of the late rows, which stand there beside the lens. */
  readonly lateWidth: number;
  readonly dockHeight: number;
  readonly leftPanel: PanelName | null;
  /** The left panel stays beside the canvas while the pipeline runs. */
  readonly leftPinned: boolean;
  readonly dockOpen: boolean;
  /** The overview map in the canvas' corner. */
  readonly minimap: boolean;
  readonly dockTab: DockTab;
  /** How much of a run's past the time strip shows. */
  readonly stripMinutes: number;
  readonly closedCategories: readonly string[];
  /** Keys of palette entries with a star. */
  readonly favourites: readonly string[];
  readonly onlyFavourites: boolean;
  /** Open tabs and the place of the shown one; they come back after a reload or a restart. */
  readonly tabs: readonly TabRecord[];
  readonly activeTab: number;
  /** The tour was taken or put aside: it is not offered again. */
  readonly tourSeen: boolean;
  /** How each project looks, by its folder: see project-layout.ts. */
  readonly projects: JsonObject;
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  language: null,
  motion: 'system',
  keys: {},
  leftWidth: 212,
  rightWidth: 312,
  lateWidth: 344,
  dockHeight: 172,
  leftPanel: 'nodes',
  leftPinned: false,
  dockOpen: true,
  minimap: true,
  dockTab: 'problems',
  stripMinutes: 5,
  closedCategories: [],
  favourites: [],
  onlyFavourites: false,
  tabs: [],
  activeTab: 0,
  tourSeen: false,
  projects: {},
};

const SAVE_AFTER_MS = 300;

export interface PreferenceStore {
  getState(): Preferences;
  subscribe(listener: (state: Preferences, previous: Preferences) => void): () => void;
  set(patch: Partial<Preferences>): void;
  /** Sends at once what waits: the page is about to go. */
  flush(): void;
}

export function createPreferenceStore(host: HostClient, loaded: JsonObject): PreferenceStore {
  const store = createStore<Preferences>(() => readPreferences(loaded));
  let waiting: { [key: string]: JsonValue } = {};
  let timer: ReturnType<typeof setTimeout> | null = null;

  function send(): void {
    timer = null;
    const patch = waiting;
    waiting = {};
    host.call('preferences.set', { patch }).catch(() => undefined);
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    set(patch) {
      store.setState(patch);
      waiting = { ...waiting, ...(patch as unknown as { [key: string]: JsonValue }) };
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(send, SAVE_AFTER_MS);
    },
    flush() {
      if (timer === null) return;
      clearTimeout(timer);
      send();
    },
  };
}

/** Unknown or damaged entries fall back to the default. */
export function readPreferences(json: JsonObject): Preferences {
  const result: { [key: string]: unknown } = { ...DEFAULT_PREFERENCES };
  const allowed: { readonly [key: string]: readonly JsonValue[] } = {
    theme: ['system', 'dark', 'light'],
    language: ['en', 'zh', null],
    motion: ['system', 'reduce', 'full'],
    leftPanel: ['nodes', 'outline', 'search', null],
    dockTab: ['problems', 'data', 'why', 'plan', 'checkpoints', 'runs', 'logs'],
    stripMinutes: [5, 15, 60],
  };
  for (const [key, fallback] of Object.entries(DEFAULT_PREFERENCES)) {
    const value = json[key];
    if (value === undefined) continue;
    const choices = allowed[key];
    if (
      choices !== undefined ? choices.includes(value) : typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback)
    )
      result[key] = value;
  }
  result['keys'] = readOwnKeys(json['keys']);
  result['tabs'] = readTabRecords(json['tabs']);
  return result as unknown as Preferences;
}
