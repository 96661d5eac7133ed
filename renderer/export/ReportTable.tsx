/** Node by node what carries over to each text target. */
import { Check, CircleAlert, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { NodeSpec } from '../../engine/spec/document.ts';
import { nodeLabel, nodeShape } from '../document/definitions.ts';
import { NodeIcon } from '../palette/NodeIcon.tsx';
import { currentLanguage } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { classes } from '../ui/classes.ts';
import style from './export.module.css';
import type { Fate, TextExports, TextTarget } from './export-texts.ts';
import { fateOf } from './export-texts.ts';

const ICON = { size: 16, strokeWidth: 1.75 };
const FATE_ICONS: { readonly [F in Fate]: ReactNode } = {
  same: <Check {...ICON} />,
  note: <CircleAlert {...ICON} />,
  unsupported: <X {...ICON} />,
  'left-out': <Minus {...ICON} />,
  off: <Minus {...ICON} />,
};
const FATES: readonly Fate[] = ['same', 'note', 'unsupported', 'left-out'];
const COLUMNS: readonly TextTarget[] = ['spec', 'flink-sql'];

interface ReportTableProps {
  readonly nodes: readonly NodeSpec[];
  readonly target: TextTarget;
  readonly exports: TextExports;
  readonly leftOut: Pick<ReadonlySet<string>, 'has'>;
}

export function ReportTable({ nodes, target, exports, leftOut }: ReportTableProps) {
  const { t } = useTranslation();
  const counts = FATES.map((fate) => ({
    fate,
    count: nodes.filter((node) => fateOf(node.id, target, exports[target], leftOut) === fate).length,
  }));
  return (
    <section aria-label={t('export.report')}>
      <header className={style.reportHead}>
        <h3>{t('export.report')}</h3>
        <p className={style.counts}>
          {counts
            .filter(({ fate, count }) => count > 0 || fate === 'same')
            .map(({ fate, count }) => (
              <span key={fate} data-fate-count={fate}>
                <span className={style[`fate-${fate}`]}>{FATE_ICONS[fate]}</span>
                {t('export.fateCount', { fate: t(`export.fate.${fate}`), count })}
              </span>
            ))}
        </p>
      </header>
      <div className={style.tableBox}>
        <table className={style.table}>
          <thead>
            <tr>
              <th scope="col">{t('export.node')}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={style.fateColumn}>
                  {t(`export.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => (
              <NodeRow key={node.id} node={node} target={target} exports={exports} leftOut={leftOut} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function NodeRow({ node, target, exports, leftOut }: Omit<ReportTableProps, 'nodes'> & { readonly node: NodeSpec }) {
  const { t } = useTranslation();
  const label = nodeLabel(node, currentLanguage());
  return (
    <tr data-report-node={node.id}>
      <th scope="row">
        <span className={style.nodeCell}>
          <NodeIcon type={node.type} category={nodeShape(node).category} icon={nodeShape(node).icon} />
          <span className={style.nodeName} data-truncates="" title={label}>
            {label}
          </span>
        </span>
      </th>
      {COLUMNS.map((column) => {
        const fate = fateOf(node.id, column, exports[column], leftOut);
        return (
          <td key={column} className={classes(style.fateColumn, column === target && style.chosenColumn)} data-fate={fate ?? 'unknown'}>
            {fate === null ? (
              '–'
            ) : (
              <span className={style[`fate-${fate}`]} title={t(`export.fate.${fate}`)}>
                {FATE_ICONS[fate]}
                <span className="visually-hidden">{t(`export.fate.${fate}`)}</span>
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
