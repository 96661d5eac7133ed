/** One widget per field kind; a kind without one does not compile. */
import type { Widgets } from './widget.ts';
import { AggregatesWidget } from './widgets/AggregatesWidget.tsx';
import { ChoiceWidget } from './widgets/ChoiceWidget.tsx';
import { CodeWidget } from './widgets/CodeWidget.tsx';
import { ColumnsWidget } from './widgets/ColumnsWidget.tsx';
import { ColumnWidget } from './widgets/ColumnWidget.tsx';
import { DurationWidget } from './widgets/DurationWidget.tsx';
import { ExpressionWidget } from './widgets/ExpressionWidget.tsx';
import { ListWidget } from './widgets/ListWidget.tsx';
import { ConditionsWidget, ProjectionsWidget } from './widgets/NamedExpressionsWidget.tsx';
import { NumberWidget } from './widgets/NumberWidget.tsx';
import { PathWidget } from './widgets/PathWidget.tsx';
import { RowsWidget } from './widgets/RowsWidget.tsx';
import { SchemaWidget } from './widgets/SchemaWidget.tsx';
import { ConnectionWidget, SecretWidget, TextWidget } from './widgets/TextWidget.tsx';
import { ToggleWidget } from './widgets/ToggleWidget.tsx';
import { TypeWidget } from './widgets/TypeWidget.tsx';
import { WatermarkWidget } from './widgets/WatermarkWidget.tsx';

export const widgets: Widgets = {
  text: TextWidget,
  type: TypeWidget,
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
