/** Key caps, written as "Ctrl S". */
import style from './overlay.module.css';

export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className={style.keys} aria-hidden="true">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
