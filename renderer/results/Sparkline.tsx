/** A small line without axes: how a figure has moved; what it says stands beside it in numbers. */
import style from './results.module.css';

const WIDTH = 110;
const HEIGHT = 32;
/** Room for the line itself. */
const EDGE = 1.5;

interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly tone?: 'flow' | 'tide' | 'brass' | 'ink';
  /** The area under the line is tinted. */
  readonly filled?: boolean;
}

export function Sparkline({ values, tone = 'flow', filled = false }: SparklineProps) {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  if (known.length < 2) return null;
  const low = Math.min(...known.map(({ value }) => value));
  const high = Math.max(...known.map(({ value }) => value));
  const span = high - low || 1;
  const points = known.map(({ value, index }) => {
    const x = (index / (values.length - 1)) * WIDTH;
    const y = HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - (filled ? 12 : 2 * EDGE));
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const end = `L${((known[known.length - 1].index / (values.length - 1)) * WIDTH).toFixed(1)} ${HEIGHT}`;
  const begin = `L${((known[0].index / (values.length - 1)) * WIDTH).toFixed(1)} ${HEIGHT}Z`;
  return (
    <svg className={style.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" data-tone={tone}>
      {filled ? <path className={style.sparkArea} d={`M${points.join('L')}${end}${begin}`} /> : null}
      <path className={style.sparkLine} d={`M${points.join('L')}`} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
