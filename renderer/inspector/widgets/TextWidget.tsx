/** One line of text; also names of connections and of secrets. */
import { useTranslation } from 'react-i18next';
import type { ConnectionField, SecretField, TextField } from '../../../engine/spec/fields.ts';
import { TextInput } from '../../ui/TextInput.tsx';
import type { WidgetProps } from '../widget.ts';
import { optionalText, textOf } from '../widget.ts';
import style from './widgets.module.css';

export function TextWidget({ id, field, value, problems, onChange }: WidgetProps<TextField>) {
  return (
    <TextInput
      id={id}
      code
      value={textOf(value)}
      placeholder={field.placeholder}
      aria-invalid={problems.length > 0}
      onChange={(event) => onChange(optionalText(event.target.value, field.required))}
    />
  );
}

export function ConnectionWidget({ id, field, value, problems, onChange }: WidgetProps<ConnectionField>) {
  return (
    <TextInput
      id={id}
      code
      value={textOf(value)}
      aria-invalid={problems.length > 0}
      onChange={(event) => onChange(optionalText(event.target.value, field.required))}
    />
  );
}

export function SecretWidget({ id, field, value, problems, onChange }: WidgetProps<SecretField>) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        id={id}
        code
        value={textOf(value)}
        aria-invalid={problems.length > 0}
        onChange={(event) => onChange(optionalText(event.target.value, field.required))}
      />
      <p className={style.hint}>{t('field.secretStays')}</p>
    </>
  );
}
