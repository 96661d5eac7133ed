/** Named expressions in order: output columns, or the conditions of routes. */
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConditionsField, ProjectionsField } from '../../../engine/spec/fields.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { expressionCompletions } from '../completions.ts';
import type { WidgetProps } from '../widget.ts';
import { listOf, objectOf, problemsAt, textOf, withItem } from '../widget.ts';
import { CodeInput } from './CodeInput.tsx';
import { TypeLine } from './ExpressionWidget.tsx';
import style from './widgets.module.css';

export function ProjectionsWidget(props: WidgetProps<ProjectionsField>) {
  const { t } = useTranslation();
  return <NamedExpressions {...props} nameLabel={t('field.outputName')} addLabel={t('field.addProjection')} prefix="column" />;
}

export function ConditionsWidget(props: WidgetProps<ConditionsField>) {
  const { t } = useTranslation();
  return <NamedExpressions {...props} nameLabel={t('field.portName')} addLabel={t('field.addCondition')} prefix="route" />;
}

interface NamedExpressionsProps extends WidgetProps<ProjectionsField | ConditionsField> {
  readonly nameLabel: string;
  readonly addLabel: string;
  readonly prefix: string;
}

function NamedExpressions({ field, value, problems, path, context, onChange, nameLabel, addLabel, prefix }: NamedExpressionsProps) {
  const { t } = useTranslation();
  const entries = listOf(value).map(objectOf);
  const schema = context.schema(field.input);
  const complete = expressionCompletions(schema);
  return (
    <div className={style.stack}>
      {entries.map((entry, index) => {
        const own = problemsAt(problems, `${path}[${index}]`);
        const name = textOf(entry['name']);
        const expression = textOf(entry['expression']);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
          <div key={index} className={style.entry} data-invalid={own.length > 0}>
            <div className={style.entryHead}>
              <input
                className={style.entryName}
                aria-label={`${nameLabel} ${index + 1}`}
                value={name}
                spellCheck={false}
                onChange={(event) => onChange(withItem(entries, index, { ...entry, name: event.target.value }))}
              />
              <IconButton
                small
                label={t('field.remove', { name })}
                icon={<X size={13} strokeWidth={1.75} />}
                onClick={() => onChange(withItem(entries, index, undefined))}
              />
            </div>
            <CodeInput
              label={`${t('field.expression')} ${index + 1}`}
              value={expression}
              invalid={own.some((problem) => problem.field?.endsWith('.expression'))}
              placeholder={t('field.expression')}
              underline={own.find((problem) => problem.range !== undefined)?.range}
              complete={complete}
              onChange={(text) => onChange(withItem(entries, index, { ...entry, expression: text }))}
            />
            <TypeLine text={expression} schema={schema} timeZone={context.timeZone} />
          </div>
        );
      })}
      <Button
        small
        look="ghost"
        className={style.add}
        icon={<Plus size={14} strokeWidth={1.75} />}
        onClick={() =>
          onChange([
            ...entries,
            {
              name: freeName(
                prefix,
                entries.map((entry) => textOf(entry['name'])),
              ),
              expression: '',
            },
          ])
        }
      >
        {addLabel}
      </Button>
    </div>
  );
}

export function freeName(prefix: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${prefix}_${number}`)) number++;
  return `${prefix}_${number}`;
}
