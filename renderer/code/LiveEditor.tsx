/** The editor itself, once it is there: it shows a text that others may change too, and tells what is typed. */
import type { Ref } from 'react';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { classes } from '../ui/classes.ts';
import style from './code.module.css';
import type { CodeContext, CodeMark } from './code-context.ts';
import type { Selection } from './kept-model.ts';
import { editorNow } from './load-editor.ts';
import type { MountedEditor } from './mount-editor.ts';
import { mountEditor } from './mount-editor.ts';

interface LiveEditorProps {
  readonly value: string;
  readonly label: string;
  readonly context: CodeContext;
  readonly marks: readonly CodeMark[];
  readonly multiline: boolean;
  /** What is selected at first. */
  readonly selection: Selection;
  readonly keep?: string;
  readonly describedBy?: string;
  /** Fills the room it is given instead of growing with its text. */
  readonly large?: boolean;
  readonly ref?: Ref<MountedEditor | null>;
  readonly onChange: (text: string) => void;
  readonly onLeave?: () => void;
}

const LINE_HEIGHT = 20;

export function LiveEditor(props: LiveEditorProps) {
  const { value, marks, selection, multiline, label, keep, large = false, ref } = props;
  const host = useRef<HTMLSpanElement>(null);
  const editor = useRef<MountedEditor | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [height, setHeight] = useState(LINE_HEIGHT);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; what changes is read from `latest`
  useLayoutEffect(() => {
    const parts = editorNow();
    const element = host.current;
    if (parts === null || element === null) return undefined;
    const mounted = mountEditor(parts, {
      element,
      value: latest.current.value,
      label,
      multiline,
      selection,
      keep,
      large,
      context: () => latest.current.context,
      onChange: (text) => latest.current.onChange(text),
      // Another window in front is no reason to lose the place.
      onBlur: () => (document.hasFocus() ? latest.current.onLeave?.() : undefined),
      onHeight: setHeight,
    });
    editor.current = mounted;
    // The editor has an option for its name, none for what describes it.
    if (latest.current.describedBy !== undefined)
      element.querySelector('textarea')?.setAttribute('aria-describedby', latest.current.describedBy);
    return () => {
      editor.current = null;
      mounted.close();
    };
  }, []);
  useImperativeHandle<MountedEditor | null, MountedEditor | null>(ref, () => editor.current, []);
  useEffect(() => editor.current?.setValue(value), [value]);
  useEffect(() => editor.current?.setMarks(marks), [marks]);
  return (
    <span
      ref={host}
      className={classes(style.live, large && style.large)}
      style={large ? undefined : { height: Math.max(height, LINE_HEIGHT) }}
    />
  );
}
