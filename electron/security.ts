/**
 * Electron's security list, for every window and session there could ever be: no other page, no other window, no
 * permission, no request that leaves the machine. What each window itself is made with stands in PAGE_PREFERENCES.
 */
import type { App, IpcMainEvent, IpcMainInvokeEvent, Session, WebPreferences } from 'electron';
import { PAGE_ORIGIN, PAGE_SCHEME } from './page-scheme.ts';

/** Spelling dictionaries would be fetched from the net. */
export const PAGE_PREFERENCES: WebPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
};

/** Writing plain text where the person pressed Copy; reading it stays with the person's own paste. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** `openOutside` is given https addresses only, and asks the person. */
export function guardContents(app: App, openOutside: (address: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, address) => {
      // Loading itself again is all that a page may do.
      if (address !== `${PAGE_ORIGIN}/` || contents.getURL() !== address) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (isOutsideLink(url)) openOutside(url);
      return { action: 'deny' };
    });
  });
}

export function guardSession(session: Session, developing: boolean): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(isAllowed(permission, contents.getURL())));
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url, developing) }));
  session.on('will-download', (event) => event.preventDefault());
}

/** Every message of a page passes here: only the top frame of our own page may speak. */
export function isOurPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPageAddress(senderFrame.url);
}

/** What a note may link to; every other scheme would be a way to start programs. */
export function isOutsideLink(address: string): boolean {
  try {
    const { protocol, username, password } = new URL(address);
    return protocol === 'https:' && username === '' && password === '';
  } catch {
    return false;
  }
}

function isPageAddress(address: string): boolean {
  return address === PAGE_ORIGIN || address.startsWith(`${PAGE_ORIGIN}/`);
}

function isAllowed(permission: string, address: string): boolean {
  return ALLOWED_PERMISSIONS.has(permission) && isPageAddress(address);
}

/** `data:` and `blob:` carry what the page made itself; the policy of the page says where they may be used. */
function isLocal(address: string, developing: boolean): boolean {
  const { protocol } = new URL(address);
  return [`${PAGE_SCHEME}:`, 'data:', 'blob:'].includes(protocol) || (developing && protocol === 'devtools:');
}
