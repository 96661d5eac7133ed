/** What uplot is told: the series colours of the theme, quiet axes in UTC, and the line across at a threshold. */
import uPlot from 'uplot';
import { formatCount } from '../strings/figures.ts';

/** After these four come the same four dashed. */
const SERIES_COLOURS = ['flow', 'tide', 'brass', 'series-blue'] as const;
const AXIS_FONT = '11px "Inter Variable", system-ui, sans-serif';
const DASHES = [5, 4];

interface ChartRequest {
  readonly names: readonly string[];
  readonly unit: string;
  readonly threshold: number | null;
  /** What stands at the threshold. */
  readonly limit: string | null;
  readonly width: number;
  readonly height: number;
}

export function chartOptions({ names, unit, threshold, limit, width, height }: ChartRequest): uPlot.Options {
  const page = getComputedStyle(document.documentElement);
  const colour = (name: string) => page.getPropertyValue(`--${name}`).trim();
  const axis: uPlot.Axis = {
    font: AXIS_FONT,
    stroke: colour('ink3'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [10, 28, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: { x: { time: true }, y: { range: (_plot, low, high) => yRange(low, high, threshold) } },
    axes: [
      { ...axis, grid: { show: false }, values: clockValues, space: 80 },
      { ...axis, size: 56, values: (_plot, splits) => splits.map((value) => `${formatCount(value)}${unit === '%' ? '%' : ''}`) },
    ],
    series: [
      {},
      ...names.map((label, index) => ({
        label,
        stroke: colour(SERIES_COLOURS[index % SERIES_COLOURS.length]),
        width: 1.6,
        points: { show: false },
        spanGaps: true,
        ...(index >= SERIES_COLOURS.length ? { dash: DASHES } : {}),
      })),
    ],
    hooks: threshold === null ? {} : { draw: [(plot) => drawLimit(plot, threshold, limit ?? '', colour('err'))] },
  };
}

/** From zero when nothing is below it, and far enough for the threshold. */
function yRange(low: number | null, high: number | null, threshold: number | null): [number, number] {
  const bottom = Math.min(0, low ?? 0, threshold ?? 0);
  const top = Math.max(high ?? 1, threshold ?? 0);
  return [bottom < 0 ? bottom * 1.05 : 0, top === bottom ? bottom + 1 : top * 1.08];
}

/** 09:45, with the day where one begins. */
function clockValues(_plot: uPlot, splits: readonly number[]): string[] {
  const [first, second] = splits;
  const step = second === undefined ? 60 : second - first;
  return splits.map((seconds) => {
    const text = new Date(seconds * 1000).toISOString();
    if (step >= 86_400) return text.slice(0, 10);
    const clock = step < 60 ? text.slice(11, 19) : text.slice(11, 16);
    return seconds % 86_400 === 0 ? `${text.slice(5, 10)} ${clock}` : clock;
  });
}

function drawLimit(plot: uPlot, threshold: number, words: string, colour: string): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(threshold, 'y', true));
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `${11 * ratio}px "Inter Variable", system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.fillText(words, bbox.left + 4 * ratio, y - 5 * ratio);
  ctx.restore();
}
