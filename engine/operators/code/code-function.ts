/** A process function that a person wrote: compiled once, called over runs of rows by generated code. */
import { type CodeShape, elementFunctions, needsFunctions } from '../../spec/custom-code/code-types.ts';
import { EVENT_TIME } from '../../state/key-timers.ts';
import type { OperatorContext } from '../operator.ts';
import { WATERMARK_MAX, WATERMARK_MIN } from '../operator.ts';
import type { ProcessFunction, ProcessServices, RowRun } from '../process/process-function.ts';
import { createCodeHost } from './code-host.ts';
import { CodeProgram } from './code-program.ts';
import { createStateHandles, type OperatorLists } from './code-state.ts';
import { toCode } from './code-values.ts';
import type { ColumnOutput } from './column-output.ts';
import { driverSource } from './driver-source.ts';
import type { StateFunctions } from './state-functions.ts';

const STATES = 'states';

interface Driver {
  processRows(run: RowRun): number;
  onTimer(isEvent: boolean, slot: number, time: bigint): void;
}

export interface CodeOptions {
  readonly source: string;
  readonly shape: CodeShape;
  readonly output: ColumnOutput;
  /** Where what the code calls `states` goes. */
  readonly functions: StateFunctions;
  readonly lists: OperatorLists;
}

export function createCodeFunction(options: CodeOptions, services: ProcessServices, context: OperatorContext): ProcessFunction {
  const elements = elementFunctions(options.shape);
  const made = options.shape.states.some(needsFunctions);
  const names = made ? [...elements, 'onTimer', STATES] : [...elements, 'onTimer'];
  const program = new CodeProgram(options.source, names, context, () => Number(services.processingTime));
  for (const name of elements) program.requireFunction(name);
  const hasTimers = program.hasFunction('onTimer');
  const unbound = made ? program.call('the code', () => options.functions.bind(program.functions[STATES])) : null;
  if (unbound !== null) throw program.failure(unbound, 'the code');
  const driver = createDriver(program, options, services, context);
  return {
    processRows: (run) => program.call(elements[run.input], () => driver.processRows(run)),
    onTimer: ({ domain, slot, time }) => {
      if (!hasTimers) throw program.failure('a timer fires, but there is no function onTimer', 'onTimer');
      program.call('onTimer', () => driver.onTimer(domain === EVENT_TIME, slot, time));
    },
  };
}

function createDriver(
  { realm, functions }: CodeProgram,
  { shape, output, lists }: CodeOptions,
  services: ProcessServices,
  context: OperatorContext,
): Driver {
  const { state } = services;
  const host = {
    ...createCodeHost(context),
    output,
    ports: output.ports,
    states: createStateHandles(shape.states, services, lists),
    timers: state.timers,
    slotsOf: (index: number) => state.slotsOf(shape.states[index].name),
    releaseKey: (slot: number) => state.releaseKey(slot),
    keyValue: (slot: number, index: number) => toCode(shape.keys[index].type, state.keyOf(slot)[index]),
    watermark: () => millisOf(services.watermark),
    processingTime: () => Number(services.processingTime),
  };
  const make = realm.evaluate(driverSource(shape), 'driver.js') as (given: typeof host, user: CodeProgram['functions']) => Driver;
  return make(host, functions);
}

function millisOf(watermark: bigint): number {
  if (watermark === WATERMARK_MIN) return Number.NEGATIVE_INFINITY;
  return watermark === WATERMARK_MAX ? Number.POSITIVE_INFINITY : Number(watermark);
}
