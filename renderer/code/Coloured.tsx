/** Code as coloured text, wrong places underlined; nothing of the editor is needed for it. */
import { Fragment } from 'react';
import { classes } from '../ui/classes.ts';
import style from './code.module.css';
import type { CodeMark } from './code-context.ts';
import type { Token } from './highlight.ts';
import { tokenize } from './highlight.ts';
import { tokenizeTypeScript } from './highlight-typescript.ts';

interface ColouredProps {
  readonly text: string;
  readonly marks: readonly CodeMark[];
  /** TypeScript, with its lines numbered. */
  readonly typescript: boolean;
}

export function Coloured({ text, marks, typescript }: ColouredProps) {
  return (
    <span className={style.text} aria-hidden="true">
      {typescript ? <NumberedLines text={text} marks={marks} /> : <Tokens text={text} marks={marks} />}
      {!typescript && (text === '' || text.endsWith('\n')) ? '\u200b' : ''}
    </span>
  );
}

export function Tokens({ text, marks = [] }: { readonly text: string; readonly marks?: readonly CodeMark[] }) {
  return tokenize(text).map((token) => <Fragment key={token.start}>{paint(token, marks[0])}</Fragment>);
}

/** To be read only. */
export function TypeScriptText({ text }: { readonly text: string }) {
  return tokenizeTypeScript(text).map((token) => <Fragment key={token.start}>{paint(token, undefined)}</Fragment>);
}

function NumberedLines({ text, marks }: { readonly text: string; readonly marks: readonly CodeMark[] }) {
  const lines: Token[][] = [[]];
  for (const token of tokenizeTypeScript(text)) {
    if (token.text === '\n') lines.push([]);
    else lines[lines.length - 1].push(token);
  }
  return lines.map((tokens, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
    <span key={line} className={style.line} data-line={line + 1}>
      {tokens.map((token) => (
        <Fragment key={token.start}>
          {paint(
            token,
            marks.find((mark) => mark.start < token.start + token.text.length && Math.max(mark.end, mark.start + 1) > token.start),
          )}
        </Fragment>
      ))}
      {tokens.length === 0 ? '\u200b' : null}
    </span>
  ));
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
