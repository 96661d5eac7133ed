/** One line of text; where it names a column of the node's own schema, those are offered. Also names of connections and secrets. */
import type { LucideIcon } from 'lucide-react';
import { Lock, Plug } from 'lucide-react';
import { useId } from 'react';
import type { ConnectionField, SecretField, TextField } from '../../../engine/spec/fields.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import type { WidgetProps } from '../widget.ts';
import { listOf, objectOf, optionalText, textOf } from '../widget.ts';
import style from './widgets.module.css';

export function TextWidget({ id, field, value, problems, context, onChange }: WidgetProps<TextField>) {
  const listId = useId();
  const columns =
    field.columnOf === undefined ? [] : listOf(context.config[field.columnOf]).map((column) => textOf(objectOf(column)['name']));
  return (
    <>
      <TextInput
        id={id}
        code
        value={textOf(value)}
        placeholder={field.placeholder}
        list={columns.length === 0 ? undefined : listId}
        aria-invalid={problems.length > 0}
        onChange={(event) => onChange(optionalText(event.target.value, field.required))}
      />
      {columns.length === 0 ? null : (
        <datalist id={listId}>
          {columns.map((column) => (
            <option key={column} value={column} />
          ))}
        </datalist>
      )}
    </>
  );
}

export function ConnectionWidget(props: WidgetProps<ConnectionField>) {
  return <NamedThing {...props} icon={Plug} />;
}

function NamedThing({
  id,
  field,
  value,
  problems,
  onChange,
  icon: Icon,
}: WidgetProps<ConnectionField | SecretField> & { icon: LucideIcon }) {
  return (
    <span className={classes(controls.input, style.joined)} aria-invalid={problems.length > 0}>
      <Icon size={13} strokeWidth={1.75} className={style.leading} />
      <input
        id={id}
        className={style.bare}
        spellCheck={false}
        autoComplete="off"
        value={textOf(value)}
        aria-invalid={problems.length > 0}
        onChange={(event) => onChange(optionalText(event.target.value, field.required))}
      />
    </span>
  );
}

export function SecretWidget(props: WidgetProps<SecretField>) {
  const { t } = useTranslation();
  return (
    <>
      <NamedThing {...props} icon={Lock} />
      <p className={style.hint}>{t('field.secretStays')}</p>
    </>
  );
}
