/** What the tooltip of a field says: its name and its help. */
import style from './inspector.module.css';
import { WithCode } from './WithCode.tsx';

export function HelpTip({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <span className={style.helpTip}>
      <strong>{title}</strong>
      <span>
        <WithCode text={text} />
      </span>
    </span>
  );
}
