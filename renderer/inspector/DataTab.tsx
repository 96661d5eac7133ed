/** One row of the preview as it arrives at the node and as it leaves, column by column, with what the node changed. */
import { ChevronLeft, ChevronRight, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { JsonValue } from '../../engine/base/json.ts';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import type { NodePreview, PreviewRows } from '../preview/node-preview.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Empty } from '../ui/Empty.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Select } from '../ui/Select.tsx';
import style from './data-tab.module.css';

const ICON = { size: 14, strokeWidth: 1.75 };

export function DataTab({ node }: { readonly node: NodeSpec }) {
  const { preview, checks } = useDesigner();
  const { t } = useTranslation();
  const rows = useStore(preview, () => preview.of(node.id));
  const waiting = useStore(preview, (state) => state.waiting);
  const failure = useStore(preview, (state) => state.error);
  const resolved = useStore(checks, (state) => state.nodes.get(node.id));
  const [chosen, setChosen] = useState('');
  if (rows === null || rows.error !== null)
    return (
      <Empty
        title={waiting ? t('record.waiting') : t('record.none')}
        text={rows?.error?.message ?? failure?.message ?? t('record.noneText')}
      />
    );
  const outputs = resolved?.outputs.map((output) => ({ value: output.port.name, label: words(output.port.label) })) ?? [];
  const port = outputs.some((output) => output.value === chosen) ? chosen : (outputs[0]?.value ?? '');
  return (
    <div className={style.data} data-stale={rows.stale}>
      {outputs.length > 1 ? <Select label={t('record.output')} value={port} options={outputs} onChange={setChosen} /> : null}
      <Records key={port} rows={rows} port={port} />
    </div>
  );
}

function Records({ rows, port }: { readonly rows: NodePreview; readonly port: string }) {
  const { t } = useTranslation();
  const { preview } = useDesigner();
  const [index, setIndex] = useState(0);
  const input = [...rows.inputs.values()][0] ?? null;
  const output = rows.outputs.get(port) ?? null;
  const shown = output ?? input;
  const count = shown?.rows.length ?? 0;
  const at = Math.min(index, Math.max(0, count - 1));
  const before = output === null ? at : output.from === null ? null : (output.from[at] ?? null);
  if (shown === null || count === 0) return <Empty title={t('record.empty')} text={t('record.emptyText')} />;
  return (
    <>
      <div className={style.bar}>
        <IconButton
          small
          label={t('record.previous')}
          disabled={at === 0}
          icon={<ChevronLeft {...ICON} />}
          onClick={() => setIndex(at - 1)}
        />
        <span className={style.place}>{t('record.row', { row: at + 1, count })}</span>
        <IconButton
          small
          label={t('record.next')}
          disabled={at >= count - 1}
          icon={<ChevronRight {...ICON} />}
          onClick={() => setIndex(at + 1)}
        />
        {rows.stale ? <span className={style.stale}>{t('record.stale')}</span> : null}
        <span className={style.fill} />
        <IconButton small label={t('record.refresh')} icon={<RefreshCw {...ICON} />} onClick={() => preview.request()} />
      </div>
      <Record before={before === null ? null : input} beforeIndex={before ?? 0} after={output} afterIndex={at} />
    </>
  );
}

interface RecordProps {
  readonly before: PreviewRows | null;
  readonly beforeIndex: number;
  readonly after: PreviewRows | null;
  readonly afterIndex: number;
}

function Record({ before, beforeIndex, after, afterIndex }: RecordProps) {
  const { t } = useTranslation();
  const old = before?.rows[beforeIndex];
  const now = after?.rows[afterIndex];
  const names = [...new Set([...(after?.columns ?? []), ...(before?.columns ?? [])].map((column) => column.name))];
  const both = old !== undefined && now !== undefined;
  return (
    <table className={style.record}>
      <thead>
        <tr>
          <th scope="col">{t('record.column')}</th>
          {old === undefined ? null : <th scope="col">{t('inspector.columnsIn')}</th>}
          {now === undefined ? null : <th scope="col">{t('inspector.columnsOut')}</th>}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const changed = both && JSON.stringify(old[name]) !== JSON.stringify(now[name]);
          return (
            <tr key={name} data-changed={changed}>
              <th scope="row" data-truncates="" title={name}>
                {name}
              </th>
              {old === undefined ? null : <Cell value={old[name]} />}
              {now === undefined ? null : <Cell value={now[name]} />}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Cell({ value }: { readonly value: JsonValue | undefined }) {
  const text = value === undefined ? '–' : value === null ? 'NULL' : typeof value === 'string' ? value : JSON.stringify(value);
  return (
    <td data-truncates="" title={text} data-null={value === null || value === undefined}>
      {text}
    </td>
  );
}
