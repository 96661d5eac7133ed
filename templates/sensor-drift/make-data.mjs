/**
 * Cuts data/sea.csv out of sea_surface_temperature.csv (PyPI bokeh-sampledata 2026.1, licence BSD-3-Clause; measured by a
 * NERACOOS buoy): the first 9,000 half-hourly readings. Readings that the buoy did not send are missing in the original.
 *
 *   node make-data.mjs PATH/TO/sea_surface_temperature.csv > data/sea.csv
 */
import { readFileSync } from 'node:fs';
import { printCsv } from '../seeded-random.mjs';

const [, ...lines] = readFileSync(process.argv[2], 'utf8').trimEnd().split(/\r?\n/);
printCsv(
  ['measured_at', 'celsius'],
  lines.slice(0, 9000).map((line) => line.split(',')),
);
