/** Where one looks at the open pipeline: a viewport for the top level and one for every group, outside of the document. */

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** By group id; the empty name is the top level. */
export type ViewportMap = ReadonlyMap<string, Viewport>;

export interface Viewports {
  /** Null: never looked at, so the whole drawing is shown. */
  get(group: string | null): Viewport | null;
  /** `x` counts from the left of the window, since the canvas begins further left or right as panels come and go. */
  keep(group: string | null, viewport: Viewport): void;
  all(): ViewportMap;
  restore(viewports: ViewportMap): void;
  subscribe(listener: () => void): () => void;
}

const TOP = '';

export function createViewports(): Viewports {
  let kept = new Map<string, Viewport>();
  const listeners = new Set<() => void>();
  return {
    get: (group) => kept.get(group ?? TOP) ?? null,
    keep(group, viewport) {
      kept.set(group ?? TOP, viewport);
      for (const listener of listeners) listener();
    },
    all: () => new Map(kept),
    restore(viewports) {
      kept = new Map(viewports);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
