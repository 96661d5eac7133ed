/** A page of a few lines that speaks the contract over the desktop's ports, for tests of the shell. */
import { createHostClient } from '../../engine/host/client.ts';
import type { PagePort } from '../../engine/host/port-connection.ts';
import { createPortConnection } from '../../engine/host/port-connection.ts';
import type { Side } from '../../engine/host/sides.ts';

interface DesktopWindow {
  readonly millraceDesktop: { connect(): void };
}

const desktop = (window as unknown as DesktopWindow).millraceDesktop;
const connection = createPortConnection({
  connect: () => desktop.connect(),
  onPort: (listener) => {
    window.addEventListener('message', (event: MessageEvent<{ kind?: string; side?: Side }>) => {
      if (event.source !== window || event.data.kind !== 'millrace:port' || event.data.side === undefined) return;
      const port: PagePort | undefined = event.ports[0];
      listener(event.data.side, port ?? null);
    });
  },
});

Object.assign(window, {
  client: createHostClient(connection, (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  }),
});
