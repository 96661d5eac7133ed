/** A name that no entry of a list has yet. */

export function freeName(prefix: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${prefix}_${number}`)) number++;
  return `${prefix}_${number}`;
}
