/**
 * A field for code. At rest it is a coloured text area, which one can type into at once; with the focus an editor takes
 * over, as soon as it is there, with text, caret and selection where they were.
 */
import { useContext, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { classes } from '../ui/classes.ts';
import controls from '../ui/controls.module.css';
import { DescribedBy } from '../ui/described-by.ts';
import { Coloured } from './Coloured.tsx';
import style from './code.module.css';
import type { CodeContext, CodeMark } from './code-context.ts';
import type { Selection } from './kept-model.ts';
import { LiveEditor } from './LiveEditor.tsx';
import { editorNow, loadEditor } from './load-editor.ts';

interface CodeFieldProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly context: CodeContext;
  readonly multiline?: boolean;
  readonly placeholder?: string;
  readonly marks?: readonly CodeMark[];
  /** Without a frame of its own, inside a card that has one. */
  readonly bare?: boolean;
  readonly describedBy?: string;
  /** Under this name undo history and caret outlive the editor. */
  readonly keep?: string;
  readonly onChange: (text: string) => void;
  readonly onFocusChange?: (focused: boolean) => void;
}

const NO_MARKS: readonly CodeMark[] = [];

export function CodeField(props: CodeFieldProps) {
  const { value, invalid, multiline = false, bare = false, marks = NO_MARKS, onFocusChange } = props;
  const around = useContext(DescribedBy);
  const describedBy = props.describedBy ?? around;
  const area = useRef<HTMLTextAreaElement>(null);
  const [live, setLive] = useState<Selection | null>(null);
  const composing = useRef(false);
  const takeOver = () => {
    const field = area.current;
    if (field === null || document.activeElement !== field || composing.current || editorNow() === null) return;
    // At once: a key that came between this look at the caret and the change would land behind it.
    flushSync(() => setLive({ start: field.selectionStart, end: field.selectionEnd }));
  };
  const typescript = props.context.mode === 'typescript';
  const box = classes(bare ? style.bare : controls.input, style.box, multiline && style.tall, typescript && style.numbered);
  if (live !== null)
    return (
      <span className={box} aria-invalid={invalid} data-code-live="">
        <LiveEditor
          {...props}
          describedBy={describedBy}
          marks={marks}
          multiline={multiline}
          selection={live}
          onLeave={() => {
            setLive(null);
            onFocusChange?.(false);
          }}
        />
      </span>
    );
  return (
    <span className={box} aria-invalid={invalid}>
      <Coloured text={value} marks={marks} typescript={typescript} />
      <textarea
        ref={area}
        id={props.id}
        className={style.area}
        rows={1}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-label={props.label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        placeholder={props.placeholder}
        value={value}
        onFocus={() => {
          onFocusChange?.(true);
          // Pointer and keyboard put the caret after the focus; one frame later it is where it belongs.
          void loadEditor().then(() => requestAnimationFrame(takeOver));
        }}
        onBlur={() => onFocusChange?.(false)}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={() => {
          composing.current = false;
          requestAnimationFrame(takeOver);
        }}
        onChange={(event) => props.onChange(multiline ? event.target.value : event.target.value.replace(/[\r\n]+/g, ' '))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !multiline) event.preventDefault();
        }}
      />
    </span>
  );
}
