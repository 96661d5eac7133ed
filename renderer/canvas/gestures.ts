/**
 * What hands are doing on the canvas right now: what the pointer is over, what is being dragged, drawn or pinned. Nothing of it
 * is in the document; overlays and the painter follow it without going through the node array.
 */
import { createStore } from 'zustand/vanilla';
import type { Point, PortReference } from '../../engine/spec/document.ts';
import type { Box } from './geometry.ts';
import type { Guide } from './guides.ts';

export type Activity = 'rest' | 'lasso' | 'drag' | 'pan' | 'wire';

export interface HoveredPort {
  readonly port: PortReference;
  readonly side: 'in' | 'out';
}

/** Ends of edges that follow the pointer: one when an edge is rewired, several when Shift drags a port. */
export interface MovingEnds {
  readonly edges: readonly string[];
  /** The side that moves. */
  readonly side: 'in' | 'out';
  /** Where the ends are, in the drawing's coordinates. */
  readonly at: Point;
  /** Why they may not be dropped here. */
  readonly reason: string | null;
}

/** Cards as they would land: the copies of an Alt-drag, which leaves the originals where they are. */
export interface Ghost extends Box {
  /** Of the original card. */
  readonly id: string;
  readonly label: string;
}

export interface GestureState {
  readonly activity: Activity;
  /** Card under the pointer, or beside it while one reaches for its buttons. */
  readonly card: string | null;
  readonly port: HoveredPort | null;
  readonly edge: string | null;
  /** Edge whose columns stay open. */
  readonly pinned: string | null;
  /** Edge that a dragged node would be put into. */
  readonly inserting: string | null;
  readonly moving: MovingEnds | null;
  readonly guides: readonly Guide[];
  readonly ghosts: readonly Ghost[];
  /** Files that wait for the answer whether they may be copied. */
  readonly dropped: { readonly files: readonly File[]; readonly at: Point } | null;
}

interface Painter {
  repaint(): void;
  chipAt(point: Point): string | null;
}

export interface GestureStore {
  getState(): GestureState;
  subscribe(listener: (state: GestureState, previous: GestureState) => void): () => void;
  set(patch: Partial<GestureState>): void;
  hover(patch: Partial<Pick<GestureState, 'card' | 'port' | 'edge'>>): void;
  /** The pointer left what it was over; it may be on its way to a button beside it. */
  leave(what: 'card' | 'edge' | 'port'): void;
  /** The pointer reached the button beside what it was over. */
  stay(): void;
  attach(painter: Painter | null): void;
  /** Chips are painted, so they are hit in the painter's own geometry. */
  chipAt(point: Point): string | null;
  repaint(): void;
}

const LEAVE_AFTER_MS = 220;

const REST: GestureState = {
  activity: 'rest',
  card: null,
  port: null,
  edge: null,
  pinned: null,
  inserting: null,
  moving: null,
  guides: [],
  ghosts: [],
  dropped: null,
};

export function createGestureStore(): GestureStore {
  const store = createStore<GestureState>(() => REST);
  const timers: Partial<Record<'card' | 'edge' | 'port', ReturnType<typeof setTimeout>>> = {};
  let painter: Painter | null = null;

  function set(patch: Partial<GestureState>): void {
    const state = store.getState();
    const keys = Object.keys(patch) as (keyof GestureState)[];
    if (keys.some((key) => state[key] !== patch[key])) store.setState(patch);
  }

  function keep(what: 'card' | 'edge' | 'port'): void {
    clearTimeout(timers[what]);
    delete timers[what];
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    set,
    hover(patch) {
      for (const what of Object.keys(patch) as ('card' | 'edge' | 'port')[]) keep(what);
      set(patch);
    },
    leave(what) {
      if (store.getState()[what] === null || timers[what] !== undefined) return;
      timers[what] = setTimeout(() => {
        keep(what);
        set({ [what]: null });
      }, LEAVE_AFTER_MS);
    },
    stay() {
      keep('card');
      keep('edge');
    },
    attach(next) {
      painter = next;
    },
    chipAt: (point) => painter?.chipAt(point) ?? null,
    repaint: () => painter?.repaint(),
  };
}
