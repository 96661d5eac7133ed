/** The desktop form's connection: the preload hands over one port per side. */
import type { Connection } from '../../engine/host/client.ts';
import type { PagePort } from '../../engine/host/port-connection.ts';
import { createPortConnection } from '../../engine/host/port-connection.ts';
import type { Side } from '../../engine/host/sides.ts';

interface Desktop {
  connect(): void;
  /** Null for what lies on no disk. */
  pathForFile(file: File): Promise<string | null>;
}

declare global {
  interface Window {
    readonly millraceDesktop?: Desktop;
  }
}

interface PortMessage {
  readonly kind: string;
  readonly side: Side;
}

export function isDesktop(): boolean {
  return typeof window !== 'undefined' && window.millraceDesktop !== undefined;
}

/** Where a dropped file lies; a browser does not tell. It may be opened from then on. */
export async function pathForFile(file: File): Promise<string | null> {
  return (await window.millraceDesktop?.pathForFile(file)) ?? null;
}

export function connectByPorts(): Connection {
  return createPortConnection({
    onPort(listener) {
      window.addEventListener('message', (event: MessageEvent<PortMessage | null>) => {
        if (event.source !== window || event.data?.kind !== 'millrace:port') return;
        listener(event.data.side, (event.ports[0] as PagePort | undefined) ?? null);
      });
    },
    connect: () => window.millraceDesktop?.connect(),
  });
}
