/** What carries frames between a page and a process: the only thing that differs between desktop, browser and tests. */

/** Control frames are JSON text, metrics frames are bytes. */
export type Frame = string | Uint8Array;

export interface Transport {
  /** A `droppable` frame may be left out when the other end does not keep up, because a newer one will follow. */
  send(frame: Frame, droppable?: boolean): void;
  onMessage(listener: (frame: Frame) => void): void;
  /** Called once, whichever end closed. */
  onClose(listener: () => void): void;
  close(): void;
}
