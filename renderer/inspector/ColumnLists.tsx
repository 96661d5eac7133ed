/** Columns that arrive at a node and leave it, port by port, with what is new or changed; known before any run. */
import { Clock, Columns3, KeyRound } from 'lucide-react';
import type { ResolvedNode } from '../../engine/spec/resolved-graph.ts';
import { printBare, printType } from '../../engine/types/print-type.ts';
import type { ChangelogMode, Schema } from '../../engine/types/schema.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Empty } from '../ui/Empty.tsx';
import { ColumnMarks } from './ColumnMarks.tsx';
import type { ColumnUse } from './column-uses.ts';
import { keysOfInput, usesAtPort } from './column-uses.ts';
import style from './columns.module.css';

export function ColumnLists({ node }: { readonly node: ResolvedNode }) {
  const { t } = useTranslation();
  const arrived = node.inputs.map((input) => input.schema);
  const keys = node.inputs.flatMap((input) => keysOfInput(node, input.port.name));
  return (
    <>
      {node.inputs.map((input) => (
        <ColumnList
          key={`in ${input.port.name}`}
          title={t('inspector.columnsIn')}
          port={words(input.port.label)}
          schema={input.schema}
          changelog={input.changelog}
          uses={usesAtPort(input.schema, keysOfInput(node, input.port.name), [])}
        />
      ))}
      {node.outputs.map((output) => (
        <ColumnList
          key={`out ${output.port.name}`}
          title={t('inspector.columnsOut')}
          port={words(output.port.label)}
          schema={output.schema}
          changelog={output.changelog}
          uses={usesAtPort(output.schema, keys, arrived)}
        />
      ))}
    </>
  );
}

interface ColumnListProps {
  readonly title: string;
  readonly port?: string;
  readonly schema: Schema;
  readonly changelog: ChangelogMode;
  readonly uses: ReadonlyMap<string, ColumnUse>;
}

export function ColumnList({ title, port, schema, changelog, uses }: ColumnListProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={port === undefined ? title : `${title} · ${port}`}>
      <div className={style.head}>
        <strong>{title}</strong>
        {port === undefined ? null : <span>{port}</span>}
        <span>{t(`inspector.${changelog}`)}</span>
      </div>
      {schema.fields.length === 0 ? (
        <Empty title={t('inspector.noColumns')} text={t('inspector.noColumnsText')} />
      ) : (
        <ul className={style.list}>
          {schema.fields.map((field) => {
            const use = uses.get(field.name);
            return (
              <li key={field.name} className={style.column}>
                {use?.time === true ? (
                  <Clock size={13} strokeWidth={1.75} className={style.time} />
                ) : use?.keyed === true ? (
                  <KeyRound size={13} strokeWidth={1.75} className={style.key} />
                ) : (
                  <Columns3 size={13} strokeWidth={1.75} />
                )}
                <span className={style.name} title={field.name} data-truncates="">
                  {field.name}
                </span>
                <span className={style.type} title={printType(field.type)} data-truncates="">
                  {printBare(field.type)}
                </span>
                {use === undefined ? null : <ColumnMarks use={use} />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
