/** The sign of a change: plus, tilde or minus on its colour, so that colour is never the only cue. */
import { classes } from '../ui/classes.ts';
import style from './compare.module.css';
import type { ChangeKind } from './differences.ts';

export const CHANGE_SIGNS: { readonly [K in ChangeKind]: string } = { added: '+', changed: '~', removed: '−' };

export function ChangeBadge({ change }: { readonly change: ChangeKind }) {
  return (
    <span className={classes(style.badge, style[change])} aria-hidden="true">
      {CHANGE_SIGNS[change]}
    </span>
  );
}
