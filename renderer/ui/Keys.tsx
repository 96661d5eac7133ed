/** Key caps, written as "Ctrl S". */
import style from './overlay.module.css';

export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className={style.keys} aria-hidden="true">
      {keys.split(' ').map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cap has no identity but its place
        <kbd key={index}>{key}</kbd>
      ))}
    </span>
  );
}
