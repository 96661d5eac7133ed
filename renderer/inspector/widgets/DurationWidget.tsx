/** A length of time as number and unit; the number also takes whole spellings such as `90s`, `1 h 30 min` or `PT10M`. */
import { ChevronsUpDown } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { parseDuration } from '../../../engine/spec/duration.ts';
import type { DurationField } from '../../../engine/spec/fields.ts';
import { formatInteger } from '../../strings/figures.ts';
import { words } from '../../strings/language.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import { Menu } from '../../ui/Menu.tsx';
import type { WidgetProps } from '../widget.ts';
import { emptied, textOf } from '../widget.ts';
import type { DurationUnit } from './duration-text.ts';
import { DURATION_UNITS, readTypedDuration, splitDuration, stepDuration } from './duration-text.ts';
import style from './widgets.module.css';

const FAST_STEPS = 10;

export function DurationWidget({ id, field, label, value, problems, onChange }: WidgetProps<DurationField>) {
  return (
    <DurationInput
      id={id}
      label={label}
      value={textOf(value)}
      invalid={problems.length > 0}
      placeholder={field.whenEmpty === undefined ? undefined : words(field.whenEmpty)}
      onChange={(text) => onChange(text === '' ? emptied(field) : text)}
    />
  );
}

interface DurationInputProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly placeholder?: string;
  readonly onChange: (text: string) => void;
}

export function DurationInput({ id, label, value, invalid, placeholder, onChange }: DurationInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const parts = splitDuration(value);
  const unit: DurationUnit = parts?.unit ?? 's';
  const shown = typed ?? (parts === null ? value : parts.amount);
  const ms = parseDuration(value);
  const set = (text: string) => {
    setTyped(text);
    onChange(readTypedDuration(text, unit));
  };
  const step = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0 || event.altKey || event.ctrlKey) return;
    const next = stepDuration(value, direction, event.shiftKey ? FAST_STEPS : 1);
    if (next === null) return;
    event.preventDefault();
    setTyped(null);
    onChange(next);
  };
  return (
    <span className={classes(controls.input, style.joined)} aria-invalid={invalid}>
      <input
        id={id}
        className={classes(style.bare, controls.code)}
        spellCheck={false}
        autoComplete="off"
        value={shown}
        placeholder={placeholder}
        aria-invalid={invalid}
        title={ms === null ? t('field.durationHint').replaceAll('`', '') : t('field.milliseconds', { ms: formatInteger(ms) })}
        onChange={(event) => set(event.target.value)}
        onKeyDown={step}
        onBlur={() => setTyped(null)}
      />
      <Menu
        align="end"
        trigger={
          <button type="button" className={style.unit} aria-label={t('field.unit', { label })}>
            {t(`units.${unit}`)}
            <ChevronsUpDown size={12} strokeWidth={1.75} />
          </button>
        }
        groups={[
          {
            items: DURATION_UNITS.map((choice) => ({
              id: choice,
              label: t(`units.${choice}`),
              checked: choice === unit,
              run: () => {
                setTyped(null);
                onChange(`${parts?.amount ?? '1'} ${choice}`);
              },
            })),
          },
        ]}
      />
    </span>
  );
}
