/** Where windows of a key were found last, by key and place: most rows belong to windows that the row before them of the same key had. */

/** More than this would push the windows themselves out of the caches. */
const ENTRIES_MAX = 2 ** 20;

export class KnownRows {
  /** Places of one key. */
  private readonly places: number;
  /** Row + 1 by key and place; what stands there has to be looked at before it is believed. */
  private rows = new Int32Array(0);

  constructor(places: number) {
    this.places = places;
  }

  /** False: there are too many keys, or windows have no places. */
  covers(keys: number): boolean {
    const wanted = keys * this.places;
    if (wanted === 0 || wanted > ENTRIES_MAX) return false;
    if (wanted > this.rows.length) {
      const grown = new Int32Array(Math.min(ENTRIES_MAX, wanted * 2));
      grown.set(this.rows);
      this.rows = grown;
    }
    return true;
  }

  /** NO_ROW or a row that may be another window's. */
  get(slot: number, place: number): number {
    return this.rows[slot * this.places + place] - 1;
  }

  set(slot: number, place: number, row: number): void {
    this.rows[slot * this.places + place] = row + 1;
  }
}
