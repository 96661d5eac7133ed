/** Windows computed the plain way, record by record on JavaScript objects: what the operators are held to. */

/** One input row: key, number, text, decimal (unscaled, scale 2) and event time. */
export interface InputRow {
  readonly key: string | null;
  readonly number: bigint | null;
  readonly text: string | null;
  readonly decimal: bigint | null;
  readonly time: bigint;
}

export interface WindowKind {
  readonly kind: 'tumbling' | 'sliding' | 'cumulative' | 'session';
  readonly size: bigint;
  readonly step: bigint;
  readonly offset: bigint;
  readonly gap: bigint;
  readonly lateness: bigint;
}

interface OpenWindow {
  key: string | null;
  start: bigint;
  end: bigint;
  rows: InputRow[];
}

/** Keeps every row of every open window of every key. */
export class NaiveWindows {
  late: InputRow[] = [];
  private readonly window: WindowKind;
  private watermark = -(2n ** 63n);
  private open: OpenWindow[] = [];

  constructor(window: WindowKind) {
    this.window = window;
  }

  /** Results that the row fires at once (lateness). */
  add(row: InputRow): string[] {
    const taken =
      this.window.kind === 'session' ? this.addToSession(row) : this.windowsOf(row.time).flatMap((each) => this.addTo(row, each));
    if (taken.length === 0) this.late.push(row);
    return taken.filter((window) => window.end - 1n <= this.watermark).map(describeWindow);
  }

  advance(watermark: bigint): string[] {
    const fired = this.open.filter((window) => window.end - 1n > this.watermark && window.end - 1n <= watermark).map(describeWindow);
    if (watermark > this.watermark) this.watermark = watermark;
    this.open = this.open.filter((window) => window.end - 1n + this.window.lateness > this.watermark);
    return fired;
  }

  private windowsOf(time: bigint): { start: bigint; end: bigint }[] {
    const { kind, size, step, offset } = this.window;
    const found: { start: bigint; end: bigint }[] = [];
    const span = kind === 'cumulative' ? size : step;
    const base = floor(time - offset, span) + offset;
    if (kind === 'cumulative') {
      for (let end = base + step; end <= base + size; end += step) if (end > time) found.push({ start: base, end });
      return found;
    }
    for (let start = base; start > time - size; start -= step) found.push({ start, end: start + size });
    return found;
  }

  private isLate(end: bigint): boolean {
    return end - 1n + this.window.lateness <= this.watermark;
  }

  private addTo(row: InputRow, { start, end }: { start: bigint; end: bigint }): OpenWindow[] {
    if (this.isLate(end)) return [];
    let window = this.open.find((each) => each.key === row.key && each.start === start && each.end === end);
    if (window === undefined) {
      window = { key: row.key, start, end, rows: [] };
      this.open.push(window);
    }
    window.rows.push(row);
    return [window];
  }

  private addToSession(row: InputRow): OpenWindow[] {
    const merged: OpenWindow = { key: row.key, start: row.time, end: row.time + this.window.gap, rows: [row] };
    for (let changed = true; changed; ) {
      const at = this.open.findIndex((each) => each.key === row.key && each.start <= merged.end && each.end >= merged.start);
      changed = at >= 0;
      if (!changed) break;
      const [other] = this.open.splice(at, 1);
      if (other.start < merged.start) merged.start = other.start;
      if (other.end > merged.end) merged.end = other.end;
      merged.rows.push(...other.rows);
    }
    if (this.isLate(merged.end)) return [];
    this.open.push(merged);
    return [merged];
  }
}

/** Key, bounds and COUNT(*), COUNT(number), SUM, MIN, MAX(text), AVG, COUNT(DISTINCT text), SUM(decimal) as one text. */
function describeWindow({ key, start, end, rows }: OpenWindow): string {
  const numbers = rows.flatMap((row) => (row.number === null ? [] : [row.number]));
  const texts = rows.flatMap((row) => (row.text === null ? [] : [row.text])).sort((left, right) => compareUtf8(left, right));
  const decimals = rows.flatMap((row) => (row.decimal === null ? [] : [row.decimal]));
  const total = BigInt.asIntN(
    64,
    numbers.reduce((sum, each) => sum + each, 0n),
  );
  const least = numbers.length === 0 ? null : numbers.reduce((best, each) => (each < best ? each : best));
  return printResult([
    key,
    start,
    end,
    BigInt(rows.length),
    BigInt(numbers.length),
    numbers.length === 0 ? null : total,
    least,
    texts.at(-1) ?? null,
    numbers.length === 0 ? null : total / BigInt(numbers.length),
    BigInt(new Set(texts).size),
    decimals.length === 0 ? null : decimals.reduce((sum, each) => sum + each, 0n),
  ]);
}

export function printResult(values: readonly (string | bigint | null)[]): string {
  return values.map(String).join(' | ');
}

function compareUtf8(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function floor(value: bigint, unit: bigint): bigint {
  const remainder = value % unit;
  return value - (remainder < 0n ? remainder + unit : remainder);
}
