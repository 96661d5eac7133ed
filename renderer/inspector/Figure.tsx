/** One figure of something that runs: what it is, the number, its unit; the whole number as its title. */
import style from './inspector.module.css';

export function Figure({
  label,
  value,
  unit,
  title,
}: {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly title?: string;
}) {
  return (
    <div className={style.figure} title={title}>
      <div className={style.figureLabel}>{label}</div>
      <div className={style.figureValue}>{value}</div>
      <div className={style.figureUnit}>{unit === '' ? '\u00a0' : unit}</div>
    </div>
  );
}
