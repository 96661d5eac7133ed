/** Job settings of a document, complete, with the checks that no single field can make. */
import type { JsonObject } from '../base/json.ts';
import { timeZoneUnknown } from './field-problems.ts';
import { jobFix } from './fixes.ts';
import { parallelismTooHigh, stateMemoryTooHigh } from './graph-problems.ts';
import type { JobSettings } from './job-settings.ts';
import { jobFields } from './job-settings.ts';
import type { Problem } from './problem.ts';
import { readConfig } from './read-config.ts';

export interface ReadJob {
  readonly json: JsonObject;
  readonly settings: JobSettings;
  readonly problems: readonly Problem[];
}

export function readJobSettings(json: JsonObject): ReadJob {
  const { config, problems } = readConfig(jobFields, json);
  const found = [...problems];
  let settings: JobSettings = config;
  if (!isTimeZone(config.timeZone)) {
    found.push(timeZoneUnknown({ value: config.timeZone }, { field: 'timeZone' }));
    settings = { ...config, timeZone: 'UTC' };
  }
  if (config.parallelism > config.maxParallelism) {
    found.push(
      parallelismTooHigh({ parallelism: config.parallelism, groups: config.maxParallelism }, { field: 'parallelism' }, [
        jobFix('parallelism', config.maxParallelism),
      ]),
    );
  }
  const stateMemoryMax = Math.floor(config.memoryPerWorker / 2);
  if (config.stateBackend === 'disk' && config.stateMemory > stateMemoryMax) {
    found.push(
      stateMemoryTooHigh({ state: config.stateMemory, memory: config.memoryPerWorker }, { field: 'stateMemory' }, [
        jobFix('stateMemory', stateMemoryMax),
      ]),
    );
  }
  return { json, settings, problems: found };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
