/** Columns that arrive at a node and leave it, port by port. */
import { Clock, Columns3, KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import { printType } from '../../engine/types/print-type.ts';
import type { ChangelogMode, Schema } from '../../engine/types/schema.ts';
import { words } from '../strings/language.ts';
import { Empty } from '../ui/Empty.tsx';
import style from './inspector.module.css';

export function ColumnLists({ node }: { readonly node: ResolvedNode }) {
  const { t } = useTranslation();
  return (
    <>
      {node.inputs.map((input) => (
        <ColumnList
          key={`in ${input.port.name}`}
          title={`${t('inspector.columnsIn')} · ${words(input.port.label)}`}
          schema={input.schema}
          changelog={input.changelog}
        />
      ))}
      {node.outputs.map((output) => (
        <ColumnList
          key={`out ${output.port.name}`}
          title={`${t('inspector.columnsOut')} · ${words(output.port.label)}`}
          schema={output.schema}
          changelog={output.changelog}
        />
      ))}
    </>
  );
}

interface ColumnListProps {
  readonly title: string;
  readonly schema: Schema;
  readonly changelog: ChangelogMode;
  readonly keys?: readonly string[];
}

export function ColumnList({ title, schema, changelog, keys = [] }: ColumnListProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={title}>
      <div className={style.columnsHead}>
        <strong>{title}</strong>
        <span>{t(`inspector.${changelog}`)}</span>
      </div>
      {schema.fields.length === 0 ? (
        <Empty title={t('inspector.noColumns')} text={t('inspector.noColumnsText')} />
      ) : (
        <ul className={style.columnList}>
          {schema.fields.map((field) => (
            <li key={field.name} className={style.column}>
              {field.name === schema.rowtime ? (
                <Clock size={13} strokeWidth={1.75} className={style.time} />
              ) : keys.includes(field.name) ? (
                <KeyRound size={13} strokeWidth={1.75} className={style.key} />
              ) : (
                <Columns3 size={13} strokeWidth={1.75} />
              )}
              <span className={style.columnName} title={field.name} data-truncates="">
                {field.name}
              </span>
              <span className={style.columnType} title={printType(field.type)} data-truncates="">
                {printType(field.type)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
