/** Up to four short options as segments, above that a list; below it what the chosen one means, where there is more to say. */
import type { ChoiceField } from '../../../engine/spec/fields.ts';
import { words } from '../../strings/language.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { WithCode } from '../WithCode.tsx';
import type { WidgetProps } from '../widget.ts';
import { textOf } from '../widget.ts';
import style from './widgets.module.css';

const SEGMENTS_MAX = 4;
/** What four segments hold at the inspector's width; Chinese characters count double. */
const WIDTH_MAX = 42;

export function ChoiceWidget({ id, field, label, value, problems, onChange }: WidgetProps<ChoiceField>) {
  const options = field.options.map((option) => ({
    value: option.value,
    label: words(option.label),
    help: option.help === undefined ? undefined : words(option.help),
  }));
  const width = options.reduce(
    (sum, option) => sum + [...option.label].reduce((size, character) => size + (character > '\u2e80' ? 2 : 1), 2),
    0,
  );
  const chosen = options.find((option) => option.value === value);
  const segmented = options.length <= SEGMENTS_MAX && width <= WIDTH_MAX && chosen !== undefined;
  return (
    <>
      {segmented ? (
        <Segmented label={label} labelledBy={`${id}-label`} value={textOf(value)} options={options} onChange={onChange} />
      ) : (
        <Select id={id} label={label} value={textOf(value)} options={options} invalid={problems.length > 0} onChange={onChange} />
      )}
      {chosen?.help === undefined ? null : (
        <p className={style.choiceHelp} data-choice-help="">
          <WithCode text={chosen.help} />
        </p>
      )}
    </>
  );
}
