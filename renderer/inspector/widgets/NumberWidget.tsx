/** A number with its unit; arrows step, what is not a number yet stays as typed and is named as a problem. */

import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import type { NumberField } from '../../../engine/spec/fields.ts';
import { words } from '../../strings/language.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import type { WidgetProps } from '../widget.ts';
import { textOf } from '../widget.ts';
import style from './widgets.module.css';

export function NumberWidget({ id, field, value, problems, onChange }: WidgetProps<NumberField>) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? textOf(value);
  const set = (text: string) => {
    setTyped(text);
    const number = Number(text);
    if (text.trim() === '') onChange(field.required && field.default === undefined ? '' : undefined);
    else onChange(Number.isFinite(number) ? number : text);
  };
  const step = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    const number = Number(shown);
    if (direction === 0 || !Number.isFinite(number)) return;
    event.preventDefault();
    const size = field.integer === true || field.maximum === undefined || field.maximum > 1 ? 1 : 0.1;
    const next = Math.min(
      field.maximum ?? Number.POSITIVE_INFINITY,
      Math.max(field.minimum ?? Number.NEGATIVE_INFINITY, number + direction * size),
    );
    set(String(Number(next.toFixed(6))));
  };
  return (
    <span className={classes(controls.input, style.joined)} aria-invalid={problems.length > 0}>
      <input
        id={id}
        className={classes(style.bare, controls.code)}
        inputMode="decimal"
        spellCheck={false}
        autoComplete="off"
        value={shown}
        aria-invalid={problems.length > 0}
        onChange={(event) => set(event.target.value)}
        onKeyDown={step}
        onBlur={() => setTyped(null)}
      />
      {field.unit === undefined ? null : <span className={style.unitWord}>{words(field.unit)}</span>}
    </span>
  );
}
