/** The figures kept of a node and their lines: each value at its moment, a gap where there is none. */
import { describe, expect, it } from 'vitest';
import type { NodeLive } from '../runs/live-metrics.ts';
import { NodeSampleRings } from '../runs/node-samples.ts';
import { sampleAt, seriesPath, seriesSpan, seriesView } from './series-view.ts';

const STILL: NodeLive = {
  rowsIn: 0,
  rowsOut: 0,
  rateIn: 0,
  rateOut: 0,
  busy: 0,
  pressed: 0,
  task: 0,
  lateRecords: 0,
  lateRate: 0,
  badRecords: 0,
  stateBytes: 0,
  stateKeys: 0,
  watermark: null,
  atMs: 0,
  bottleneck: false,
};
const BOX = { width: 100, height: 10 };

function watched(count: number, live: (moment: number) => Partial<NodeLive> | null) {
  const rings = new NodeSampleRings();
  for (let moment = 0; moment < count; moment++) {
    rings.take(moment * 500, ['node'], () => {
      const figures = live(moment);
      return figures === null ? null : { ...STILL, ...figures };
    });
  }
  return rings.read('node');
}

describe('the last minutes of a node', () => {
  it('keep the newest five minutes, each value at its moment', () => {
    const { atMs, figures } = watched(1500, (moment) => ({ rateIn: moment, busy: 0.5 }));
    expect(atMs.length).toBe(600);
    expect([atMs[0], atMs[599]]).toEqual([900 * 500, 1499 * 500]);
    expect([figures.rateIn[0], figures.rateIn[599], figures.busy[300]]).toEqual([900, 1499, 0.5]);
  });

  it('begin with the first moment at which the node was told', () => {
    const { atMs, figures } = watched(10, (moment) => (moment < 4 ? null : { stateBytes: 7 }));
    expect(Array.from(atMs)).toEqual([2000, 2500, 3000, 3500, 4000, 4500]);
    expect(Array.from(figures.stateBytes)).toEqual([7, 7, 7, 7, 7, 7]);
  });

  it('hold event time to the millisecond', () => {
    const instant = Date.UTC(2013, 0, 1, 14, 32, 7, 123);
    expect(watched(3, () => ({ watermark: instant })).watermark[2]).toBe(instant);
  });
});

describe('a drawn series', () => {
  it('ends at the right edge with the newest value, scaled by the largest', () => {
    const view = seriesView(
      'rows',
      watched(61, (moment) => ({ rateIn: moment === 60 ? 200 : 100 })),
    );
    const path = seriesPath(view, view.lines[0].values, BOX, false);
    expect(path.startsWith('M0.0 5.5L')).toBe(true);
    expect(path.endsWith('L100.0 0.9')).toBe(true);
    expect(view.topLabel).toBe('200/s');
  });

  it('leaves a gap where there was no watermark, and none is drawn for the end of input', () => {
    const marks = [1000, 2000, null, 4000, 5000, Number.POSITIVE_INFINITY];
    const view = seriesView(
      'time',
      watched(6, (moment) => ({ watermark: marks[moment] })),
    );
    expect(seriesPath(view, view.lines[0].values, BOX, false).match(/M/g)).toHaveLength(2);
    expect(Array.from(view.lines[0].values).filter(Number.isNaN)).toHaveLength(2);
  });

  it('of a run that has just begun has room for half a minute', () => {
    const view = seriesView(
      'busy',
      watched(3, () => ({ busy: 1 })),
    );
    expect(seriesSpan(view)).toEqual({ fromMs: 1000 - 30_000, toMs: 1000 });
  });

  it('names the sample next to the cursor', () => {
    const view = seriesView(
      'busy',
      watched(5, () => ({})),
    );
    expect([sampleAt(view, -50), sampleAt(view, 1200), sampleAt(view, 1300), sampleAt(view, 9999)]).toEqual([0, 2, 3, 4]);
    expect(
      sampleAt(
        seriesView(
          'busy',
          watched(0, () => ({})),
        ),
        0,
      ),
    ).toBe(-1);
  });
});
