/** What a preview knows of one node: rows at its ports, and why there are none. Rows are read when somebody looks at them. */
import type { JsonObject } from '../../engine/base/json.ts';
import type { ErrorMessage, FieldMessage, PreviewNode, PreviewPort, PreviewRowError, PreviewState } from '../../engine/host/contract.ts';

export interface PreviewRows {
  readonly columns: readonly FieldMessage[];
  /** The first of `total`, as plain JSON; numbers beyond 2^53 have all their digits only in `texts`. */
  readonly rows: readonly JsonObject[];
  /** The same rows as the engine printed them. */
  readonly texts: readonly string[];
  readonly total: number;
  /** For each row the row of the first input it came from; null where the node does not work row by row. */
  readonly from: readonly number[] | null;
}

export interface NodePreview {
  readonly state: PreviewState;
  /** The node that keeps rows from arriving. */
  readonly because: string | null;
  /** By port name. */
  readonly inputs: ReadonlyMap<string, PreviewRows>;
  readonly outputs: ReadonlyMap<string, PreviewRows>;
  readonly error: ErrorMessage | null;
  readonly rowErrors: readonly PreviewRowError[];
  /** The pipeline was edited since, upstream of this node or in it. */
  readonly stale: boolean;
}

export function readNodePreview(node: PreviewNode): NodePreview {
  const { state, because, error, rowErrors } = node;
  return { state, because, error, rowErrors, stale: false, inputs: readPorts(node.inputs), outputs: readPorts(node.outputs) };
}

function readPorts(ports: readonly PreviewPort[]): ReadonlyMap<string, PreviewRows> {
  return new Map(ports.map((port) => [port.port, new LazyRows(port)]));
}

class LazyRows implements PreviewRows {
  readonly columns: readonly FieldMessage[];
  readonly texts: readonly string[];
  readonly total: number;
  readonly from: readonly number[] | null;
  private parsed: readonly JsonObject[] | null = null;

  constructor(port: PreviewPort) {
    this.columns = port.columns;
    this.texts = port.rows;
    this.total = port.total;
    this.from = port.from ?? null;
  }

  get rows(): readonly JsonObject[] {
    this.parsed ??= this.texts.map((text) => JSON.parse(text) as JsonObject);
    return this.parsed;
  }
}
