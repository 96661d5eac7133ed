/**
 * The rules of a broadcast: broadcast state (the whole row by rule key) and, beside it, who may match by equality. Which rows may
 * match is worked out again after a restore; only the state itself is stored.
 */
import type { Batch, Column } from '../../columnar/batch.ts';
import type { ColumnValue } from '../../columnar/column-value.ts';
import type { Address } from '../../columnar/job-memory.ts';
import type { ColumnPath } from '../../columnar/key-fields.ts';
import { columnAt, keyForm } from '../../columnar/key-fields.ts';
import { readRow } from '../../columnar/row-reader.ts';
import { BroadcastState } from '../../state/broadcast-state.ts';
import { KeyedTable } from '../../state/keyed-table.ts';
import { ProbeRow } from '../../state/probe-row.ts';
import { createRowLayout } from '../../state/row-layout.ts';
import { NO_ROW } from '../../state/row-store.ts';
import type { LogicalType } from '../../types/logical-type.ts';
import type { OperatorContext, RestoredSection, SnapshotWriter } from '../operator.ts';
import { checkFingerprint } from '../windowing/state-fingerprint.ts';

export interface RuleKeys {
  /** Columns of the rules: a rule takes the place of the one with the same values. */
  readonly ruleKeys: readonly ColumnPath[];
  readonly ruleKeyTypes: readonly LogicalType[];
  /** Columns of the rows and of the rules that must be equal; without any every rule may match. */
  readonly rowColumns: readonly ColumnPath[];
  readonly ruleColumns: readonly ColumnPath[];
  readonly matchTypes: readonly LogicalType[];
}

const NAME = 'rules';
const NONE: readonly number[] = [];

export class RuleSet {
  readonly state: BroadcastState;
  private readonly keys: RuleKeys;
  private readonly context: OperatorContext;
  /** Values that rows and rules must have in common; a list of rules per slot. */
  private readonly matches: KeyedTable;
  private readonly matchProbe: ProbeRow;
  private readonly rulesOfMatch: number[][] = [];
  /** Where a rule is listed, by its row; NO_ROW for one that nothing equals. */
  private readonly matchOfRule = new Map<number, number>();
  private readonly columns: Column[] = [];

  constructor(keys: RuleKeys, context: OperatorContext) {
    const { memory } = context;
    this.keys = keys;
    this.context = context;
    const types = context.inputSchemas[1].fields.map((field) => field.type);
    this.state = new BroadcastState(memory, NAME, keys.ruleKeyTypes, types);
    const layout = createRowLayout(
      keys.matchTypes.map((type) => ({ form: keyForm(type), nullable: true })),
      [],
    );
    this.matches = new KeyedTable(memory, layout);
    this.matchProbe = new ProbeRow(memory, keys.matchTypes);
  }

  open(restored: readonly RestoredSection[]): void {
    const kept = this.state.stored(restored);
    if (kept !== null) checkFingerprint(this.context.nodeId, kept.stored, kept.own);
    this.state.open(restored, this.context.subtaskIndex);
    for (const row of this.state.rows()) this.list(row, this.state.values.read(row));
  }

  snapshot(writer: SnapshotWriter): void {
    this.state.snapshot(writer);
  }

  get count(): number {
    return this.matchOfRule.size;
  }

  get stateBytes(): number {
    return this.state.stateBytes;
  }

  put(batch: Batch, row: number): void {
    const values = readRow(batch, row);
    this.list(this.state.put(this.keyOf(values), values), values);
  }

  remove(batch: Batch, row: number): void {
    const rule = this.state.remove(this.keyOf(readRow(batch, row)));
    if (rule === NO_ROW) return;
    this.unlist(rule);
    this.matchOfRule.delete(rule);
  }

  /** Writes to `slots` (i32, by position) what `candidates` is asked with for the selected rows of a batch of the other input. */
  find(batch: Batch, slots: Address): void {
    const { rowColumns } = this.keys;
    const { i32 } = this.context.memory;
    if (rowColumns.length === 0) {
      i32.fill(0, slots >>> 2, (slots >>> 2) + batch.selectedCount);
      return;
    }
    for (let at = 0; at < rowColumns.length; at++) this.columns[at] = columnAt(batch, rowColumns[at]);
    this.matches.find(this.columns, batch.selection, 0, batch.selectedCount, slots);
    const nullable = this.columns.filter((column) => column.validity !== 0);
    if (nullable.length > 0) dropNulls(batch, nullable, slots);
  }

  /** Rows of the rules that may match, in the order in which they came. */
  candidates(slot: number): readonly number[] {
    return slot === NO_ROW ? NONE : (this.rulesOfMatch[slot] ?? NONE);
  }

  close(): void {
    this.state.close();
    this.matches.close();
    this.matchProbe.close();
  }

  private keyOf(values: readonly ColumnValue[]): ColumnValue[] {
    return this.keys.ruleKeys.map((path) => valueAt(values, path));
  }

  /** A rule that is replaced keeps its place unless it now matches by other values. */
  private list(rule: number, values: readonly ColumnValue[]): void {
    const match = this.matchFor(values);
    if (this.matchOfRule.get(rule) === match) return;
    this.unlist(rule);
    this.matchOfRule.set(rule, match);
    if (match === NO_ROW) return;
    this.rulesOfMatch[match] ??= [];
    this.rulesOfMatch[match].push(rule);
  }

  private unlist(rule: number): void {
    const match = this.matchOfRule.get(rule);
    if (match === undefined || match === NO_ROW) return;
    const rules = this.rulesOfMatch[match];
    rules.splice(rules.indexOf(rule), 1);
    if (rules.length === 0 && this.keys.ruleColumns.length > 0) this.matches.remove(match);
  }

  private matchFor(values: readonly ColumnValue[]): number {
    const { ruleColumns } = this.keys;
    if (ruleColumns.length === 0) return 0;
    const wanted = ruleColumns.map((path) => valueAt(values, path));
    return wanted.includes(null) ? NO_ROW : this.matchProbe.upsert(this.matches, wanted);
  }
}

/** A value that is NULL equals nothing. */
function dropNulls(batch: Batch, columns: readonly Column[], slots: Address): void {
  const { i32, u8 } = batch.memory;
  const list = slots >>> 2;
  for (let at = 0; at < batch.selectedCount; at++) {
    const row = batch.selection === 0 ? at : i32[(batch.selection >>> 2) + at];
    for (const { validity } of columns) if (u8[validity + row] === 0) i32[list + at] = NO_ROW;
  }
}

/** A field inside a ROW that is NULL is NULL. */
function valueAt(values: readonly ColumnValue[], path: ColumnPath): ColumnValue {
  let found: ColumnValue = values[path[0]];
  for (const step of path.slice(1)) found = found === null ? null : (found as readonly ColumnValue[])[step];
  return found;
}
