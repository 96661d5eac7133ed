/** A card with a name and the expression that makes it; moved by its grip or with Alt and an arrow, removed at its corner. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { CodeField } from '../../code/CodeField.tsx';
import type { CodeContext, CodeMark } from '../../code/code-context.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { EntryGrip, moveByKey, useEntryDrop } from './EntryGrip.tsx';
import style from './widgets.module.css';

interface EntryCardProps {
  /** Path of the list in the config. */
  readonly list: string;
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

export function EntryCard(props: EntryCardProps) {
  const { index, name, expression, onMove } = props;
  const { t } = useTranslation();
  const listId = useId();
  const [focused, setFocused] = useState(false);
  const drop = useEntryDrop(props.list, index, onMove);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grip inside is the control; the card only hears its keys
    <div
      className={style.entry}
      data-path={props.place}
      data-invalid={props.invalid}
      onKeyDown={(event) => moveByKey(event, index, props.count, onMove)}
      {...drop}
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
        <EntryGrip list={props.list} index={index} count={props.count} name={name} onMove={onMove} />
        <IconButton small label={t('field.remove', { name })} icon={<X size={13} strokeWidth={1.75} />} onClick={props.onRemove} />
      </span>
    </div>
  );
}
