/** A number with arrow keys and a stepper; what is no number stays as it was typed, with its problem below. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import type { JsonValue } from '../../../engine/base/json.ts';
import type { NumberField } from '../../../engine/spec/fields.ts';
import { words } from '../../strings/language.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import type { WidgetProps } from '../widget.ts';
import { emptied, textOf } from '../widget.ts';
import style from './widgets.module.css';

const FAST_STEPS = 10;

export function NumberWidget({ id, field, label, value, problems, onChange }: WidgetProps<NumberField>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? textOf(value);
  const set = (text: string) => {
    setTyped(text);
    onChange(readTypedNumber(text, field));
  };
  const step = (direction: 1 | -1, times = 1) => {
    const next = stepNumber(shown, field, direction * times);
    if (next !== null) set(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0 || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    step(direction, event.shiftKey ? FAST_STEPS : 1);
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
        placeholder={field.whenEmpty === undefined ? undefined : words(field.whenEmpty)}
        aria-invalid={problems.length > 0}
        onChange={(event) => set(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setTyped(null)}
      />
      {field.unit === undefined ? null : <span className={style.unitWord}>{words(field.unit)}</span>}
      <span className={style.stepper}>
        <button type="button" tabIndex={-1} aria-label={t('field.more', { label })} onClick={() => step(1)}>
          <ChevronUp size={11} strokeWidth={2} />
        </button>
        <button type="button" tabIndex={-1} aria-label={t('field.less', { label })} onClick={() => step(-1)}>
          <ChevronDown size={11} strokeWidth={2} />
        </button>
      </span>
    </span>
  );
}

/** Empty is no number; what is no number goes in as text, so that it comes back as it was typed. */
export function readTypedNumber(text: string, field: NumberField): JsonValue | undefined {
  if (text.trim() === '') return emptied(field);
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

export function stepNumber(shown: string, field: NumberField, steps: number): string | null {
  const number = Number(shown);
  if (!Number.isFinite(number)) return null;
  const size = field.integer === true || field.maximum === undefined || field.maximum > 1 ? 1 : 0.1;
  const next = Math.min(
    field.maximum ?? Number.POSITIVE_INFINITY,
    Math.max(field.minimum ?? Number.NEGATIVE_INFINITY, number + steps * size),
  );
  return String(Number(next.toFixed(6)));
}
