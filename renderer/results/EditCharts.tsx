/** The dialog that says how a result is shown: which columns are time, key and value, the main chart, unit and threshold. */
import { ChartColumn, Table2, TrendingUp, Trophy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useDesigner } from '../app/designer.ts';
import { setResult } from '../document/commands.ts';
import { isNumeric } from '../preview/table-rows.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import type { ResultColumn, ResultLook, ResultView } from './choose-view.ts';
import { chooseView, isTime, specOf, unitOf } from './choose-view.ts';
import style from './results.module.css';

const ICON = { size: 14, strokeWidth: 1.75 };
const LOOKS: readonly ResultLook[] = ['lines', 'top', 'bars', 'table'];
const NO_TIME = '-';

interface EditChartsProps {
  readonly nodeId: string;
  readonly name: string;
  readonly columns: readonly ResultColumn[];
  readonly view: ResultView;
  readonly onClose: () => void;
}

export function EditCharts({ nodeId, name, columns, view, onClose }: EditChartsProps) {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const [draft, setDraft] = useState(view);
  const [limit, setLimit] = useState(view.threshold === null ? '' : String(view.threshold));
  const threshold = limit.trim() === '' ? null : Number(limit);
  const wrong = threshold !== null && !Number.isFinite(threshold);
  const keep = (next: ResultView | null) => {
    documents.commit('charts', (document) => setResult(document, nodeId, next === null ? {} : specOf(columns, next)));
    onClose();
  };
  return (
    <Modal
      title={t('results.editTitle')}
      lead={t('results.editLead', { name })}
      onClose={onClose}
      footStart={
        <Button look="ghost" onClick={() => keep(null)}>
          {t('results.suggested')}
        </Button>
      }
      foot={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={wrong} onClick={() => keep({ ...draft, threshold })}>
            {t('results.apply')}
          </Button>
        </>
      }
    >
      <div className={style.form}>
        <Look look={draft.look} onChange={(look) => setDraft({ ...draft, look })} />
        <Columns columns={columns} draft={draft} onChange={setDraft} />
        <Field label={t('results.unit')}>
          <TextInput
            aria-label={t('results.unit')}
            value={draft.unit}
            maxLength={12}
            onChange={(event) => setDraft({ ...draft, unit: event.target.value })}
          />
        </Field>
        <Field label={t('results.threshold')} note={wrong ? t('results.notNumber') : t('results.thresholdNote')} bad={wrong}>
          <TextInput
            aria-label={t('results.threshold')}
            aria-invalid={wrong}
            inputMode="decimal"
            value={limit}
            onChange={(event) => setLimit(event.target.value)}
          />
        </Field>
      </div>
    </Modal>
  );
}

function Look({ look, onChange }: { readonly look: ResultLook; readonly onChange: (look: ResultLook) => void }) {
  const { t } = useTranslation();
  return (
    <Field label={t('results.look')}>
      <Segmented
        label={t('results.look')}
        value={look}
        options={[
          { value: 'lines', label: t('results.lines'), icon: <TrendingUp {...ICON} /> },
          { value: 'top', label: t('results.board'), icon: <Trophy {...ICON} /> },
          { value: 'bars', label: t('results.columns'), icon: <ChartColumn {...ICON} /> },
          { value: 'table', label: t('results.onlyTable'), icon: <Table2 {...ICON} /> },
        ]}
        onChange={(value) => onChange(LOOKS.find((candidate) => candidate === value) ?? look)}
      />
    </Field>
  );
}

interface ColumnsProps {
  readonly columns: readonly ResultColumn[];
  readonly draft: ResultView;
  readonly onChange: (draft: ResultView) => void;
}

function Columns({ columns, draft, onChange }: ColumnsProps) {
  const { t } = useTranslation();
  const option = (column: ResultColumn) => ({ value: column.name, label: column.name, note: column.type });
  const numbers = columns.filter((column) => isNumeric(column.type));
  const times = columns.filter((column) => isTime(column.type));
  return (
    <>
      <Field label={t('results.time')}>
        <Select
          label={t('results.time')}
          value={draft.time ?? NO_TIME}
          options={[{ value: NO_TIME, label: t('results.noTime') }, ...times.map(option)]}
          onChange={(time) =>
            onChange({
              ...chooseView(columns, { time: time === NO_TIME ? '' : time }),
              ...chosen(draft),
              time: time === NO_TIME ? null : time,
            })
          }
        />
      </Field>
      <Field label={t('results.keyColumns')} note={t('results.keyNote')}>
        <fieldset className={style.keys} aria-label={t('results.keyColumns')}>
          {columns
            .filter((column) => column.name !== draft.time && column.name !== draft.value)
            .map((column) => (
              <Toggle
                key={column.name}
                label={column.name}
                checked={draft.keys.includes(column.name)}
                onChange={(on) =>
                  onChange({ ...draft, keys: on ? [...draft.keys, column.name] : draft.keys.filter((key) => key !== column.name) })
                }
              />
            ))}
        </fieldset>
      </Field>
      <Field label={t('results.value')}>
        <Select
          label={t('results.value')}
          value={draft.value ?? ''}
          placeholder={t('results.noNumber')}
          options={numbers.map(option)}
          onChange={(value) => onChange({ ...draft, value, unit: unitOf(value), keys: draft.keys.filter((key) => key !== value) })}
        />
      </Field>
    </>
  );
}

/** What was picked stays when the time axis changes; whether it is a window's follows from the axis. */
function chosen({ look, keys, value, unit, threshold }: ResultView): Omit<ResultView, 'time' | 'windowed'> {
  return { look, keys, value, unit, threshold };
}

interface FieldProps {
  readonly label: string;
  readonly note?: string;
  readonly bad?: boolean;
  readonly children: ReactNode;
}

function Field({ label, note, bad = false, children }: FieldProps) {
  return (
    <div className={style.field}>
      <span className={style.fieldLabel} aria-hidden="true">
        {label}
      </span>
      {children}
      {note === undefined ? null : (
        <span className={style.fieldNote} data-tone={bad ? 'bad' : undefined}>
          {note}
        </span>
      )}
    </div>
  );
}
