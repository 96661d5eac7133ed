/** A card with a name and the expression that makes it; moved by its grip or with Alt and an arrow, removed at its corner. */
import { GripVertical, X } from 'lucide-react';
import type { DragEvent, KeyboardEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import { CodeField } from '../../code/CodeField.tsx';
import type { CodeContext, CodeMark } from '../../code/code-context.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import style from './widgets.module.css';

interface EntryCardProps {
  readonly index: number;
  /** In the config, as problems name it. */
  readonly place: string;
  readonly count: number;
  readonly name: string;
  readonly nameLabel: string;
  /** Offered while it is typed. */
  readonly nameOptions: readonly string[];
  readonly expression: string;
  readonly expressionLabel: string;
  readonly placeholder: string;
  readonly codeContext: CodeContext;
  readonly marks: readonly CodeMark[];
  readonly invalid: boolean;
  /** The expression is what is wrong. */
  readonly expressionInvalid: boolean;
  readonly below: (focused: boolean) => ReactNode;
  readonly onName: (name: string) => void;
  readonly onNameLeft: () => void;
  readonly onExpression: (text: string) => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onRemove: () => void;
}

/** Kinds of data of a drag: only cards of this page are taken. */
const DRAG_TYPE = 'application/x-millrace-entry';

export function EntryCard(props: EntryCardProps) {
  const { index, name, expression, onMove } = props;
  const { t } = useTranslation();
  const listId = useId();
  const [focused, setFocused] = useState(false);
  const [over, setOver] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const to = index + step;
    if (to < 0 || to >= props.count) return;
    const list = event.currentTarget.parentElement;
    onMove(index, to);
    requestAnimationFrame(() => list?.querySelectorAll<HTMLElement>('[data-entry-grip]')[to]?.focus());
  };
  const onDrop = (event: DragEvent) => {
    setOver(false);
    const from = Number(event.dataTransfer.getData(DRAG_TYPE));
    if (!event.dataTransfer.types.includes(DRAG_TYPE) || Number.isNaN(from)) return;
    event.preventDefault();
    onMove(from, index);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grip inside is the control; the card only hears its keys
    <div
      className={style.entry}
      data-path={props.place}
      data-invalid={props.invalid}
      data-over={over}
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className={style.entryLine}>
        <input
          className={style.entryName}
          style={{ width: `${Math.min(22, Math.max(6, [...name].length)) + 1.2}ch` }}
          aria-label={props.nameLabel}
          list={props.nameOptions.length === 0 ? undefined : listId}
          value={name}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => props.onName(event.target.value)}
          onBlur={props.onNameLeft}
        />
        {props.nameOptions.length === 0 ? null : (
          <datalist id={listId}>
            {props.nameOptions.map((option) => (
              <option key={option} value={option} />
            ))}
          </datalist>
        )}
        <span
          className={style.entryCode}
          data-path={`${props.place}.expression`}
          style={{ flexBasis: `min(100%, ${Math.min(60, [...expression].length + 1.5)}ch)` }}
        >
          <CodeField
            bare
            label={props.expressionLabel}
            value={expression}
            invalid={props.expressionInvalid}
            placeholder={props.placeholder}
            context={props.codeContext}
            marks={props.marks}
            onFocusChange={setFocused}
            onChange={props.onExpression}
          />
        </span>
      </div>
      {props.below(focused)}
      <span className={style.entryTools}>
        <button
          type="button"
          draggable
          className={style.grip}
          data-entry-grip=""
          aria-label={t('field.moveEntry', { name })}
          title={t('field.moveEntry', { name })}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAG_TYPE, String(index));
            event.dataTransfer.effectAllowed = 'move';
          }}
        >
          <GripVertical size={13} strokeWidth={1.75} />
        </button>
        <IconButton small label={t('field.remove', { name })} icon={<X size={13} strokeWidth={1.75} />} onClick={props.onRemove} />
      </span>
    </div>
  );
}
