/** A one-line input in the designer's look. */
import type { InputHTMLAttributes, Ref } from 'react';
import { classes } from './classes.ts';
import style from './controls.module.css';

export interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly code?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextInput({ code = false, className, ref, ...rest }: TextInputProps) {
  return (
    <input
      ref={ref}
      type="text"
      spellCheck={false}
      autoComplete="off"
      className={classes(style.input, code && style.code, className)}
      {...rest}
    />
  );
}
