/** What the fields of a file source cannot see by themselves. */

import { checkReadableTypes } from '../../../spec/line-types.ts';
import type { Problem } from '../../../spec/problem.ts';
import type { FileSourceConfig } from './node.ts';

export function checkFileSource(config: FileSourceConfig): readonly Problem[] {
  return checkReadableTypes(config.schema, config.format);
}
