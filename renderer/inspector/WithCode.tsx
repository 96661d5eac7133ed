/** A sentence whose words between back-ticks are code. */
import { Fragment } from 'react';
import style from './inspector.module.css';

export function WithCode({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => {
    const key = `${index} ${part}`;
    return index % 2 === 1 ? (
      <code key={key} className={style.inlineCode}>
        {part}
      </code>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    );
  });
}
