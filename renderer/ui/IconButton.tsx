/** A button that is only an icon: it always has a name, a tooltip and, where there is one, its key. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import style from './button.module.css';
import { classes } from './classes.ts';
import { Tip } from './Tip.tsx';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  readonly label: string;
  readonly keys?: string;
  readonly icon: ReactNode;
  readonly small?: boolean;
  readonly pressed?: boolean;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, keys, icon, small = false, pressed, side, className, ref, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} keys={keys} side={side}>
      <button
        ref={ref}
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classes(style.icon, small && style.iconSmall, pressed && style.pressed, className)}
        {...rest}
      >
        {icon}
      </button>
    </Tip>
  );
}
