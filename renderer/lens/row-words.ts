/** What is said of one window or sender, in the chart, in the table and to screen readers. */
import type { TFunction } from 'i18next';
import type { NodeTimeChannel, NodeTimeWindow } from '../../engine/host/contract.ts';
import { formatInteger } from '../strings/figures.ts';
import { formatTime } from './axis.ts';
import { needsOf } from './causes.ts';
import type { WindowRow } from './lens-rows.ts';
import { needed } from './spans.ts';

export function windowWords(t: TFunction, { window, state }: WindowRow, watermark: number | null): string {
  if (state === 'fired') return t('lens.fired', { rows: formatInteger(window.rowsOut) });
  return [t(`lens.${state}`), keysWords(t, window), needsWords(t, window, watermark)].join(' · ');
}

export function keysWords(t: TFunction, { keys, exactKeys }: NodeTimeWindow): string {
  // The plural depends on the number, what is shown has its separators.
  const words = exactKeys ? t('lens.keys', { count: keys }) : t('lens.keysAtLeast', { count: keys });
  return words.replace(String(keys), formatInteger(keys));
}

export function needsWords(t: TFunction, window: NodeTimeWindow, watermark: number | null): string {
  const needs = needsOf(window, watermark);
  if (needs === null) return t('lens.needsWatermark');
  return needs === 0 ? t('lens.firesNow') : t('lens.needs', { span: needed(needs) });
}

export function senderTimeWords(t: TFunction, { watermark }: NodeTimeChannel): string {
  if (watermark === null) return t('lens.noWatermark');
  return Number.isFinite(watermark) ? t('lens.watermarkAt', { time: formatTime(watermark) }) : t('clock.end');
}
