/**
 * Cuts data/strikes.csv out of birdstrikes.csv (npm vega-datasets 3.2.1; FAA Wildlife Strike Database, U.S. Government
 * Dataset): the first 3,500 reports, the columns the pipeline uses. Nothing is made worse: where the speed was not
 * reported the cell is empty, and such a line is not a row of these columns.
 *
 *   node make-data.mjs PATH/TO/birdstrikes.csv > data/strikes.csv
 */
import { readFileSync } from 'node:fs';
import { printCsv } from '../seeded-random.mjs';

const COLUMNS = {
  flight_date: 'Flight Date',
  airport: 'Airport Name',
  operator: 'Aircraft Airline Operator',
  aircraft: 'Aircraft Make Model',
  phase: 'Phase of flight',
  species: 'Wildlife Species',
  size: 'Wildlife Size',
  damage: 'Effect Amount of damage',
  cost: 'Cost Total $',
  speed: 'Speed IAS in knots',
};

// The file has neither quotes nor commas within cells.
const [head, ...lines] = readFileSync(process.argv[2], 'utf8').trimEnd().split(/\r?\n/);
const places = Object.values(COLUMNS).map((name) => head.split(',').indexOf(name));
printCsv(
  Object.keys(COLUMNS),
  lines.slice(0, 3500).map((line) => places.map((place) => line.split(',')[place])),
);
