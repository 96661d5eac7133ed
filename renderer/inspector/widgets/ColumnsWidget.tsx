/** Several columns as chips: typed or picked from those that reach the node, put in order by dragging or with the arrow keys. */
import { KeyRound, X } from 'lucide-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import type { ColumnsField } from '../../../engine/spec/fields.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import type { WidgetProps } from '../widget.ts';
import { listOf, moveItem, textOf } from '../widget.ts';
import { Combobox } from './Combobox.tsx';
import { columnOptions } from './column-options.ts';
import style from './widgets.module.css';

const DRAG_TYPE = 'application/x-millrace-column';

export function ColumnsWidget({ id, field, label, value, problems, context, path, onChange }: WidgetProps<ColumnsField>) {
  const { t } = useTranslation();
  const box = useRef<HTMLFieldSetElement>(null);
  const chosen = listOf(value).map(textOf);
  const schema = context.schema(field.input);
  const left = columnOptions(schema, field.types, field.nested).filter((option) => !chosen.includes(option.value));
  const focusChip = (index: number) =>
    requestAnimationFrame(() => {
      const chips = box.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? [];
      const next = chips[Math.min(index, chips.length - 1)];
      if (next === undefined) box.current?.querySelector('input')?.focus();
      else next.focus();
    });
  const remove = (index: number) => {
    onChange(chosen.filter((_name, at) => at !== index));
    focusChip(index);
  };
  const move = (from: number, to: number) => {
    if (to < 0 || to >= chosen.length) return;
    onChange(moveItem(chosen, from, to));
    focusChip(to);
  };
  return (
    <fieldset ref={box} className={classes(controls.input, style.chips)} aria-labelledby={`${id}-label`} aria-invalid={problems.length > 0}>
      {chosen.map((column, index) => (
        <Chip
          key={column}
          column={column}
          plain={field.plain === true}
          bad={problems.some((problem) => problem.field === `${path}[${index}]`)}
          onDropHere={(from) => move(from, index)}
          index={index}
          onRemove={() => remove(index)}
          onMove={(step) => move(index, index + step)}
          onWalk={(step) => focusChip(Math.max(0, index + step))}
        />
      ))}
      <Combobox
        id={id}
        label={`${label}: ${t('field.addColumn')}`}
        options={left}
        placeholder={schema.fields.length === 0 ? t('field.noColumns') : t('field.addColumn')}
        onPick={(column) => onChange([...chosen, column])}
        onBackspace={() => {
          if (chosen.length > 0) focusChip(chosen.length - 1);
        }}
      />
    </fieldset>
  );
}

interface ChipProps {
  readonly column: string;
  /** Not a key. */
  readonly plain: boolean;
  readonly index: number;
  readonly bad: boolean;
  readonly onRemove: () => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onWalk: (step: -1 | 1) => void;
  readonly onDropHere: (from: number) => void;
}

function Chip({ column, plain, index, bad, onRemove, onMove, onWalk, onDropHere }: ChipProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
    else if (step !== 0 && (event.altKey || event.ctrlKey)) onMove(step);
    else if (step !== 0) onWalk(step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside are the controls; the chip only takes what is dropped on it
    <span
      className={classes(style.chip, plain && style.chipPlain, bad && style.chipBad, over && style.chipOver)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const from = event.dataTransfer.getData(DRAG_TYPE);
        if (from === '') return;
        event.preventDefault();
        onDropHere(Number(from));
      }}
    >
      <button
        type="button"
        className={style.chipName}
        draggable
        title={column}
        aria-label={t('field.chip', { column })}
        data-chip=""
        data-truncates=""
        onKeyDown={onKeyDown}
        onDragStart={(event: DragEvent) => {
          event.dataTransfer.setData(DRAG_TYPE, String(index));
          event.dataTransfer.effectAllowed = 'move';
        }}
      >
        {plain ? null : <KeyRound size={12} strokeWidth={1.75} />}
        <span>{column}</span>
      </button>
      <button type="button" tabIndex={-1} className={style.chipRemove} aria-label={t('field.removeColumn', { column })} onClick={onRemove}>
        <X size={12} strokeWidth={2} />
      </button>
    </span>
  );
}
