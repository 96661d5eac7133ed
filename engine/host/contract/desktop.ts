/** What only the desktop form offers a page: its window, the system's own file dialogs, and files that were handed to it. */

export type WindowAction = 'minimise' | 'maximise' | 'close' | 'leave' | 'stay';

export interface WindowState {
  readonly maximised: boolean;
  readonly fullScreen: boolean;
  readonly focused: boolean;
}

/** What the person asked of the window by other ways than the page. */
export type WindowRequest =
  /** The window is about to close; the page answers `leave`, or `stay` while it asks about unsaved work. */
  | { readonly kind: 'close' }
  /** `window.takeFiles` has something. */
  | { readonly kind: 'files' }
  /** An entry of the system's menu, by the name of its action. */
  | { readonly kind: 'action'; readonly action: string };

export interface DesktopMethods {
  /** `maximise` restores a maximised window; `close` asks as its button does. */
  'window.control': { side: 'host'; params: { action: WindowAction }; result: null };
  /** Paths that came with the command line, another launch or the system, each told once. */
  'window.takeFiles': { side: 'host'; params: Record<string, never>; result: readonly string[] };
  /** The system's dialog; what is chosen there may be opened and written from then on. An empty extension means any. */
  'dialog.choose': {
    side: 'host';
    params: { mode: 'open' | 'save' | 'folder'; title: string; action: string; extension: string; suggested: string };
    result: { path: string | null };
  };
}

export interface DesktopEvents {
  'window.state': WindowState;
  'window.request': WindowRequest;
}
