/** Writes the source of a whole chain of stages as one loop over a batch. */
import type { Schema } from '../../types/schema.ts';
import type { FunctionRuntime } from '../functions/define-function.ts';
import type { ColumnExpression, TypedExpression } from '../typed-expression.ts';
import type { EmitContext } from './emit-context.ts';
import { canFail, emitExpression } from './emit-expression.ts';
import { emitLoad, emitStore, longText } from './emit-memory.ts';
import type { Operand } from './kernel-writer.ts';
import { KernelWriter } from './kernel-writer.ts';
import type { FilterStage, ProjectStage, Stage, WatermarkStage } from './stage.ts';

/** A column on its way through the chain: a column of the input batch, or something computed from an earlier stage. */
type ChainColumn =
  | { readonly kind: 'source'; readonly path: readonly number[] }
  | {
      readonly kind: 'computed';
      readonly expression: TypedExpression;
      readonly inputs: readonly ChainColumn[];
      readonly nodeId: string;
      readonly what: string;
    };

export interface ChainOutput {
  /** Where an untouched column comes from; null when the kernel writes it. */
  readonly passed: readonly number[] | null;
  /** Index among the kernel's outputs, -1 when passed. */
  readonly lane: number;
  readonly nullable: boolean;
  /** The value may carry nanoseconds. */
  readonly nanos: boolean;
}

export interface ChainSource {
  readonly writer: KernelWriter;
  readonly text: string;
  readonly outputs: readonly ChainOutput[];
  readonly filters: boolean;
  /** Output column that carries event time and is announced by marks; -1 without a watermark stage. */
  readonly rowtime: number;
}

export interface ChainOptions {
  readonly input: Schema;
  readonly stages: readonly Stage[];
  readonly runtime: FunctionRuntime;
}

export function writeChain(options: ChainOptions, exact: boolean): ChainSource {
  return new ChainWriter(options, exact).write();
}

class ChainWriter {
  private readonly writer: KernelWriter;
  private readonly options: ChainOptions;
  private columns: readonly ChainColumn[];
  private names: readonly string[];
  private filters = false;
  private rowtime = -1;
  private watermarkStage: WatermarkStage | null = null;

  constructor(options: ChainOptions, exact: boolean) {
    this.options = options;
    this.writer = new KernelWriter(exact);
    this.columns = options.input.fields.map((_field, index) => ({ kind: 'source', path: [index] }));
    this.names = options.input.fields.map((field) => field.name);
  }

  write(): ChainSource {
    for (const stage of this.options.stages) this.stage(stage);
    const outputs = this.columns.map((column, index) => this.output(column, index));
    if (this.filters) this.writer.line('i32[(selectionOut >>> 2) + m] = i; m++;');
    const lanes = this.assignLanes(outputs);
    return { writer: this.writer, text: this.wrap(lanes), outputs: lanes, filters: this.filters, rowtime: this.rowtime };
  }

  private stage(stage: Stage): void {
    switch (stage.kind) {
      case 'filter':
        this.filter(stage);
        return;
      case 'project':
        this.columns = stage.columns.map((column) => this.chained(column.expression, stage.nodeId, `column ${column.name}`));
        this.rowtime = this.movedRowtime(stage);
        this.names = stage.columns.map((column) => column.name);
        return;
      default:
        this.watermark(stage);
    }
  }

  /** A bare column stays what it was; anything else is computed when someone asks. */
  private chained(expression: TypedExpression, nodeId: string, what: string): ChainColumn {
    if (expression.kind === 'column') {
      const [first, ...rest] = expression.path;
      const base = this.columns[first];
      if (rest.length === 0) return base;
      if (base.kind === 'source') return { kind: 'source', path: [...base.path, ...rest] };
    }
    return { kind: 'computed', expression, inputs: this.columns, nodeId, what };
  }

  private movedRowtime(stage: ProjectStage): number {
    if (this.rowtime < 0) return -1;
    const before = this.rowtime;
    return stage.columns.findIndex(
      (column) => column.expression.kind === 'column' && column.expression.path.length === 1 && column.expression.path[0] === before,
    );
  }

  private context(nodeId: string, what: string, inputs: readonly ChainColumn[]): EmitContext {
    const { writer } = this;
    return { writer, runtime: this.options.runtime, nodeId, what, column: (node) => this.column(node, inputs) };
  }

  private column(node: ColumnExpression, inputs: readonly ChainColumn[]): Operand {
    const [first, ...rest] = node.path;
    const column = inputs[first];
    if (column.kind === 'source') return emitLoad(this.writer, [...column.path, ...rest], node.type);
    return this.computed(column);
  }

  /** Computed once per row and scope. */
  private computed(column: Extract<ChainColumn, { kind: 'computed' }>): Operand {
    const known = this.writer.known(column);
    if (known !== undefined) return known;
    return this.writer.remember(column, emitExpression(this.context(column.nodeId, column.what, column.inputs), column.expression));
  }

  private filter(stage: FilterStage): void {
    this.filters = true;
    const context = this.context(stage.nodeId, 'the condition', this.columns);
    for (const part of conjuncts(stage.predicate)) {
      const condition = emitExpression(context, part);
      const fails = condition.absent === '' ? '' : `${condition.absent} || `;
      this.writer.line(`if (${fails}${condition.value} !== 1) continue;`);
    }
  }

  private watermark(stage: WatermarkStage): void {
    const { writer } = this;
    const column = this.chained(stage.expression, stage.nodeId, `column ${stage.rowtime}`);
    const at = this.names.indexOf(stage.rowtime);
    this.columns = at < 0 ? [...this.columns, column] : this.columns.map((before, index) => (index === at ? column : before));
    if (at < 0) this.names = [...this.names, stage.rowtime];
    this.rowtime = at < 0 ? this.columns.length - 1 : at;
    const time = column.kind === 'source' ? emitLoad(writer, column.path, stage.expression.type) : this.computed(column);
    if (time.absent !== '') writer.line(`if (${time.absent}) throw noTime(i, ${JSON.stringify(stage.nodeId)});`);
    // Of several watermarks only the last one leaves, as in Flink.
    if (stage !== this.options.stages.filter((other) => other.kind === 'watermark').at(-1)) return;
    this.watermarkStage = stage;
    writer.line(`const rowtime = ${time.value};`);
    this.writeMark(stage);
  }

  /** A mark counts as behind its row; rows that a later stage drops raise the watermark too. */
  private writeMark(stage: WatermarkStage): void {
    const { writer } = this;
    const behind = BigInt(stage.delayMs) + (stage.rule === 'datastream' ? 1n : 0n);
    const raised = writer.exact ? `BigInt.asIntN(64, rowtime - ${behind}n)` : `rowtime - ${longText(writer, behind)}`;
    writer.line(`const raised = ${raised};`);
    writer.block('if (raised > watermark)', () => {
      writer.line('watermark = raised;');
      writer.line('i32[(markRows >>> 2) + marks] = i;');
      if (writer.exact) writer.line('i64[(markTimes >>> 3) + marks] = raised;');
      else {
        writer.line('const raisedHigh = Math.floor(raised / 4294967296);');
        writer.line('u32[(markTimes >>> 2) + 2 * marks] = raised - raisedHigh * 4294967296;');
        writer.line('i32[(markTimes >>> 2) + 2 * marks + 1] = raisedHigh;');
      }
      writer.line('marks++;');
    });
  }

  private output(column: ChainColumn, index: number): Operand | readonly number[] {
    if (column.kind === 'source') return column.path;
    const operand = this.computed(column);
    emitStore(this.writer, operand, index);
    if (operand.representation === 'text' && !/^A\d+$|^true$|^false$/.test(operand.ascii))
      this.writer.line(`OA${index} = OA${index} && ${operand.ascii};`);
    return operand;
  }

  private assignLanes(outputs: readonly (Operand | readonly number[])[]): ChainOutput[] {
    let lanes = 0;
    return outputs.map((output): ChainOutput => {
      if (!('representation' in output)) return { passed: output, lane: -1, nullable: false, nanos: false };
      return {
        passed: null,
        lane: lanes++,
        nullable: output.absent !== '',
        nanos: output.representation === 'time' && output.extra !== '0',
      };
    });
  }

  private wrap(outputs: readonly ChainOutput[]): string {
    const { writer } = this;
    const head: string[] = [
      'let generation = memory.generation, u8 = memory.u8, i32 = memory.i32, u32 = memory.u32, f32 = memory.f32, f64 = memory.f64, i64 = memory.i64;',
    ];
    writer.sources.forEach((_source, k) => {
      head.push(
        `const D${k} = a[${4 * k}], V${k} = a[${4 * k + 1}], N${k} = a[${4 * k + 2}], A${k} = a[${4 * k + 3}] === 1, B${k} = boxes[${k}];`,
      );
    });
    const tail: string[] = [];
    outputs.forEach((output, index) => {
      if (output.passed !== null) return;
      const lane = 4 * output.lane;
      head.push(
        `const O${index} = o[${lane}], OV${index} = o[${lane + 1}], ON${index} = o[${lane + 2}], OB${index} = outputBoxes[${output.lane}]; let OA${index} = true;`,
      );
      const operand = this.columns[index];
      const ascii = operand.kind === 'computed' ? (writer.known(operand)?.ascii ?? 'false') : 'false';
      tail.push(`o[${lane + 3}] = ${/^A\d+$|^true$|^false$/.test(ascii) ? ascii : `OA${index}`} ? 1 : 0;`);
    });
    if (this.watermarkStage !== null) {
      head.push(
        `let marks = 0, watermark = ${writer.exact ? 'state.watermark' : 'state.watermark <= -4503599627370496n ? -Infinity : Number(state.watermark)'};`,
      );
      tail.push(`state.marks = marks; if (marks > 0) state.watermark = ${writer.exact ? 'watermark' : 'BigInt(watermark)'};`);
    }
    const loop = [
      'let i = -1, at = -1, m = 0;',
      'try {',
      'for (let k = 0; k < selectedCount; k++) {',
      'i = selection === 0 ? k : i32[(selection >>> 2) + k];',
      writer.source(),
      '}',
      '} catch (error) { throw support.failure(error, i, sites[at]); }',
    ];
    return [...head, ...loop, ...tail, 'return m;'].join('\n');
  }
}

/** Conditions of an AND that may be tested one after the other: nothing after the first can fail. */
function conjuncts(predicate: TypedExpression): readonly TypedExpression[] {
  if (predicate.kind !== 'logic' || predicate.operator !== 'AND') return [predicate];
  return predicate.operands.slice(1).some(canFail) ? [predicate] : predicate.operands;
}
