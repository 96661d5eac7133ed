/** Rows written down in the document as a table of cells: typed, pasted from a sheet or as JSON, walked with the arrow keys. */
import { Plus, X } from 'lucide-react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import type { JsonValue } from '../../../engine/base/json.ts';
import type { RowsField } from '../../../engine/spec/fields.ts';
import { printType } from '../../../engine/types/print-type.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { configValue } from '../config-value.ts';
import type { WidgetProps } from '../widget.ts';
import { listOf, withItem } from '../widget.ts';
import type { CellColumn } from './cell-values.ts';
import { cellColumns, pasteRows, readCell, showCell, valueAt, withValueAt } from './cell-values.ts';
import style from './rows.module.css';
import shared from './widgets.module.css';

/** Rows drawn at first, and once more with every wish for more. */
const SHOWN_STEP = 50;

export function RowsWidget({ id, field, value, problems, path, context, onChange }: WidgetProps<RowsField>) {
  const { t } = useTranslation();
  const table = useRef<HTMLTableElement>(null);
  const [shownMax, setShownMax] = useState(SHOWN_STEP);
  const rows = listOf(value);
  const columns = cellColumns(configValue(context, field.schemaField));
  const shown = rows.slice(0, shownMax);
  const wrong = new Set(problems.map((problem) => problem.field));
  const focus = (row: number, column: number) =>
    requestAnimationFrame(() => table.current?.querySelector<HTMLInputElement>(`[data-cell="${row},${column}"]`)?.focus());
  const add = () => {
    const last = rows[rows.length - 1];
    onChange([...rows, last ?? {}]);
    setShownMax(Math.max(shownMax, rows.length + 1));
    focus(rows.length, 0);
  };
  return (
    <fieldset className={shared.stack} aria-labelledby={`${id}-label`}>
      {rows.length === 0 || columns.length === 0 ? null : (
        <div className={style.scroll}>
          <table ref={table} className={style.rows}>
            <thead>
              <tr>
                <th aria-label={t('field.rowNumber')} />
                {columns.map((column) => (
                  <th key={column.label} scope="col" title={column.type === null ? undefined : printType(column.type)}>
                    {column.label}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {shown.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
                <tr key={index} data-path={`${path}[${index}]`}>
                  <th scope="row">{index + 1}</th>
                  {columns.map((column, at) => (
                    <td key={column.label}>
                      <Cell
                        column={column}
                        place={{ row: index, column: at }}
                        value={valueAt(row, column.path)}
                        path={`${path}[${index}].${column.label}`}
                        wrong={wrong.has(`${path}[${index}].${column.label}`)}
                        onChange={(next) => onChange(withItem(rows, index, withValueAt(row, column.path, next)))}
                        onPaste={(text) => {
                          const pasted = pasteRows(rows, columns, { row: index, column: at }, text);
                          if (pasted !== null) onChange(pasted);
                          return pasted !== null;
                        }}
                        onWalk={(step) => focus(index + step, at)}
                      />
                    </td>
                  ))}
                  <td className={style.remove}>
                    <IconButton
                      small
                      label={t('field.remove', { name: t('field.row', { number: index + 1 }) })}
                      icon={<X size={13} strokeWidth={1.75} />}
                      onClick={() => onChange(withItem(rows, index, undefined))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {columns.length === 0 ? <p className={shared.hint}>{t('field.rowsNeedColumns')}</p> : null}
      <div className={shared.buttons}>
        <Button small look="ghost" disabled={columns.length === 0} icon={<Plus size={14} strokeWidth={1.75} />} onClick={add}>
          {t('field.addRow')}
        </Button>
        {rows.length <= shownMax ? null : (
          <Button small look="ghost" onClick={() => setShownMax(shownMax + SHOWN_STEP)}>
            {t('field.moreRows', { count: rows.length - shownMax })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface CellProps {
  readonly column: CellColumn;
  readonly place: { readonly row: number; readonly column: number };
  readonly value: JsonValue;
  readonly path: string;
  readonly wrong: boolean;
  readonly onChange: (value: JsonValue) => void;
  /** True: the text has become rows. */
  readonly onPaste: (text: string) => boolean;
  readonly onWalk: (step: 1 | -1) => void;
}

const WIDTH_MIN = 6;
const WIDTH_MAX = 26;

function Cell({ column, place, value, path, wrong, onChange, onPaste, onWalk }: CellProps) {
  const { t } = useTranslation();
  const text = showCell(value);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'Enter') onWalk(1);
    else if (event.key === 'ArrowUp') onWalk(-1);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && text === '' && value !== null) onChange(null);
    else return;
    event.preventDefault();
  };
  return (
    <input
      className={style.cell}
      style={{ width: `${Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, [...text].length, column.label.length)) + 2}ch` }}
      data-cell={`${place.row},${place.column}`}
      data-path={path}
      aria-label={t('field.cell', { column: column.label, number: place.row + 1 })}
      aria-invalid={wrong}
      spellCheck={false}
      autoComplete="off"
      value={text}
      title={text}
      placeholder={value === null ? 'NULL' : '""'}
      onChange={(event) => onChange(readCell(event.target.value, column.type))}
      onPaste={(event: ClipboardEvent) => {
        if (onPaste(event.clipboardData.getData('text'))) event.preventDefault();
      }}
      onKeyDown={onKeyDown}
    />
  );
}
