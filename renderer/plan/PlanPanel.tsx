/** What the engine will run: tasks with their chains, how rows cross between them and why there, and the workers they share. */
import { Network } from 'lucide-react';
import { Fragment } from 'react';
import type { PlanView, PlanViewExchange, PlanViewNode, PlanViewTask } from '../../engine/host/contract.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Empty } from '../ui/Empty.tsx';
import style from './plan.module.css';
import { usePlan } from './use-plan.ts';

const ICON = <Network size={20} strokeWidth={1.75} />;

export function PlanPanel() {
  const { documents } = useDesigner();
  const { t } = useTranslation();
  const empty = useStore(documents, (state) => state.document.nodes.length === 0);
  const shown = usePlan();
  if (empty) return <Empty icon={ICON} title={t('plan.nothing')} text={t('plan.nothingText')} />;
  if (shown.kind === 'plan') return <Plan plan={shown.plan} />;
  if (shown.kind === 'asking') return <Empty icon={ICON} title={t('plan.asking')} text={t('plan.nothingText')} />;
  return shown.kind === 'none' ? (
    <Empty icon={ICON} title={t('plan.errors')} text={t('plan.errorsText')} />
  ) : (
    <Empty icon={ICON} title={t('plan.lost')} text={t('plan.lostText')} />
  );
}

function Plan({ plan }: { readonly plan: PlanView }) {
  const { t } = useTranslation();
  return (
    <div className={style.plan} data-plan="">
      <p className={style.summary}>
        {t('plan.tasks', { count: plan.tasks.length })} · {t('plan.parallelism', { count: plan.parallelism })} ·{' '}
        {t('plan.keyGroups', { count: plan.maxParallelism })}
      </p>
      <ol className={style.tasks} aria-label={t('plan.tasksLabel')}>
        {plan.tasks.map((task) => (
          <Task key={task.index} task={task} leaving={plan.exchanges.filter((exchange) => exchange.fromTask === task.index)} />
        ))}
      </ol>
      <Workers plan={plan} />
    </div>
  );
}

function Task({ task, leaving }: { readonly task: PlanViewTask; readonly leaving: readonly PlanViewExchange[] }) {
  const { t } = useTranslation();
  const groups = task.keyGroups?.map(({ start, end }) => (start > end ? '–' : `${start}–${end}`));
  return (
    <li className={style.task} data-task={task.index}>
      <div className={style.taskHead}>
        <strong>{t('plan.task', { number: task.index + 1 })}</strong>
        <span className={style.badge}>{t('plan.subtasks', { count: task.parallelism })}</span>
      </div>
      <div className={style.chain}>
        {task.operators.map(({ nodes, follows }, index) => (
          <Fragment key={nodes[0].nodeId}>
            {index === 0 ? null : <span className={style.link}>{follows ? '→' : ','}</span>}
            <span className={nodes.length > 1 ? style.loop : style.single} title={nodes.length > 1 ? t('plan.loop') : undefined}>
              {nodes.map((node) => (
                <NodeButton key={node.nodeId} node={node} />
              ))}
            </span>
          </Fragment>
        ))}
      </div>
      {groups === undefined ? null : <p className={style.groups}>{t('plan.ownGroups', { groups: groups.join(' · ') })}</p>}
      {leaving.length === 0 ? null : (
        <ul className={style.exchanges}>
          {leaving.map((exchange) => (
            <Exchange key={exchange.edgeIds.join(' ')} exchange={exchange} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Exchange({ exchange }: { readonly exchange: PlanViewExchange }) {
  const { t } = useTranslation();
  const { toTask, to, partitioning, columns, channels, because } = exchange;
  return (
    <li data-because={because} data-partitioning={partitioning}>
      <span className={style.way}>{t(`plan.ways.${partitioning}`, { columns: columns.join(', ') })}</span>{' '}
      {t('plan.into', { number: toTask + 1 })} <NodeButton node={to} />
      <span className={style.because}>
        {t(`plan.breaks.${because}`)} · {t('plan.channels', { count: channels })}
      </span>
    </li>
  );
}

function NodeButton({ node }: { readonly node: PlanViewNode }) {
  const designer = useDesigner();
  const show = (): void => {
    designer.selection.select([node.nodeId]);
    designer.canvas?.reveal(node.nodeId);
  };
  return (
    <button type="button" className={style.node} onClick={show}>
      {node.label}
    </button>
  );
}

function Workers({ plan }: { readonly plan: PlanView }) {
  const { t } = useTranslation();
  return (
    <table className={style.workers} aria-label={t('plan.workers')}>
      <thead>
        <tr>
          <th scope="col">{t('plan.worker')}</th>
          <th scope="col">{t('plan.shares')}</th>
        </tr>
      </thead>
      <tbody>
        {plan.workers.map(({ index, tasks }) => (
          <tr key={index}>
            <td>{index}</td>
            <td>{tasks.map((task) => t('plan.subtaskOf', { subtask: index, number: task + 1 })).join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
