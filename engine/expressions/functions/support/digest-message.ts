/** What MD5 and the SHA family share: the padding of the message and the digest as text. */

/** The message with 0x80, zeros and its length in bits, a multiple of the block size. */
export function paddedMessage(bytes: Uint8Array, blockBytes: number, lengthBytes: number, littleEndian: boolean): DataView {
  const length = Math.ceil((bytes.length + 1 + lengthBytes) / blockBytes) * blockBytes;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(littleEndian ? length - lengthBytes : length - 8, bits, littleEndian);
  return view;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hexOf(view: DataView, bytes: number): string {
  let text = '';
  for (let index = 0; index < bytes; index++) text += HEX[view.getUint8(index)];
  return text;
}
