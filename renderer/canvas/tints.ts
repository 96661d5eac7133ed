/** Colours a group may have: the quiet tints of the categories, by the name that the file keeps. */
import style from './tints.module.css';

export const GROUP_TINTS = ['slate', 'teal', 'violet', 'brass', 'blue', 'rose', 'green'] as const;
export type GroupTint = (typeof GROUP_TINTS)[number];

const CLASSES: Readonly<Record<GroupTint, string>> = {
  slate: style.slate,
  teal: style.teal,
  violet: style.violet,
  brass: style.brass,
  blue: style.blue,
  rose: style.rose,
  green: style.green,
};

/** What a file calls otherwise is slate. */
export function groupTint(colour: string | undefined): GroupTint {
  return GROUP_TINTS.find((tint) => tint === colour) ?? 'slate';
}

export function tintOf(colour: string | undefined): string {
  return CLASSES[groupTint(colour)];
}
