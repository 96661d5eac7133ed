/** A list of options behind one control. */
import { Check, ChevronDown } from 'lucide-react';
import { Select as RadixSelect } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { classes } from './classes.ts';
import style from './controls.module.css';
import overlay from './overlay.module.css';

export interface SelectOption {
  readonly value: string;
  readonly label: ReactNode;
  /** Shown at the right, in the trigger too. */
  readonly note?: string;
  readonly icon?: ReactNode;
  /** Below the label in the list. */
  readonly help?: string;
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  readonly placeholder?: string;
  readonly invalid?: boolean;
  readonly code?: boolean;
  readonly id?: string;
  readonly describedBy?: string;
  readonly className?: string;
  readonly onChange: (value: string) => void;
}

export function Select({ label, value, options, placeholder, invalid, code, id, describedBy, className, onChange }: SelectProps) {
  const chosen = options.find((option) => option.value === value);
  return (
    <RadixSelect.Root value={value} onValueChange={onChange}>
      <RadixSelect.Trigger
        id={id}
        className={classes(style.select, code === true && style.code, className)}
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onKeyDown={leaveShortcuts}
      >
        {chosen?.icon}
        <span className={chosen === undefined && value === '' ? style.placeholder : style.selected}>
          {chosen?.label ?? (value === '' ? placeholder : value)}
        </span>
        {chosen?.note === undefined ? null : <span className={style.note}>{chosen.note}</span>}
        <ChevronDown size={14} strokeWidth={1.75} className={style.chevron} />
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content className={classes(overlay.menu, style.selectMenu)} position="popper" sideOffset={4} collisionPadding={8}>
          <RadixSelect.Viewport>
            {options.map((option) => (
              <RadixSelect.Item key={option.value} value={option.value} className={overlay.item}>
                {option.icon}
                <span className={classes(overlay.itemText, code === true && style.code)}>
                  <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                  {option.help === undefined ? null : <span className={overlay.itemNote}>{option.help}</span>}
                </span>
                {option.note === undefined ? null : <span className={style.note}>{option.note}</span>}
                <RadixSelect.ItemIndicator>
                  <Check className={overlay.check} strokeWidth={2.25} />
                </RadixSelect.ItemIndicator>
              </RadixSelect.Item>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}

/** Enter opens the list, but with Ctrl it is a shortcut of the page: only the list is told that the key is taken. */
function leaveShortcuts(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey) Object.assign(event, { defaultPrevented: true });
}
