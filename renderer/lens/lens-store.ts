/** Which window the lens looks at, and how; not remembered. */
import { createStore } from 'zustand/vanilla';
import type { Viewport } from '../app/viewports.ts';

export interface LensState {
  readonly nodeId: string | null;
  /** The node and everything before it: what the strip emphasises. */
  readonly path: ReadonlySet<string>;
  readonly asTable: boolean;
  /** Narrow windows lay the late rows over the lens. */
  readonly lateOpen: boolean;
  /** Where one looked at the drawing before. */
  readonly before: { readonly group: string | null; readonly viewport: Viewport | null } | null;
}

export interface LensStore {
  getState(): LensState;
  subscribe(listener: (state: LensState, previous: LensState) => void): () => void;
  set(patch: Partial<LensState>): void;
}

const NO_PATH: ReadonlySet<string> = new Set();

export const CLOSED: Pick<LensState, 'nodeId' | 'path' | 'before' | 'lateOpen'> = {
  nodeId: null,
  path: NO_PATH,
  before: null,
  lateOpen: false,
};

export function createLensStore(): LensStore {
  const store = createStore<LensState>(() => ({ ...CLOSED, asTable: false }));
  return { getState: store.getState, subscribe: store.subscribe, set: (patch) => store.setState(patch) };
}
