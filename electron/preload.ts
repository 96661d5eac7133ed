/** Everything the page of the desktop form may touch of Electron: asking for its ports, and where a dropped file lies. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** A MessagePort cannot pass the context bridge: the page receives it with a message to its own window, side and all. */
ipcRenderer.on('millrace:port', (event, side: 'host' | 'engine') => {
  window.postMessage({ kind: 'millrace:port', side }, window.location.origin, event.ports);
});

ipcRenderer.on('millrace:engine-down', () => {
  window.postMessage({ kind: 'millrace:port', side: 'engine' }, window.location.origin);
});

contextBridge.exposeInMainWorld('millraceDesktop', {
  connect: () => ipcRenderer.send('millrace:connect'),
  /** Null for what is no file on a disk. */
  pathForFile: async (file: File): Promise<unknown> => {
    const found = placeOf(file);
    return found === '' ? null : ipcRenderer.invoke('millrace:dropped', found);
  },
});

/** Before Electron 29 files told their place themselves. */
function placeOf(file: File): string {
  if (!(file instanceof File)) return '';
  if (Reflect.get(webUtilities(), 'getPathForFile') !== undefined) return webUtils.getPathForFile(file);
  const told: unknown = Reflect.get(file, 'path');
  return typeof told === 'string' ? told : '';
}

function webUtilities(): object {
  return (webUtils as object | undefined) ?? {};
}
