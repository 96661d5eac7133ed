/** The window: frameless where the page draws the title bar, put where it stood, brought back when its page dies, asked before it closes. */
import path from 'node:path';
import { app, BrowserWindow, dialog, screen } from 'electron';
import type { WindowAction, WindowState } from '../engine/host/contract.ts';
import { PAGE_ORIGIN } from './page-scheme.ts';
import { PAGE_PREFERENCES } from './security.ts';
import type { WindowMemory } from './window-memory.ts';
import { SMALLEST } from './window-memory.ts';
import type { Words } from './words.ts';

/** Deaths of the page within this time that are answered by loading it again without asking. */
const DEATHS_MAX = 3;
const DEATHS_WITHIN_MS = 60_000;
/** A page that does not even say that it is asking has hung; its work is kept as drafts. */
const CLOSE_ANSWER_WITHIN_MS = 2_000;

export interface WindowParts {
  readonly memory: WindowMemory;
  readonly words: () => Words;
  /** Until the page has painted. */
  readonly background: string;
  /** The page is told, and asked. */
  readonly stateChanged: (state: WindowState) => void;
  readonly askToClose: () => void;
  /** The page says whether it has come up, so that it can be asked. */
  readonly pageIsUp: () => boolean;
  readonly closed: () => void;
}

export class AppWindow {
  readonly browser: BrowserWindow;
  private readonly parts: WindowParts;
  private readonly deaths: number[] = [];
  private leaving = false;
  private answerTimer: NodeJS.Timeout | null = null;

  constructor(parts: WindowParts) {
    this.parts = parts;
    const { maximised, ...area } = parts.memory.placementFor(workAreas());
    this.browser = new BrowserWindow({
      ...area,
      minWidth: SMALLEST.width,
      minHeight: SMALLEST.height,
      show: false,
      backgroundColor: parts.background,
      title: 'Millrace',
      ...titleBar(),
      webPreferences: { ...PAGE_PREFERENCES, devTools: !app.isPackaged, preload: path.join(__dirname, 'preload.cjs') },
    });
    if (maximised) this.browser.maximize();
    this.browser.once('ready-to-show', () => this.browser.show());
    this.follow();
    this.watchPage();
    this.load();
  }

  state(): WindowState {
    const { browser } = this;
    return { maximised: browser.isMaximized(), fullScreen: browser.isFullScreen(), focused: browser.isFocused() };
  }

  control(action: WindowAction): void {
    const { browser } = this;
    if (action === 'minimise') browser.minimize();
    else if (action === 'close') browser.close();
    else if (action === 'stay') this.stopWaiting();
    else if (action === 'leave') this.leave();
    else if (browser.isMaximized()) browser.unmaximize();
    else browser.maximize();
  }

  show(): void {
    if (this.browser.isMinimized()) this.browser.restore();
    this.browser.show();
    this.browser.focus();
  }

  /** Without asking. */
  leave(): void {
    this.stopWaiting();
    this.leaving = true;
    this.browser.close();
  }

  private load(): void {
    void this.browser.loadURL(`${PAGE_ORIGIN}/`).catch(() => undefined);
  }

  private follow(): void {
    const { browser, parts } = this;
    const tell = (): void => parts.stateChanged(this.state());
    const placed = (): void => {
      if (browser.isDestroyed() || browser.isMinimized() || browser.isFullScreen()) return;
      parts.memory.note(workAreas(), { ...browser.getNormalBounds(), maximised: browser.isMaximized() });
    };
    browser.on('resize', placed);
    browser.on('move', placed);
    for (const change of [tell, placed]) {
      browser.on('maximize', change);
      browser.on('unmaximize', change);
    }
    browser.on('enter-full-screen', tell);
    browser.on('leave-full-screen', tell);
    browser.on('focus', tell);
    browser.on('blur', tell);
    browser.on('close', (event) => {
      placed();
      if (this.leaving || !parts.pageIsUp()) return;
      event.preventDefault();
      parts.askToClose();
      this.answerTimer ??= setTimeout(() => this.leave(), CLOSE_ANSWER_WITHIN_MS);
    });
    browser.on('closed', () => {
      this.stopWaiting();
      parts.closed();
    });
  }

  private watchPage(): void {
    const { webContents } = this.browser;
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && !this.leaving) void this.revive(reason);
    });
    this.browser.on('unresponsive', () => void this.offerReload());
  }

  /** The engine and its runs know nothing of this; the page finds them, its tabs and its drafts when it is back. */
  private async revive(reason: string): Promise<void> {
    const now = Date.now();
    this.deaths.push(now);
    console.error(`millrace: the page ended (${reason}) and is loaded again`);
    if (this.deaths.filter((at) => now - at < DEATHS_WITHIN_MS).length > DEATHS_MAX) {
      const words = this.parts.words();
      const buttons = [words.reload, words.quit];
      const { response } = await dialog.showMessageBox({ type: 'error', message: words.crashed, detail: words.crashedDetail, buttons });
      if (response === 1) {
        this.leave();
        return;
      }
      this.deaths.length = 0;
    }
    if (!this.browser.isDestroyed()) this.load();
  }

  private async offerReload(): Promise<void> {
    const words = this.parts.words();
    const buttons = [words.wait, words.reload];
    const asked = { type: 'warning' as const, message: words.hung, detail: words.crashedDetail, buttons, defaultId: 0, cancelId: 0 };
    const { response } = await dialog.showMessageBox(this.browser, asked);
    if (response === 1 && !this.browser.isDestroyed()) this.browser.webContents.forcefullyCrashRenderer();
  }

  private stopWaiting(): void {
    if (this.answerTimer !== null) clearTimeout(this.answerTimer);
    this.answerTimer = null;
  }
}

function workAreas(): readonly Electron.Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

/** Linux: no frame at all. Windows: hidden, so that its edges still resize and snap. macOS: its own lights inside ours. */
function titleBar(): Electron.BrowserWindowConstructorOptions {
  if (process.platform === 'darwin') return { titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 12, y: 12 } };
  return process.platform === 'win32' ? { titleBarStyle: 'hidden' } : { frame: false };
}
