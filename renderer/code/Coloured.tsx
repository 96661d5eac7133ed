/** Code as coloured text, wrong places underlined; nothing of the editor is needed for it. */
import { Fragment } from 'react';
import { classes } from '../ui/classes.ts';
import style from './code.module.css';
import type { CodeMark } from './code-context.ts';
import type { Token } from './highlight.ts';
import { tokenize } from './highlight.ts';

export function Coloured({ text, marks }: { readonly text: string; readonly marks: readonly CodeMark[] }) {
  return (
    <span className={style.text} aria-hidden="true">
      <Tokens text={text} marks={marks} />
      {text === '' || text.endsWith('\n') ? '\u200b' : ''}
    </span>
  );
}

export function Tokens({ text, marks = [] }: { readonly text: string; readonly marks?: readonly CodeMark[] }) {
  return tokenize(text).map((token) => <Fragment key={token.start}>{paint(token, marks[0])}</Fragment>);
}

/** Splits a token where the underline begins and ends. */
function paint(token: Token, mark: CodeMark | undefined) {
  const end = token.start + token.text.length;
  const from = mark === undefined ? end : Math.max(token.start, Math.min(end, mark.start));
  const to = mark === undefined ? end : Math.max(from, Math.min(end, Math.max(mark.end, mark.start + 1)));
  const parts = [
    { at: 0, text: token.text.slice(0, from - token.start), bad: false },
    { at: 1, text: token.text.slice(from - token.start, to - token.start), bad: true },
    { at: 2, text: token.text.slice(to - token.start), bad: false },
  ];
  return parts
    .filter((part) => part.text !== '')
    .map((part) => (
      <span key={part.at} className={classes(style[token.kind], part.bad && mark !== undefined && style[mark.severity])}>
        {part.text}
      </span>
    ));
}
