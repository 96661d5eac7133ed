/** A line of code that grows: coloured as it is typed, errors underlined in place, completed from a list below. */

import type { KeyboardEvent } from 'react';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import type { Token } from '../highlight.ts';
import { tokenize } from '../highlight.ts';
import style from './widgets.module.css';

export interface Completion {
  readonly text: string;
  readonly note: string;
  /** Where the caret goes, counted from the end of the inserted text. */
  readonly back?: number;
}

interface CodeInputProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly multiline?: boolean;
  readonly placeholder?: string;
  /** Half-open, in UTF-16 units. */
  readonly underline?: { readonly start: number; readonly end: number };
  /** What may stand at the caret, given the word before it. */
  readonly complete?: (word: string) => readonly Completion[];
  readonly onChange: (text: string) => void;
}

const SHOWN_MAX = 8;
const WORD = /[\w.\u0080-\uffff]*$/;

export function CodeInput({ id, label, value, invalid, multiline = false, placeholder, underline, complete, onChange }: CodeInputProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const listId = useId();
  const [list, setList] = useState<{ readonly items: readonly Completion[]; readonly chosen: number; readonly from: number } | null>(null);

  useLayoutEffect(() => {
    if (caret.current === null) return;
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const suggest = (text: string, at: number) => {
    const word = WORD.exec(text.slice(0, at))?.[0] ?? '';
    const items =
      complete === undefined || word === ''
        ? []
        : complete(word)
            .filter((item) => item.text !== word)
            .slice(0, SHOWN_MAX);
    setList(items.length === 0 ? null : { items, chosen: 0, from: at - word.length });
  };
  const accept = (item: Completion) => {
    if (list === null) return;
    const at = area.current?.selectionStart ?? value.length;
    const end = list.from + item.text.length;
    caret.current = end - (item.back ?? 0);
    onChange(value.slice(0, list.from) + item.text + value.slice(at));
    setList(null);
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      list !== null &&
      onListKey(
        event,
        list.items.length,
        list.chosen,
        (chosen) => setList({ ...list, chosen }),
        () => accept(list.items[list.chosen]),
        () => setList(null),
      )
    )
      return;
    if (event.key === 'Enter' && !multiline) event.preventDefault();
  };
  return (
    <span className={style.codeInput}>
      <span className={classes(controls.input, style.codeBox)} aria-invalid={invalid}>
        <span className={style.codeText} aria-hidden="true">
          {tokenize(value).flatMap((token) => paint(token, underline))}
          {value === '' || value.endsWith('\n') ? '\u200b' : ''}
        </span>
        <textarea
          ref={area}
          id={id}
          className={style.codeArea}
          rows={1}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-label={label}
          aria-invalid={invalid}
          {...(complete === undefined ? {} : comboboxProps(listId, list?.chosen ?? null))}
          placeholder={placeholder}
          value={value}
          onChange={(event) => {
            const text = multiline ? event.target.value : event.target.value.replace(/[\r\n]+/g, ' ');
            onChange(text);
            suggest(text, event.target.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setList(null)}
        />
      </span>
      {list === null ? null : (
        <span id={listId} className={style.completions} role="listbox" aria-label={label}>
          {list.items.map((item, index) => (
            <span
              key={item.text}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === list.chosen}
              className={style.completion}
              onPointerDown={(event) => {
                event.preventDefault();
                accept(item);
              }}
            >
              <span className={style.completionText}>{item.text}</span>
              <span className={style.completionNote}>{item.note}</span>
            </span>
          ))}
        </span>
      )}
    </span>
  );
}

/** What a text field with a list of completions says of itself. */
function comboboxProps(listId: string, chosen: number | null) {
  return {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': chosen !== null,
    'aria-controls': chosen === null ? undefined : listId,
    'aria-activedescendant': chosen === null ? undefined : `${listId}-${chosen}`,
  } as const;
}

function onListKey(
  event: KeyboardEvent,
  count: number,
  chosen: number,
  choose: (index: number) => void,
  accept: () => void,
  close: () => void,
): boolean {
  switch (event.key) {
    case 'ArrowDown':
      choose((chosen + 1) % count);
      break;
    case 'ArrowUp':
      choose((chosen - 1 + count) % count);
      break;
    case 'Enter':
    case 'Tab':
      accept();
      break;
    case 'Escape':
      close();
      break;
    default:
      return false;
  }
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** Splits a token where the underline begins and ends. */
function paint(token: Token, underline: { readonly start: number; readonly end: number } | undefined) {
  const end = token.start + token.text.length;
  const from = underline === undefined ? end : Math.max(token.start, Math.min(end, underline.start));
  const to = underline === undefined ? end : Math.max(from, Math.min(end, Math.max(underline.end, underline.start + 1)));
  const parts = [
    { text: token.text.slice(0, from - token.start), bad: false },
    { text: token.text.slice(from - token.start, to - token.start), bad: true },
    { text: token.text.slice(to - token.start), bad: false },
  ];
  return parts
    .filter((part) => part.text !== '')
    .map((part) => (
      <span
        key={`${token.start} ${part.bad} ${part.text}`}
        className={classes(style[token.kind], part.bad && underline !== undefined && style.underline)}
      >
        {part.text}
      </span>
    ));
}
