/** What MD5 and the SHA family share: the padding of the message and the digest as text. */

/** Messages up to this length are padded in one place, over and over: a digest per row allocates only its text. */
const SHORT_BYTES = 1024;
const shortMessage = new Uint8Array(SHORT_BYTES);
const TWO_TO_32 = 2 ** 32;

/** The message with 0x80, zeros and its length in bits, a multiple of the block size; valid until the next call. */
export function paddedMessage(bytes: Uint8Array, blockBytes: number, lengthBytes: number, littleEndian: boolean): DataView {
  const length = Math.ceil((bytes.length + 1 + lengthBytes) / blockBytes) * blockBytes;
  const padded = length > SHORT_BYTES ? new Uint8Array(length) : shortMessage;
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  padded.fill(0, bytes.length + 1, length);
  const view = new DataView(padded.buffer, 0, length);
  const high = Math.floor((bytes.length * 8) / TWO_TO_32);
  const low = (bytes.length * 8) >>> 0;
  view.setUint32(littleEndian ? length - lengthBytes : length - 8, littleEndian ? low : high, littleEndian);
  view.setUint32(littleEndian ? length - lengthBytes + 4 : length - 4, littleEndian ? high : low, littleEndian);
  return view;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hexOf(view: DataView, bytes: number): string {
  let text = '';
  for (let index = 0; index < bytes; index++) text += HEX[view.getUint8(index)];
  return text;
}
