/** What a pattern operator is told once and for all. */
import type { ColumnPath } from '../../columnar/key-fields.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { Nfa } from './nfa.ts';
import type { AfterMatch } from './pattern.ts';

export interface CepConfig {
  readonly nfa: Nfa;
  readonly afterMatch: AfterMatch;
  readonly eventTime: boolean;
  readonly keys: readonly ColumnPath[];
  readonly keyTypes: readonly LogicalType[];
  /** Column with the event time; null = the record's timestamp. */
  readonly rowtime: ColumnPath | null;
  /** Somebody sees when a match was found; else rows that mean nothing to the pattern need not be waited for. */
  readonly showsTimes: boolean;
  /** Output ports; null = dropped. */
  readonly latePort: number | null;
  readonly timeoutPort: number | null;
  /** What the stored state must be that of. */
  readonly fingerprint: string;
}
