/** The plan as people look at it, in the designer and on the command line. */
import { keyGroupRangeOf } from '../../columnar/key-groups.ts';
import type { PlanView, PlanViewExchange, PlanViewNode, PlanViewTask } from '../../host/contract.ts';
import type { ResolvedGraph, ResolvedNode } from '../../spec/resolved-graph.ts';
import { type Layout, layOut } from './lay-out.ts';
import { countChannels, type PlanEdge, type PlanTask, spreadColumns } from './physical-plan.ts';

export function describePlan(graph: ResolvedGraph): PlanView {
  const { parallelism } = graph.job;
  const layout = layOut(graph, parallelism);
  const { maxParallelism } = graph.job;
  const workers = Math.max(1, ...layout.tasks.map((task) => task.parallelism));
  return {
    parallelism,
    maxParallelism,
    tasks: layout.tasks.map((task) => describeTask(task, layout, maxParallelism)),
    exchanges: layout.edges.filter((edge) => !edge.direct).map((edge) => describeExchange(edge, layout)),
    workers: Array.from({ length: workers }, (_, index) => ({
      index,
      tasks: layout.tasks.filter((task) => index < task.parallelism).map((task) => task.index),
    })),
  };
}

function describeTask(task: PlanTask, layout: Layout, maxParallelism: number): PlanViewTask {
  const { index, parallelism } = task;
  const keyed = task.operators.some((operator) => layout.operators[operator].group.nodes[0].inputs.some(isKeyed));
  return {
    index,
    parallelism,
    operators: task.operators.map((operator, at) => ({
      nodes: layout.operators[operator].group.nodes.map(nameNode),
      follows: layout.edges.some((edge) => edge.direct && edge.to === operator && edge.from === task.operators[at - 1]),
    })),
    keyGroups: keyed ? Array.from({ length: parallelism }, (_, subtask) => keyGroupRangeOf(subtask, maxParallelism, parallelism)) : null,
  };
}

function isKeyed({ edges }: ResolvedNode['inputs'][number]): boolean {
  return edges.some((edge) => edge.exchange.kind === 'hash');
}

function describeExchange(edge: PlanEdge, { operators, breaks, wired }: Layout): PlanViewExchange {
  const from = operators[edge.from];
  const to = operators[edge.to];
  const because = breaks[edge.index];
  if (because === null) throw new Error('assertion failed: only a direct call has no reason to be an exchange');
  const asked = wired.find((each) => each.documentEdges === edge.documentEdges)?.partitioning ?? edge.partitioning;
  // To a single subtask every way of spreading is the same; people still want to know what they asked for.
  const partitioning = asked.kind !== 'forward' ? asked : from.parallelism === to.parallelism ? asked : ({ kind: 'rebalance' } as const);
  return {
    edgeIds: edge.documentEdges,
    fromTask: from.task,
    toTask: to.task,
    from: nameNode(from.group.nodes[from.group.nodes.length - 1]),
    to: nameNode(to.group.nodes[0]),
    partitioning: partitioning.kind,
    columns: spreadColumns(partitioning),
    channels: countChannels(edge, from.parallelism, to.parallelism),
    because,
  };
}

function nameNode({ id, label, type }: ResolvedNode): PlanViewNode {
  return { nodeId: id, label, type };
}
