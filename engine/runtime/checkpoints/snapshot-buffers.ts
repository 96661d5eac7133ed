/**
 * Shared buffers into which operators' state is copied at a barrier, and which the I/O worker then writes. They are used
 * again: the first touch of fresh memory costs several times the copy itself.
 */

const BUFFER_BYTES_MIN = 64 * 1024;
/** Buffers beyond this stay only as long as their checkpoint. */
const KEPT_BYTES_MAX = 256 * 1024 * 1024;

export class SnapshotBuffers {
  private readonly free: SharedArrayBuffer[] = [];
  private readonly lent = new Map<number, SharedArrayBuffer[]>();
  private keptBytes = 0;

  /** A buffer of at least `bytes`, lent until `release(checkpointId)`. */
  acquire(checkpointId: number, bytes: number): SharedArrayBuffer {
    const buffer = this.takeFree(bytes) ?? new SharedArrayBuffer(Math.max(BUFFER_BYTES_MIN, 2 ** Math.ceil(Math.log2(Math.max(bytes, 1)))));
    const lent = this.lent.get(checkpointId) ?? [];
    lent.push(buffer);
    this.lent.set(checkpointId, lent);
    return buffer;
  }

  /** The checkpoint's buffers have been written or given up. */
  release(checkpointId: number): void {
    for (const buffer of this.lent.get(checkpointId) ?? []) {
      if (this.keptBytes + buffer.byteLength > KEPT_BYTES_MAX) continue;
      this.keptBytes += buffer.byteLength;
      this.free.push(buffer);
    }
    this.lent.delete(checkpointId);
  }

  private takeFree(bytes: number): SharedArrayBuffer | null {
    let best = -1;
    for (let index = 0; index < this.free.length; index++) {
      const size = this.free[index].byteLength;
      if (size >= bytes && (best < 0 || size < this.free[best].byteLength)) best = index;
    }
    if (best < 0) return null;
    const [buffer] = this.free.splice(best, 1);
    this.keptBytes -= buffer.byteLength;
    return buffer;
  }
}
