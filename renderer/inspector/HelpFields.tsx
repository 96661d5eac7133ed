/** The fields of a form one by one: what each says, what its choices mean, and the fields of the entries of a list. */
import type { AnyField } from '../../engine/spec/fields.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import style from './help.module.css';
import { WithCode } from './WithCode.tsx';

export function HelpFields({ fields }: { readonly fields: { readonly [name: string]: AnyField } }) {
  const { t } = useTranslation();
  return (
    <dl className={style.fields} aria-label={t('inspector.helpFields')}>
      <Entries fields={fields} />
    </dl>
  );
}

function Entries({ fields }: { readonly fields: { readonly [name: string]: AnyField } }) {
  return Object.entries(fields).map(([name, field]) => (
    <div key={name}>
      <dt>
        {words(field.label)} <code>{name}</code>
      </dt>
      {field.help === undefined ? null : (
        <dd>
          <WithCode text={words(field.help)} />
        </dd>
      )}
      {field.kind === 'choice' ? <Choices field={field} /> : null}
      {field.kind === 'list' ? (
        <dd>
          <dl className={style.entryFields} aria-label={words(field.itemLabel)}>
            <Entries fields={field.item} />
          </dl>
        </dd>
      ) : null}
    </div>
  ));
}

/** Only those that need more words than their label. */
function Choices({ field }: { readonly field: Extract<AnyField, { kind: 'choice' }> }) {
  const told = field.options.flatMap(({ value, label, help }) => (help === undefined ? [] : [{ value, label, help }]));
  if (told.length === 0) return null;
  return (
    <dd>
      <ul className={style.list}>
        {told.map(({ value, label, help }) => (
          <li key={value}>
            <strong>{words(label)}</strong> <WithCode text={words(help)} />
          </li>
        ))}
      </ul>
    </dd>
  );
}
