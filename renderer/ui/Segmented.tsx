/** Two to four exclusive options side by side. */
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import style from './controls.module.css';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly help?: string;
}

interface SegmentedProps {
  readonly label: string;
  readonly labelledBy?: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}

export function Segmented({ label, labelledBy, value, options, onChange }: SegmentedProps) {
  return (
    <ToggleGroup.Root
      type="single"
      className={style.segments}
      value={value}
      aria-label={labelledBy === undefined ? label : undefined}
      aria-labelledby={labelledBy}
      onValueChange={(next) => (next === '' ? undefined : onChange(next))}
    >
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} className={style.segment} title={option.help}>
          {option.icon}
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
