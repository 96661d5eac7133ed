/** The only messages that pages send to the main process: asking for ports, and telling of files that were dropped on them. */
import path from 'node:path';
import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { ipcMain, MessageChannelMain } from 'electron';
import type { Service } from '../engine/host/serve.ts';
import { serve } from '../engine/host/serve.ts';
import { createPortTransport } from '../engine/host/transports/port-transport.ts';
import { isOurPage } from './security.ts';

const PATH_LENGTH_MAX = 4096;

interface IpcParts {
  readonly service: Service;
  readonly page: () => BrowserWindow | null;
  readonly connectEngine: (page: BrowserWindow) => void;
  /** Files that a person let fall on the page may be opened. */
  readonly allow: (file: string) => Promise<void>;
}

export function answerPages({ service, page, connectEngine, allow }: IpcParts): void {
  const senderOf = (event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null => {
    const known = page();
    return known !== null && !known.isDestroyed() && known.webContents === event.sender && isOurPage(event) ? known : null;
  };
  ipcMain.on('millrace:connect', (event) => {
    const sender = senderOf(event);
    if (sender === null) return;
    const { port1, port2 } = new MessageChannelMain();
    serve(createPortTransport(port1), service);
    sender.webContents.postMessage('millrace:port', 'host', [port2]);
    connectEngine(sender);
  });
  ipcMain.handle('millrace:dropped', async (event, file: unknown) => {
    if (senderOf(event) === null || !isPlainPath(file)) return null;
    await allow(file);
    return file;
  });
}

function isPlainPath(file: unknown): file is string {
  return typeof file === 'string' && file.length <= PATH_LENGTH_MAX && !file.includes('\0') && path.isAbsolute(file);
}
