/** An on/off switch with its words. */
import { Switch } from 'radix-ui';
import { useId } from 'react';
import style from './controls.module.css';

interface ToggleProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Toggle({ label, checked, onChange }: ToggleProps) {
  const id = useId();
  return (
    <span className={style.toggleRow}>
      <Switch.Root id={id} className={style.toggle} checked={checked} onCheckedChange={onChange}>
        <Switch.Thumb className={style.thumb} />
      </Switch.Root>
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
