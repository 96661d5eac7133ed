/** How long one record of text may be. */

export const LINE_BYTES_MAX_DEFAULT = 16 * 1024 * 1024;

/** The reason for refusing a longer one. */
export function tooLong(bytesMax: number): string {
  return `the line is longer than ${bytesMax} bytes`;
}
