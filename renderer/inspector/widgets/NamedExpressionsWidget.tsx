/** Named expressions in order: output columns, or the conditions of routes. */

import type { ConditionsField, ProjectionsField } from '../../../engine/spec/fields.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import type { WidgetProps } from '../widget.ts';
import { NamedEntries } from './NamedEntries.tsx';
import { ResultLine } from './ResultLine.tsx';

export function ProjectionsWidget(props: WidgetProps<ProjectionsField>) {
  const { t } = useTranslation();
  return <NamedExpressions {...props} nameLabel={t('field.outputName')} addLabel={t('field.addProjection')} prefix="column" />;
}

export function ConditionsWidget(props: WidgetProps<ConditionsField>) {
  const { t } = useTranslation();
  return <NamedExpressions {...props} condition nameLabel={t('field.portName')} addLabel={t('field.addCondition')} prefix="route" />;
}

interface NamedExpressionsProps extends WidgetProps<ProjectionsField | ConditionsField> {
  readonly nameLabel: string;
  readonly addLabel: string;
  readonly prefix: string;
  readonly condition?: boolean;
}

function NamedExpressions({ condition = false, ...props }: NamedExpressionsProps) {
  const { field, context } = props;
  const { t } = useTranslation();
  const inputs = { schema: context.schema(field.input), sample: context.sample(field.input), timeZone: context.timeZone };
  return (
    <NamedEntries
      {...props}
      mode="expression"
      expressionLabel={t('field.expression')}
      placeholder={t('field.expression')}
      result={({ expression }, focused) => <ResultLine text={expression} {...inputs} condition={condition} focused={focused} />}
    />
  );
}
