/** The classes of the colours that groups and notes may have. */
import type { Tint } from '../picture/tints.ts';
import { groupTint } from '../picture/tints.ts';
import style from './tints.module.css';

const CLASSES: Readonly<Record<Tint, string>> = {
  slate: style.slate,
  teal: style.teal,
  violet: style.violet,
  brass: style.brass,
  blue: style.blue,
  rose: style.rose,
  green: style.green,
};

export function tintOf(colour: string | undefined): string {
  return CLASSES[groupTint(colour)];
}
