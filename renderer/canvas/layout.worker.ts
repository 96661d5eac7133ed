/** Worker around the layout, so that a large graph holds up nothing. */
import type { LayoutRequest } from './layered-layout.ts';
import { layOut } from './layered-layout.ts';

self.onmessage = (event: MessageEvent<LayoutRequest>) => {
  self.postMessage(layOut(event.data));
};
