/** Everything the page of the desktop form may touch of Electron: asking for its ports. */
import { contextBridge, ipcRenderer } from 'electron';

/** A MessagePort cannot pass the context bridge: the page receives it with a message to its own window, side and all. */
ipcRenderer.on('millrace:port', (event, side: 'host' | 'engine') => {
  window.postMessage({ kind: 'millrace:port', side }, window.location.origin, event.ports);
});

ipcRenderer.on('millrace:engine-down', () => {
  window.postMessage({ kind: 'millrace:port', side: 'engine' }, window.location.origin);
});

contextBridge.exposeInMainWorld('millraceDesktop', {
  connect: () => ipcRenderer.send('millrace:connect'),
});
