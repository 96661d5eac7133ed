/** What a surface says while it has nothing to show: one sentence, what to do now, at most three buttons. */
import type { ReactNode } from 'react';
import style from './empty.module.css';

interface EmptyProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}

export function Empty({ icon, title, text, children }: EmptyProps) {
  return (
    <div className={style.empty}>
      {icon}
      <p className={style.title}>{title}</p>
      {text === undefined ? null : <p className={style.text}>{text}</p>}
      {children === undefined ? null : <div className={style.ways}>{children}</div>}
    </div>
  );
}
