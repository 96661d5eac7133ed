/** An input that completes what is typed from a list of options; picking empties it for the next one. */
import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { KeyboardEvent } from 'react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from '../../strings/use-translation.ts';
import overlay from '../../ui/overlay.module.css';
import type { ColumnOption } from './column-options.ts';
import style from './widgets.module.css';

interface ComboboxProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly ColumnOption[];
  readonly placeholder: string;
  readonly onPick: (value: string) => void;
  /** Backspace in the empty input. */
  readonly onBackspace?: () => void;
}

const SHOWN_MAX = 200;

export function Combobox({ id, label, options, placeholder, onPick, onBackspace }: ComboboxProps) {
  const { t } = useTranslation();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const fitting = fittingOptions(options, text);
  const at = Math.min(chosen, Math.max(0, fitting.length - 1));
  const pick = (option: ColumnOption | undefined) => {
    if (option === undefined) return;
    onPick(option.value);
    setText('');
    setChosen(0);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Backspace' && text === '' && onBackspace !== undefined) onBackspace();
    else if (event.key === 'ArrowLeft' && text === '' && onBackspace !== undefined) onBackspace();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (open && fitting.length > 0) setChosen((at + step + fitting.length) % fitting.length);
    } else if (event.key === 'Enter' || event.key === ',') {
      if (!open && event.key === 'Enter') setOpen(true);
      else pick(fitting[at]);
    } else if (event.key === 'Escape' && open) {
      setOpen(false);
      setText('');
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };
  return (
    <Popover.Root open={open && fitting.length > 0} onOpenChange={setOpen}>
      <Popover.Anchor asChild>
        <span className={style.combobox}>
          <input
            ref={input}
            id={id}
            className={style.comboboxInput}
            role="combobox"
            aria-label={label}
            aria-autocomplete="list"
            aria-expanded={open && fitting.length > 0}
            aria-controls={listId}
            aria-activedescendant={open && fitting.length > 0 ? `${listId}-${at}` : undefined}
            value={text}
            placeholder={placeholder}
            spellCheck={false}
            autoComplete="off"
            disabled={options.length === 0 && text === ''}
            onChange={(event) => {
              setText(event.target.value);
              setChosen(0);
              setOpen(true);
            }}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
            onBlur={() => {
              setOpen(false);
              setText('');
            }}
          />
          <ChevronDown size={14} strokeWidth={1.75} className={style.comboboxChevron} />
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className={`${overlay.menu} ${style.comboboxList}`}
          align="start"
          sideOffset={5}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onPointerDown={(event) => event.preventDefault()}
          asChild
        >
          <div id={listId} role="listbox" aria-label={t('field.fittingColumns')}>
            {fitting.map((option, index) => (
              <div
                key={option.value}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                className={style.comboboxOption}
                onPointerEnter={() => setChosen(index)}
                onClick={() => pick(option)}
                onKeyDown={undefined}
              >
                {option.icon}
                <span className={style.comboboxName}>{option.label}</span>
                <span className={style.comboboxNote}>{option.note}</span>
              </div>
            ))}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Those that begin with the text first, then those that have it somewhere. */
export function fittingOptions(options: readonly ColumnOption[], text: string): readonly ColumnOption[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return options.slice(0, SHOWN_MAX);
  const lower = (option: ColumnOption) => option.label.toLowerCase();
  const first = options.filter((option) => lower(option).startsWith(wanted));
  const rest = options.filter((option) => !lower(option).startsWith(wanted) && lower(option).includes(wanted));
  return [...first, ...rest].slice(0, SHOWN_MAX);
}
