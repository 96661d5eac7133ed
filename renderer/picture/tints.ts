/** Colours that groups and notes may have: the quiet tints of the categories, by the name that the file keeps. */

/** The colour family of each: tokens `tile-<family>` and `glyph-<family>`. */
const FAMILIES = {
  slate: 'transform',
  teal: 'io',
  violet: 'time',
  brass: 'state',
  blue: 'join',
  rose: 'cep',
  green: 'ml',
} as const;

export type Tint = keyof typeof FAMILIES;

export const TINTS = Object.keys(FAMILIES) as readonly Tint[];

/** What a file calls otherwise is slate. */
export function groupTint(colour: string | undefined): Tint {
  return TINTS.find((tint) => tint === colour) ?? 'slate';
}

/** Null: brass, the colour of every note, and of what a file calls otherwise. */
export function noteTint(colour: string | undefined): Tint | null {
  return TINTS.find((tint) => tint === colour && tint !== 'brass') ?? null;
}

/** The token behind what is written on it. */
export function tintGround(tint: Tint): string {
  return `tile-${FAMILIES[tint]}`;
}
