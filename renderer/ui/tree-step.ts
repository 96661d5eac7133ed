/** Where a key leads in a tree whose visible rows stand in one list and share one Tab stop: the same in every tree of the page. */

export interface TreeRow {
  readonly level: number;
  /** Null: there is nothing inside. */
  readonly open: boolean | null;
}

/** To another row, or the row at hand is opened or folded. */
export type TreeStep = { readonly to: number } | { readonly open: boolean };

/** Null: the key means nothing to a tree. At an end one stays where one is. */
export function treeStep(key: string, rows: readonly TreeRow[], at: number): TreeStep | null {
  const { level, open } = rows[at];
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(rows.length - 1, at + 1) };
    case 'ArrowUp':
      return { to: Math.max(0, at - 1) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: rows.length - 1 };
    case 'ArrowRight':
      if (open === false) return { open: true };
      return { to: rows[at + 1]?.level === level + 1 ? at + 1 : at };
    case 'ArrowLeft': {
      if (open === true) return { open: false };
      const holders = rows.flatMap((row, index) => (index < at && row.level < level ? [index] : []));
      return { to: holders.at(-1) ?? at };
    }
    default:
      return null;
  }
}
