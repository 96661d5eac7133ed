/** Lines over event time: drawn by uplot in the page's colours, with its own legend and the same numbers as a table. */
import { Table2, TrendingUp } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useTranslation } from '../strings/use-translation.ts';
import 'uplot/dist/uPlot.min.css';
import { useThemeShown } from '../app/theme.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { chartOptions } from './chart-options.ts';
import type { ResultView } from './choose-view.ts';
import { formatEventTime, formatValue } from './figure-text.ts';
import style from './results.module.css';
import type { SeriesSet } from './series.ts';

interface LineChartProps {
  readonly view: ResultView;
  readonly set: SeriesSet;
}

export function LineChart({ view, set }: LineChartProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const names = set.series.map(({ name, keys }) =>
    keys > 1 ? t('results.other', { count: keys }) : name === '' ? (view.value ?? '') : name,
  );
  const title = t('results.overTime', { column: view.value });
  return (
    <section className={style.card} aria-label={title} data-chart="lines">
      <div className={style.cardHead}>
        <h2 className={style.cardTitle}>{title}</h2>
        <ul className={style.legend}>
          {names.map((name, index) => (
            <li key={name}>
              <span className={style.swatch} data-series={index} aria-hidden="true" />
              <span className={style.legendName} data-truncates="" title={name}>
                {name}
              </span>
            </li>
          ))}
        </ul>
        <IconButton
          small
          label={asTable ? t('results.asChart') : t('results.asTable')}
          pressed={asTable}
          icon={asTable ? <TrendingUp size={14} strokeWidth={1.75} /> : <Table2 size={14} strokeWidth={1.75} />}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {asTable ? (
        <Numbers view={view} set={set} names={names} title={title} />
      ) : (
        <Drawing view={view} set={set} names={names} title={title} />
      )}
    </section>
  );
}

interface DrawingProps extends LineChartProps {
  readonly names: readonly string[];
  readonly title: string;
}

function Drawing({ view, set, names, title }: DrawingProps) {
  const { t } = useTranslation();
  const theme = useThemeShown();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const data = useMemo(
    () => [set.moments.map((atMs) => atMs / 1000), ...set.series.map(({ values }) => [...values])] as uPlot.AlignedData,
    [set],
  );
  const latest = useRef(data);
  latest.current = data;
  const { threshold, unit } = view;
  const limit = threshold === null ? null : t('results.limit', { value: formatValue(threshold, unit) });
  const shape = names.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const options = chartOptions({
      names: shape.split('\n'),
      unit,
      threshold,
      limit,
      width: element.clientWidth,
      height: element.clientHeight,
    });
    const drawn = new uPlot(options, latest.current, element);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = null;
    };
  }, [shape, unit, threshold, limit, theme]);
  useEffect(() => plot.current?.setData(data), [data]);
  const from = set.moments[0];
  const to = set.moments.at(-1);
  const span = from === undefined || to === undefined ? '' : `${formatEventTime(from)} – ${formatEventTime(to)}`;
  return <div ref={box} className={style.plot} role="img" aria-label={`${title}: ${names.join(', ')}; ${span}`} />;
}

/** The newest moments first. */
function Numbers({ view, set, names, title }: DrawingProps) {
  const { t } = useTranslation();
  const moments = set.moments.map((atMs, index) => ({ atMs, index })).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard
    <section className={style.numbers} tabIndex={0} aria-label={t('results.asTable')}>
      <table className={style.table}>
        <caption className={style.unseen}>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{view.time ?? t('results.time')}</th>
            {names.map((name) => (
              <th key={name} scope="col" className={style.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moments.slice(0, 200).map(({ atMs, index }) => (
            <tr key={atMs}>
              <th scope="row" className={style.code}>
                {formatEventTime(atMs)}
              </th>
              {set.series.map(({ values }, at) => {
                const value = values[index];
                return (
                  <td key={names[at]} className={style.number}>
                    {value === null ? '–' : formatValue(value, view.unit)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
