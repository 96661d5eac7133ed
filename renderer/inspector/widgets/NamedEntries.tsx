/** A list of named texts of code as cards (output columns, aggregates, routes): add, rename, reorder, remove, problems in place. */
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AggregatesField, ConditionsField, ProjectionsField } from '../../../engine/spec/fields.ts';
import { Button } from '../../ui/Button.tsx';
import { marksOf } from '../field-marks.ts';
import { RenameNote } from '../RenameNote.tsx';
import type { WidgetProps } from '../widget.ts';
import { listOf, moveItem, objectOf, problemsAt, textOf, withItem } from '../widget.ts';
import { EntryCard } from './EntryCard.tsx';
import { editName, namesOf } from './entry-names.ts';
import { freeName } from './free-name.ts';
import style from './widgets.module.css';

interface NamedEntriesProps extends WidgetProps<AggregatesField | ProjectionsField | ConditionsField> {
  readonly mode: 'expression' | 'aggregate';
  /** What a new entry is called before people name it. */
  readonly prefix: string;
  readonly nameLabel: string;
  readonly expressionLabel: string;
  readonly placeholder: string;
  readonly addLabel: string;
  /** Type and value under an entry. */
  readonly result: (entry: { readonly name: string; readonly expression: string }, focused: boolean) => ReactNode;
}

export function NamedEntries(props: NamedEntriesProps) {
  const { field, value, problems, path, context, onChange, mode, prefix } = props;
  const entries = listOf(value).map(objectOf);
  const schema = context.schema(field.input);
  const names = namesOf(entries);
  const columns = field.kind === 'projections' && field.assigns === true ? schema.fields.map(({ name }) => name) : [];
  const left = columns.filter((name) => !names.includes(name));
  const add = () => onChange([...entries, { name: left[0] ?? freeName(prefix, names), expression: '' }]);
  return (
    <div className={style.stack} data-entries="">
      {entries.map((entry, index) => {
        const place = `${path}[${index}]`;
        const own = problemsAt(problems, place);
        const expression = textOf(entry['expression']);
        const set = (change: { readonly name?: string; readonly expression?: string }) => withItem(entries, index, { ...entry, ...change });
        return (
          <EntryCard
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
            key={index}
            list={path}
            index={index}
            place={place}
            count={entries.length}
            name={names[index]}
            nameLabel={`${props.nameLabel} ${index + 1}`}
            nameOptions={left}
            expression={expression}
            expressionLabel={`${props.expressionLabel} ${index + 1}`}
            placeholder={props.placeholder}
            codeContext={{ mode, schema }}
            marks={marksOf(own)}
            invalid={own.length > 0}
            expressionInvalid={own.some((problem) => problem.field?.endsWith('.expression'))}
            below={(focused) => (
              <>
                {props.result({ name: names[index], expression }, focused)}
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
        {props.addLabel}
      </Button>
    </div>
  );
}
