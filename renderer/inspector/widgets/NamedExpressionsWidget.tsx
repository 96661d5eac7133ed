/** Named expressions in order: output columns, or the conditions of routes. */
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { JsonValue } from '../../../engine/base/json.ts';
import type { ConditionsField, ProjectionsField } from '../../../engine/spec/fields.ts';
import { Button } from '../../ui/Button.tsx';
import { marksOf } from '../field-marks.ts';
import { RenameNote } from '../RenameNote.tsx';
import type { WidgetProps } from '../widget.ts';
import { listOf, moveItem, objectOf, problemsAt, textOf, withItem } from '../widget.ts';
import { EntryCard } from './EntryCard.tsx';
import { freeName } from './free-name.ts';
import { ResultLine } from './ResultLine.tsx';
import style from './widgets.module.css';

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

function NamedExpressions(props: NamedExpressionsProps) {
  const { field, value, problems, path, context, onChange, nameLabel, addLabel, prefix, condition = false } = props;
  const { t } = useTranslation();
  const entries = listOf(value).map(objectOf);
  const schema = context.schema(field.input);
  const sample = context.sample(field.input);
  const add = () => onChange([...entries, { name: freeName(prefix, namesOf(entries)), expression: '' }]);
  return (
    <div className={style.stack}>
      {entries.map((entry, index) => {
        const place = `${path}[${index}]`;
        const own = problemsAt(problems, place);
        const name = textOf(entry['name']);
        const expression = textOf(entry['expression']);
        const set = (change: { readonly name?: string; readonly expression?: string }) => withItem(entries, index, { ...entry, ...change });
        return (
          <EntryCard
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
            key={index}
            index={index}
            place={place}
            count={entries.length}
            name={name}
            nameLabel={`${nameLabel} ${index + 1}`}
            expression={expression}
            expressionLabel={`${t('field.expression')} ${index + 1}`}
            placeholder={t('field.expression')}
            codeContext={{ mode: 'expression', schema }}
            marks={marksOf(own)}
            invalid={own.length > 0}
            expressionInvalid={own.some((problem) => problem.field?.endsWith('.expression'))}
            below={(focused) => (
              <>
                <ResultLine
                  text={expression}
                  schema={schema}
                  sample={sample}
                  timeZone={context.timeZone}
                  condition={condition}
                  focused={focused}
                />
                <context.Problems problems={own} />
                <RenameNote context={context} place={place} />
              </>
            )}
            onName={(next) => editName(props, place, set({ name: next }))}
            onNameLeft={() => context.renaming?.end()}
            onExpression={(text) => onChange(set({ expression: text }))}
            onMove={(from, to) => onChange(moveItem(entries, from, to))}
            onRemove={() => onChange(withItem(entries, index, undefined))}
          />
        );
      })}
      <Button small look="ghost" className={style.add} icon={<Plus size={14} strokeWidth={1.75} />} onClick={add}>
        {addLabel}
      </Button>
    </div>
  );
}

/** A name that others may use takes them along; elsewhere it is a change like any other. */
export function editName(props: Pick<WidgetProps, 'path' | 'context' | 'onChange'>, place: string, value: JsonValue): void {
  if (props.context.renaming === null) props.onChange(value);
  else props.context.renaming.edit(props.path, place, value);
}

export function namesOf(entries: readonly { readonly [name: string]: JsonValue }[]): readonly string[] {
  return entries.map((entry) => textOf(entry['name']));
}
