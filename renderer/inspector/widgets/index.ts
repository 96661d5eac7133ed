/** One widget per field kind; a kind without one does not compile. */
import type { Widgets } from '../widget.ts';
import { AggregatesWidget } from './AggregatesWidget.tsx';
import { ChoiceWidget } from './ChoiceWidget.tsx';
import { CodeWidget } from './CodeWidget.tsx';
import { ColumnsWidget } from './ColumnsWidget.tsx';
import { ColumnWidget } from './ColumnWidget.tsx';
import { DurationWidget } from './DurationWidget.tsx';
import { ExpressionWidget } from './ExpressionWidget.tsx';
import { ListWidget } from './ListWidget.tsx';
import { ConditionsWidget, ProjectionsWidget } from './NamedExpressionsWidget.tsx';
import { NumberWidget } from './NumberWidget.tsx';
import { PathWidget } from './PathWidget.tsx';
import { RowsWidget } from './RowsWidget.tsx';
import { SchemaWidget } from './SchemaWidget.tsx';
import { ConnectionWidget, SecretWidget, TextWidget } from './TextWidget.tsx';
import { ToggleWidget } from './ToggleWidget.tsx';
import { WatermarkWidget } from './WatermarkWidget.tsx';

export const widgets: Widgets = {
  text: TextWidget,
  number: NumberWidget,
  toggle: ToggleWidget,
  choice: ChoiceWidget,
  duration: DurationWidget,
  column: ColumnWidget,
  columns: ColumnsWidget,
  expression: ExpressionWidget,
  conditions: ConditionsWidget,
  projections: ProjectionsWidget,
  aggregates: AggregatesWidget,
  watermark: WatermarkWidget,
  schema: SchemaWidget,
  rows: RowsWidget,
  path: PathWidget,
  connection: ConnectionWidget,
  secret: SecretWidget,
  code: CodeWidget,
  list: ListWidget,
};
