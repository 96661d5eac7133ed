/** The one window, while there is one: made when it is wanted, forgotten when it is closed. */
import type { BrowserWindow } from 'electron';
import { dialog, nativeTheme, shell } from 'electron';
import type { EventHub } from '../engine/host/event-hub.ts';
import { AppWindow } from './app-window.ts';
import type { WindowMemory } from './window-memory.ts';
import type { Words } from './words.ts';

/** Shown until the page has painted: the ground of its two themes. */
const BACKGROUNDS = { dark: '#11171a', light: '#e9eeef' };

interface HolderParts {
  readonly memory: WindowMemory;
  readonly events: EventHub;
  readonly words: () => Words;
  readonly theme: () => string | null;
}

export class WindowHolder {
  private readonly parts: HolderParts;
  private held: AppWindow | null = null;

  constructor(parts: HolderParts) {
    this.parts = parts;
    parts.events.provideSnapshot('window.state', () => (this.held === null ? [] : [this.held.state()]));
  }

  current(): AppWindow | null {
    return this.held;
  }

  page(): BrowserWindow | null {
    const browser = this.held?.browser ?? null;
    return browser === null || browser.isDestroyed() ? null : browser;
  }

  show(): void {
    if (this.held !== null) {
      this.held.show();
      return;
    }
    const { events, memory, words } = this.parts;
    this.held = new AppWindow({
      memory,
      words,
      background: this.background(),
      stateChanged: (state) => events.publish('window.state', state),
      askToClose: () => events.publish('window.request', { kind: 'close' }),
      pageIsUp: () => events.listenerCount('window.request') > 0,
      closed: () => {
        this.held = null;
      },
    });
  }

  /** A note may come from anybody: the person sees where a link leads before anything is opened. */
  async openOutside(address: string): Promise<void> {
    const { outside, open, cancel } = this.parts.words();
    const asked = { type: 'question' as const, message: outside, detail: address, buttons: [cancel, open], defaultId: 1, cancelId: 0 };
    const page = this.page();
    const { response } = page === null ? await dialog.showMessageBox(asked) : await dialog.showMessageBox(page, asked);
    if (response === 1) await shell.openExternal(address);
  }

  private background(): string {
    const theme = this.parts.theme();
    const dark = theme === 'dark' || (theme !== 'light' && nativeTheme.shouldUseDarkColors);
    return dark ? BACKGROUNDS.dark : BACKGROUNDS.light;
  }
}
