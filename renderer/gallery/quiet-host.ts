/** A host that answers nothing and says nothing: what the gallery shows is put into the stores by hand. */
import type { HostClient } from '../../engine/host/contract.ts';

export function createQuietHost(): HostClient {
  return {
    // Never settles: the gallery waits for nothing, and a refusal would be shown.
    call: () => new Promise(() => undefined),
    listen: () => () => undefined,
    onConnection: () => () => undefined,
    close: () => undefined,
  };
}
