/**
 * SQL text that cannot be injected into: the only way to a fragment is the `sql` tag, whose holes take fragments, and the
 * printers of names and literals. A plain string in a hole does not compile.
 */

export class SqlFragment {
  readonly text: string;
  /** Tables and views it reads. */
  readonly reads: ReadonlySet<string>;

  private constructor(text: string, reads: ReadonlySet<string>) {
    this.text = text;
    this.reads = reads;
  }

  /** For the printers below and the expression printer, whose output is SQL by construction. */
  static trusted(text: string, reads: ReadonlySet<string> = new Set()): SqlFragment {
    return new SqlFragment(text, reads);
  }
}

/** Joins the written parts with the fragments between them. */
export function sql(parts: TemplateStringsArray, ...holes: readonly SqlFragment[]): SqlFragment {
  const text = parts.reduce((before, part, index) => before + (holes[index - 1]?.text ?? '') + part);
  return SqlFragment.trusted(text, readsOf(holes));
}

function readsOf(fragments: readonly SqlFragment[]): ReadonlySet<string> {
  return new Set(fragments.flatMap((fragment) => [...fragment.reads]));
}

/** A table or view that a query reads. */
export function relation(name: string): SqlFragment {
  return SqlFragment.trusted(identifier(name).text, new Set([name]));
}

/** A name in back-ticks, which Flink and Spark both read. */
export function identifier(name: string): SqlFragment {
  return SqlFragment.trusted(`\`${name.replaceAll('`', '``')}\``);
}

/** A character literal. Line ends and other control characters stay as they are: SQL literals may hold them. */
export function stringLiteral(value: string): SqlFragment {
  return SqlFragment.trusted(`'${value.replaceAll("'", "''")}'`);
}

export function joinSql(
  fragments: readonly SqlFragment[],
  separator: ', ' | ',\n  ' | '\n' | ' AND ' | ' OR ' | '\nUNION ALL\n' | '\n\n',
): SqlFragment {
  return SqlFragment.trusted(fragments.map((fragment) => fragment.text).join(separator), readsOf(fragments));
}

/** A `--` comment of one line; line ends and other controls inside become spaces, so nothing of it can turn into SQL. */
export function commentLine(words: string): SqlFragment {
  return SqlFragment.trusted(`-- ${words.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`);
}
