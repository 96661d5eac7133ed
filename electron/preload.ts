/** Everything the page of the desktop form may touch of Electron: asking for its two ports, and the path of a dropped file. */
import { contextBridge, ipcRenderer } from 'electron';

/** A MessagePort cannot pass the context bridge: the page receives the two ports as a message to its own window. */
ipcRenderer.on('millrace:ports', (event) => {
  window.postMessage('millrace:ports', window.location.origin, event.ports);
});

contextBridge.exposeInMainWorld('millraceDesktop', {
  connect: () => ipcRenderer.send('millrace:connect'),
});
