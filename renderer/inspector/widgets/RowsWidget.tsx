/** Rows written down in the document, one JSON object per line. */
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { JsonValue } from '../../../engine/base/json.ts';
import type { RowsField } from '../../../engine/spec/fields.ts';
import { CodeField } from '../../code/CodeField.tsx';
import { useTranslation } from '../../strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import inspector from '../inspector.module.css';
import type { WidgetProps } from '../widget.ts';
import { listOf, objectOf, textOf, withItem } from '../widget.ts';
import style from './widgets.module.css';

const JSON_CONTEXT = { mode: 'json' as const, schema: { fields: [] } };

export function RowsWidget({ field, value, context, onChange }: WidgetProps<RowsField>) {
  const { t } = useTranslation();
  const rows = listOf(value);
  const add = () => {
    const columns = listOf(context.config[field.schemaField]).map((column) => textOf(objectOf(column)['name']));
    const last = rows[rows.length - 1];
    onChange([...rows, last ?? Object.fromEntries(columns.map((column): [string, JsonValue] => [column, null]))]);
  };
  return (
    <div className={style.stack}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={style.lineWithButton}>
          <RowInput number={index + 1} row={row} onChange={(next) => onChange(withItem(rows, index, next))} />
          <IconButton
            small
            label={t('field.remove', { name: t('field.rowJson', { number: index + 1 }) })}
            icon={<X size={13} strokeWidth={1.75} />}
            onClick={() => onChange(withItem(rows, index, undefined))}
          />
        </div>
      ))}
      <Button small look="ghost" className={style.add} icon={<Plus size={14} strokeWidth={1.75} />} onClick={add}>
        {t('field.addRow')}
      </Button>
    </div>
  );
}

function RowInput({
  number,
  row,
  onChange,
}: {
  readonly number: number;
  readonly row: JsonValue;
  readonly onChange: (row: JsonValue) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  return (
    <div className={style.grow}>
      <CodeField
        context={JSON_CONTEXT}
        label={t('field.rowJson', { number })}
        value={typed ?? JSON.stringify(row)}
        invalid={broken}
        onChange={(text) => {
          setTyped(text);
          try {
            onChange(JSON.parse(text) as JsonValue);
            setBroken(false);
          } catch {
            setBroken(true);
          }
        }}
      />
      {broken ? <p className={inspector.problem}>{t('field.jsonExpected')}</p> : null}
    </div>
  );
}
