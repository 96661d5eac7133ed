/**
 * What differs between two versions of a pipeline, thing by thing and field by field: nodes are followed by their id, so a
 * rename is a change; edges by what they join; moves are no difference. Pure.
 */
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { EdgeSpec, NodeSpec, PipelineDocument } from '../../engine/spec/document.ts';
import type { Fields } from '../../engine/spec/fields.ts';
import { jobFields } from '../../engine/spec/job-settings.ts';
import { nodeRunFields, nodeRunJson } from '../../engine/spec/node-run.ts';
import type { Text } from '../../engine/spec/text.ts';
import { sameText } from '../../engine/spec/text.ts';
import { nodeShape } from '../document/definitions.ts';
import { differingValues } from './differing-values.ts';

export type ChangeKind = 'added' | 'changed' | 'removed';

/** Places of a thing that are no field of its definition; the page has words for them. */
export type OwnField = 'label' | 'type' | 'switchedOff' | 'from' | 'to' | 'text' | 'members' | 'pipelineName';

export interface FieldChange {
  /** Words of the field, or the name of one of `OwnField`. */
  readonly field: Text | OwnField;
  /** Where inside the field's value: `total`, `expression`; empty: the whole value. */
  readonly path: readonly string[];
  /** Null: absent. */
  readonly before: string | null;
  readonly after: string | null;
}

export type DifferenceSubject =
  | { readonly kind: 'node'; readonly node: NodeSpec }
  | { readonly kind: 'edge'; readonly edge: EdgeSpec }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'group'; readonly label: string }
  | { readonly kind: 'job' };

export interface Difference {
  /** Unique among the differences: `node filter`, `edge e1`, `job`. */
  readonly key: string;
  readonly change: ChangeKind;
  /** As it is after the change; of something removed, as it was. */
  readonly subject: DifferenceSubject;
  /** Of something changed. */
  readonly fields: readonly FieldChange[];
}

/** Nodes first, in the order of the pipeline, then edges, notes, groups and job settings. */
export function differencesOf(before: PipelineDocument, after: PipelineDocument): readonly Difference[] {
  return [
    ...ofNodes(before, after),
    ...ofEdges(before, after),
    ...ofNotes(before, after),
    ...ofGroups(before, after),
    ...ofJob(before, after),
  ];
}

function ofNodes(before: PipelineDocument, after: PipelineDocument): Difference[] {
  return pairs(before.nodes, after.nodes, (node) => node.id).flatMap(([old, node]): Difference[] => {
    const subject = node ?? old;
    if (subject === null) return [];
    const base = { key: `node ${subject.id}`, subject: { kind: 'node', node: subject } as const };
    if (old === null) return [{ ...base, change: 'added', fields: [] }];
    if (node === null) return [{ ...base, change: 'removed', fields: [] }];
    const fields = nodeChanges(old, node);
    return fields.length === 0 ? [] : [{ ...base, change: 'changed', fields }];
  });
}

function nodeChanges(old: NodeSpec, node: NodeSpec): FieldChange[] {
  return [
    ...own('label', old.label ?? null, node.label ?? null),
    ...own('type', old.type, node.type),
    ...own('switchedOff', String(old.disabled === true), String(node.disabled === true)),
    ...configChanges(nodeRunFields, nodeRunJson(old), nodeRunJson(node)),
    ...configChanges(nodeShape(node).definition?.fields ?? {}, old.config, node.config),
  ];
}

/** A value that is left out is the field's default; keys that no field has are compared as they are. */
function configChanges(fields: Fields, before: JsonObject, after: JsonObject): FieldChange[] {
  const names = [...new Set([...Object.keys(fields), ...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const valueIn = (config: JsonObject): JsonValue | undefined => (Object.hasOwn(config, name) ? config[name] : field?.default);
    return differingValues(valueIn(before), valueIn(after)).map((change) => ({ field: field?.label ?? sameText(name), ...change }));
  });
}

/** The same two ports are the same edge, whatever its id; what is left over with one id was rewired. */
function ofEdges(before: PipelineDocument, after: PipelineDocument): Difference[] {
  const ends = (edge: EdgeSpec) => `${edge.from.node}/${edge.from.port} ${edge.to.node}/${edge.to.port}`;
  const kept = new Set(after.edges.map(ends));
  const known = new Set(before.edges.map(ends));
  const gone = before.edges.filter((edge) => !kept.has(ends(edge)));
  const come = after.edges.filter((edge) => !known.has(ends(edge)));
  return pairs(gone, come, (edge) => edge.id).flatMap(([old, edge]): Difference[] => {
    const subject = edge ?? old;
    if (subject === null) return [];
    const change = old === null ? 'added' : edge === null ? 'removed' : 'changed';
    const fields =
      old === null || edge === null
        ? []
        : [
            ...own('from', `${old.from.node}.${old.from.port}`, `${edge.from.node}.${edge.from.port}`),
            ...own('to', `${old.to.node}.${old.to.port}`, `${edge.to.node}.${edge.to.port}`),
          ];
    return [
      {
        key: `edge ${change === 'removed' ? `${subject.id} ${ends(subject)}` : subject.id}`,
        change,
        subject: { kind: 'edge', edge: subject },
        fields,
      },
    ];
  });
}

function ofNotes(before: PipelineDocument, after: PipelineDocument): Difference[] {
  return pairs(before.drawing.notes ?? [], after.drawing.notes ?? [], (note) => note.id).flatMap(([old, note]): Difference[] => {
    const subject = { kind: 'note', text: note?.text ?? old?.text ?? '' } as const;
    const key = `note ${note?.id ?? old?.id ?? ''}`;
    return changeOf(key, subject, old === null, note === null, own('text', old?.text ?? null, note?.text ?? null));
  });
}

function ofGroups(before: PipelineDocument, after: PipelineDocument): Difference[] {
  return pairs(before.drawing.groups ?? [], after.drawing.groups ?? [], (group) => group.id).flatMap(([old, group]): Difference[] => {
    const subject = { kind: 'group', label: group?.label ?? old?.label ?? '' } as const;
    const members = (list: readonly string[] | undefined) => [...(list ?? [])].sort().join(', ');
    const fields = [
      ...own('label', old?.label ?? null, group?.label ?? null),
      ...own('members', members(old?.members), members(group?.members)),
    ];
    return changeOf(`group ${group?.id ?? old?.id ?? ''}`, subject, old === null, group === null, fields);
  });
}

function ofJob(before: PipelineDocument, after: PipelineDocument): Difference[] {
  const fields = [...own('pipelineName', before.name, after.name), ...configChanges(jobFields, before.job, after.job)];
  return changeOf('job', { kind: 'job' }, false, false, fields);
}

function changeOf(key: string, subject: DifferenceSubject, added: boolean, removed: boolean, fields: readonly FieldChange[]): Difference[] {
  if (added) return [{ key, change: 'added', subject, fields: [] }];
  if (removed) return [{ key, change: 'removed', subject, fields: [] }];
  return fields.length === 0 ? [] : [{ key, change: 'changed', subject, fields }];
}

function own(field: OwnField, before: string | null, after: string | null): FieldChange[] {
  return before === after ? [] : [{ field, path: [], before, after }];
}

/** In the order of `after`; what only `before` has comes last. */
function pairs<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): [T | null, T | null][] {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const current = new Set(after.map(keyOf));
  return [
    ...after.map((item): [T | null, T | null] => [old.get(keyOf(item)) ?? null, item]),
    ...before.filter((item) => !current.has(keyOf(item))).map((item): [T | null, T | null] => [item, null]),
  ];
}
