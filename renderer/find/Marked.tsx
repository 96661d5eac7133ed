/** A text with what was found in it marked. */
import { Fragment } from 'react';
import style from './marked.module.css';
import type { Excerpt } from './matching.ts';

export function Marked({ excerpt: { text, ranges } }: { readonly excerpt: Excerpt }) {
  return ranges.length === 0 ? (
    text
  ) : (
    <>
      {ranges.map((range, index) => (
        <Fragment key={range.start}>
          {text.slice(ranges[index - 1]?.end ?? 0, range.start)}
          <mark className={style.mark}>{text.slice(range.start, range.end)}</mark>
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)?.end ?? 0)}
    </>
  );
}
