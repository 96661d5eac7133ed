/** One line of text; where it names a column or an entry that the node itself has, those are offered. Also names of connections and secrets. */
import type { LucideIcon } from 'lucide-react';
import { Lock, Plug } from 'lucide-react';
import type { ConnectionField, SecretField, TextField } from '../../../engine/spec/fields.ts';
import { parseType } from '../../../engine/types/parse-type.ts';
import { words } from '../../strings/language.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import controls from '../../ui/controls.module.css';
import type { SelectOption } from '../../ui/Select.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { configValue } from '../config-value.ts';
import type { FieldContext, WidgetProps } from '../widget.ts';
import { emptied, listOf, objectOf, optionalText, textOf } from '../widget.ts';
import { columnOptions } from './column-options.ts';
import style from './widgets.module.css';

export function TextWidget(props: WidgetProps<TextField>) {
  const { id, field, value, problems, onChange } = props;
  if (field.columnOf !== undefined || field.entryOf !== undefined) return <NamePicker {...props} />;
  return (
    <TextInput
      id={id}
      code
      className={field.placeholder === undefined ? style.words : undefined}
      value={textOf(value)}
      placeholder={field.placeholder ?? (field.whenEmpty === undefined ? undefined : words(field.whenEmpty))}
      aria-invalid={problems.length > 0}
      onChange={(event) => onChange(optionalText(event.target.value, field))}
    />
  );
}

/** One of the columns or entries that the node itself has. */
function NamePicker({ id, field, label, value, problems, context, onChange }: WidgetProps<TextField>) {
  const { t } = useTranslation();
  const names = field.columnOf === undefined ? entryOptions(field, context) : ownColumnOptions(field, context);
  const options = field.required ? names : [{ value: NONE, label: t('common.none') }, ...names];
  const none = field.whenEmpty === undefined ? t('field.chooseColumn') : words(field.whenEmpty);
  return (
    <Select
      id={id}
      code
      label={label}
      value={textOf(value)}
      options={options}
      placeholder={field.entryOf === undefined ? none : t('field.chooseEntry')}
      invalid={problems.length > 0}
      onChange={(chosen) => onChange(chosen === NONE ? emptied(field) : chosen)}
    />
  );
}

const NONE = '\u0000';

function entryOptions({ entryOf = '' }: TextField, context: FieldContext): readonly SelectOption[] {
  const names = listOf(configValue(context, entryOf)).map((entry) => textOf(objectOf(entry)['name']));
  return [...new Set(names)].filter((name) => name !== '').map((name) => ({ value: name, label: name }));
}

function ownColumnOptions({ columnOf = '', columnTypes }: TextField, context: FieldContext): readonly SelectOption[] {
  const fields = listOf(configValue(context, columnOf)).flatMap((entry) => {
    const { name, type } = objectOf(entry);
    const parsed = parseType(textOf(type));
    return textOf(name) === '' || !('type' in parsed) ? [] : [{ name: textOf(name), type: parsed.type }];
  });
  return columnOptions({ fields }, columnTypes, false);
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
        onChange={(event) => onChange(optionalText(event.target.value, field))}
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
