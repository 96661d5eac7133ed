/** A length of time as number and unit; the number also takes whole spellings such as `1 h 30 min` or `PT10M`. */
import { ChevronsUpDown } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDuration, printDuration } from '../../../engine/spec/duration.ts';
import type { DurationField } from '../../../engine/spec/fields.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import { Menu } from '../../ui/Menu.tsx';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';
import style from './widgets.module.css';

const UNITS = ['ms', 's', 'min', 'h', 'd'] as const;
type Unit = (typeof UNITS)[number];

export function DurationWidget({ id, field, label, value, problems, onChange }: WidgetProps<DurationField>) {
  return (
    <DurationInput
      id={id}
      label={label}
      value={textOf(value)}
      invalid={problems.length > 0}
      onChange={(text) => onChange(optionalText(text, field.required && field.default === undefined))}
    />
  );
}

interface DurationInputProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly onChange: (text: string) => void;
}

export function DurationInput({ id, label, value, invalid, onChange }: DurationInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const parts = splitDuration(value);
  const unit: Unit = parts?.unit ?? 's';
  const shown = typed ?? (parts === null ? value : parts.amount);
  const set = (text: string) => {
    setTyped(text);
    const trimmed = text.trim();
    if (trimmed === '') onChange('');
    else if (/^\d+(\.\d+)?$/.test(trimmed)) onChange(`${trimmed} ${unit}`);
    else onChange(parseDuration(trimmed) === null ? text : printDuration(parseDuration(trimmed) ?? 0));
  };
  const step = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0 || parts === null) return;
    event.preventDefault();
    set(String(Math.max(0, Number(parts.amount) + direction)));
  };
  return (
    <span className={classes(controls.input, style.joined)} aria-invalid={invalid}>
      <input
        id={id}
        className={classes(style.bare, controls.code)}
        spellCheck={false}
        autoComplete="off"
        value={shown}
        aria-invalid={invalid}
        title={t('field.durationHint')}
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
            items: UNITS.map((choice) => ({
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

/** Null when the text is not one number and one unit. */
function splitDuration(text: string): { readonly amount: string; readonly unit: Unit } | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)\s*$/.exec(text);
  const found = match ?? matchPrinted(text);
  return found === null ? null : { amount: found[1], unit: UNITS.find((unit) => unit === found[2]) ?? 's' };
}

function matchPrinted(text: string): RegExpExecArray | null {
  const ms = parseDuration(text);
  return ms === null ? null : /^(\d+) (ms|s|min|h|d)$/.exec(printDuration(ms));
}
