/** A setting that is on or off, with its words beside the switch. */
import type { ToggleField } from '../../../engine/spec/fields.ts';
import { words } from '../../strings/language.ts';
import { Tip } from '../../ui/Tip.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { HelpTip } from '../HelpTip.tsx';
import type { WidgetProps } from '../widget.ts';

export function ToggleWidget({ field, label, value, onChange }: WidgetProps<ToggleField>) {
  const toggle = <Toggle label={label} checked={value === true} onChange={onChange} />;
  return field.help === undefined ? (
    toggle
  ) : (
    <Tip side="left" label={<HelpTip title={label} text={words(field.help)} />}>
      <span style={{ display: 'inline-block' }}>{toggle}</span>
    </Tip>
  );
}
