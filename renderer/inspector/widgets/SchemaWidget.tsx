/** Columns of a source: names and Flink SQL types, typed in, pasted as JSON or read from a sample; marks say what they are for. */
import { ClipboardPaste, Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { SchemaField } from '../../../engine/spec/fields.ts';
import { CodeField } from '../../code/CodeField.tsx';
import { useTranslation } from '../../strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ColumnMarks } from '../ColumnMarks.tsx';
import type { ColumnUse } from '../column-uses.ts';
import { useColumnUses } from '../column-uses.ts';
import { RenameNote } from '../RenameNote.tsx';
import type { WidgetProps } from '../widget.ts';
import { listOf, objectOf, textOf, withItem } from '../widget.ts';
import { editName, namesOf } from './entry-names.ts';
import { freeName } from './free-name.ts';
import { InferButton } from './InferButton.tsx';
import { PasteColumns } from './PasteColumns.tsx';
import style from './widgets.module.css';

const NO_SCHEMA = { fields: [] };
const NO_USES: ReadonlyMap<string, ColumnUse> = new Map();

export function SchemaWidget(props: WidgetProps<SchemaField>) {
  const { id, field, value, context, onChange } = props;
  const { t } = useTranslation();
  const [pasting, setPasting] = useState(false);
  /** Columns that the last reading or pasting brought. */
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const columns = listOf(value).map(objectOf);
  const uses = useColumnUses(context.nodeId) ?? NO_USES;
  const take = (found: readonly { readonly name: string; readonly type: string }[]) => {
    const known = new Set(namesOf(columns));
    setFresh(new Set(found.map((column) => column.name).filter((name) => columns.length > 0 && !known.has(name))));
    onChange(found.map((column) => ({ name: column.name, type: column.type })));
  };
  return (
    <fieldset className={style.stack} aria-labelledby={`${id}-label`}>
      {columns.length === 0 ? null : (
        <div className={style.table}>
          {columns.map((_column, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns may have the same name while being typed
            <SchemaRow key={index} {...props} index={index} uses={uses} fresh={fresh} />
          ))}
        </div>
      )}
      {pasting ? (
        <PasteColumns
          onTake={(found) => {
            take(found);
            setPasting(false);
          }}
          onClose={() => setPasting(false)}
        />
      ) : null}
      <div className={style.buttons}>
        {field.inferable === true ? <InferButton context={context} onFound={take} /> : null}
        <Button small look="ghost" icon={<ClipboardPaste size={13} strokeWidth={1.75} />} onClick={() => setPasting(!pasting)}>
          {t('field.pasteJson')}
        </Button>
        <Button
          small
          look="ghost"
          icon={<Plus size={14} strokeWidth={1.75} />}
          onClick={() => onChange([...columns, { name: freeName('column', namesOf(columns)), type: 'STRING' }])}
        >
          {t('field.addColumnRow')}
        </Button>
      </div>
    </fieldset>
  );
}

interface SchemaRowProps extends WidgetProps<SchemaField> {
  readonly index: number;
  readonly uses: ReadonlyMap<string, ColumnUse>;
  readonly fresh: ReadonlySet<string>;
}

function SchemaRow({ value, problems, path, context, onChange, index, uses, fresh }: SchemaRowProps) {
  const { t } = useTranslation();
  const columns = listOf(value).map(objectOf);
  const column = columns[index];
  const name = textOf(column['name']);
  const place = `${path}[${index}]`;
  const bad = problems.some((problem) => problem.field?.startsWith(place));
  const use = uses.get(name);
  return (
    <>
      <div className={style.tableRow} data-path={place} data-invalid={bad}>
        <input
          className={style.cell}
          aria-label={`${t('field.columnName')} ${index + 1}`}
          value={name}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) =>
            editName({ path, context, onChange }, place, withItem(columns, index, { ...column, name: event.target.value }))
          }
          onBlur={() => context.renaming?.end()}
        />
        <CodeField
          bare
          label={t('field.columnType', { name })}
          value={textOf(column['type'])}
          invalid={bad}
          context={{ mode: 'type', schema: NO_SCHEMA }}
          onChange={(type) => onChange(withItem(columns, index, { ...column, type }))}
        />
        <ColumnMarks use={{ keyed: use?.keyed === true, time: use?.time === true, state: fresh.has(name) ? 'new' : null }} />
        <IconButton
          small
          className={style.rowRemove}
          label={t('field.remove', { name })}
          icon={<X size={13} strokeWidth={1.75} />}
          onClick={() => onChange(withItem(columns, index, undefined))}
        />
      </div>
      <context.Problems
        problems={problems.filter((problem) => problem.field === place || problem.field?.startsWith(`${place}.`) === true)}
      />
      <RenameNote context={context} place={place} />
    </>
  );
}
