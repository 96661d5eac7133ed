/** Buttons: one primary per surface, raised ones for the rest, ghosts inside toolbars and lists. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import style from './button.module.css';
import { classes } from './classes.ts';

type ButtonLook = 'primary' | 'raised' | 'ghost' | 'danger';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  readonly small?: boolean;
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'raised', small = false, icon, className, children, ref, ...rest }: ButtonProps) {
  return (
    <button ref={ref} type="button" className={classes(style.button, style[look], small && style.small, className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}
