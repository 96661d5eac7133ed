/** Columns of a source: names and Flink SQL types, typed in or read from a sample. */
import { Plus, ScanText, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchemaField } from '../../../engine/spec/fields.ts';
import { useDesigner } from '../../app/designer.ts';
import { folderOf } from '../../document/relative-path.ts';
import { messageOf } from '../../files/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import inspector from '../inspector.module.css';
import type { WidgetProps } from '../widget.ts';
import { listOf, objectOf, textOf, withItem } from '../widget.ts';
import type { Completion } from './CodeInput.tsx';
import { CodeInput } from './CodeInput.tsx';
import { freeName } from './NamedExpressionsWidget.tsx';
import style from './widgets.module.css';

const TYPES: readonly Completion[] = [
  'STRING',
  'BIGINT',
  'INT',
  'SMALLINT',
  'TINYINT',
  'DOUBLE',
  'FLOAT',
  'DECIMAL(38, 2)',
  'BOOLEAN',
  'TIMESTAMP(3)',
  'TIMESTAMP_LTZ(3)',
  'DATE',
  'TIME',
  'BYTES',
  'VARCHAR(255)',
  'CHAR(1)',
].map((text) => ({ text, note: '' }));

export function SchemaWidget({ id, field, value, problems, path, context, onChange }: WidgetProps<SchemaField>) {
  const { t } = useTranslation();
  const columns = listOf(value).map(objectOf);
  return (
    <fieldset className={style.stack} aria-labelledby={`${id}-label`}>
      {columns.length === 0 ? null : (
        <div className={style.table}>
          {columns.map((column, index) => {
            const name = textOf(column['name']);
            const bad = problems.some((problem) => problem.field?.startsWith(`${path}[${index}]`));
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns may have the same name while being typed
              <div key={index} className={style.tableRow} data-invalid={bad}>
                <input
                  className={style.cell}
                  aria-label={`${t('field.columnName')} ${index + 1}`}
                  value={name}
                  spellCheck={false}
                  onChange={(event) => onChange(withItem(columns, index, { ...column, name: event.target.value }))}
                />
                <CodeInput
                  label={t('field.columnType', { name })}
                  value={textOf(column['type'])}
                  invalid={bad}
                  complete={(word) => TYPES.filter((type) => type.text.toLowerCase().startsWith(word.toLowerCase()))}
                  onChange={(type) => onChange(withItem(columns, index, { ...column, type }))}
                />
                <IconButton
                  small
                  label={t('field.remove', { name })}
                  icon={<X size={13} strokeWidth={1.75} />}
                  onClick={() => onChange(withItem(columns, index, undefined))}
                />
              </div>
            );
          })}
        </div>
      )}
      <div className={style.buttons}>
        {field.inferable === true ? <InferButton context={context} onChange={onChange} /> : null}
        <Button
          small
          look="ghost"
          icon={<Plus size={14} strokeWidth={1.75} />}
          onClick={() =>
            onChange([
              ...columns,
              {
                name: freeName(
                  'column',
                  columns.map((column) => textOf(column['name'])),
                ),
                type: 'STRING',
              },
            ])
          }
        >
          {t('field.addColumnRow')}
        </Button>
      </div>
    </fieldset>
  );
}

function InferButton({ context, onChange }: Pick<WidgetProps<SchemaField>, 'context' | 'onChange'>) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [state, setState] = useState<{ readonly busy: boolean; readonly rows: number | null; readonly failure: string | null }>({
    busy: false,
    rows: null,
    failure: null,
  });
  const infer = async () => {
    setState({ busy: true, rows: null, failure: null });
    try {
      const { fields, sampleRows } = await designer.host.call('schema.infer', {
        nodeType: context.nodeType ?? '',
        config: context.config,
        baseDirectory: folderOf(designer.documents.getState().path),
      });
      onChange(fields.map((column) => ({ name: column.name, type: column.type })));
      setState({ busy: false, rows: sampleRows, failure: null });
    } catch (error) {
      setState({ busy: false, rows: null, failure: messageOf(error) });
    }
  };
  return (
    <>
      <Button small disabled={state.busy} icon={<ScanText size={14} strokeWidth={1.75} />} onClick={() => void infer()}>
        {state.busy ? t('field.inferring') : t('field.infer')}
      </Button>
      {state.rows === null ? null : <span className={style.hint}>{t('field.inferred', { count: state.rows })}</span>}
      {state.failure === null ? null : <p className={inspector.problem}>{state.failure}</p>}
    </>
  );
}
