/** Form fields that nodes with a process function share, and what they make of the states that a person declared. */
import type { Field } from '../../types/logical-type.ts';
import { notNull } from '../../types/make-type.ts';
import { parseType } from '../../types/parse-type.ts';
import type { Schema } from '../../types/schema.ts';
import type { ConfigOf } from '../fields.ts';
import { choiceField, durationField, listField, schemaField, textField, typeField, when, whenSet } from '../fields.ts';
import { text } from '../text.ts';
import type { CodeState } from './code-types.ts';

const NAME_PATTERN = '[A-Za-z_][A-Za-z0-9_]*';
const NAME_HELP = text({ en: 'letters, digits and _, not beginning with a digit', zh: '字母、数字和 _，不以数字开头' });

const nameField = textField({
  label: text({ en: 'Name', zh: '名称' }),
  pattern: NAME_PATTERN,
  patternHelp: NAME_HELP,
  lengthMax: 64,
});

export const outputColumnsField = schemaField({
  label: text({ en: 'Output columns', zh: '输出列' }),
  help: text({ en: 'Of the rows that the code emits. Empty: the columns of the input.', zh: '代码输出的行所含的列。留空则与输入相同。' }),
  emptyAllowed: true,
  default: [],
});

export const sideOutputsField = listField({
  label: text({ en: 'Side outputs', zh: '侧输出' }),
  help: text({
    en: 'Further ways out with the same columns; in code “out.emitTo("NAME", row)”.',
    zh: '列相同的其他输出；在代码中为“out.emitTo("名称", row)”。',
  }),
  itemLabel: text({ en: 'Side output', zh: '侧输出' }),
  item: { name: nameField },
  default: [],
});

const keptTypeField = typeField({
  label: text({ en: 'Type of what is kept', zh: '所保存内容的类型' }),
  help: text({
    en: 'Of a value, an element, an entry or an accumulator. Several values: ROW<sum DOUBLE NOT NULL, rows BIGINT NOT NULL>, an object in code.',
    zh: '值、元素、条目或累加器的类型。多个值：ROW<sum DOUBLE NOT NULL, rows BIGINT NOT NULL>，在代码中是对象。',
  }),
  placeholder: 'BIGINT',
  default: 'BIGINT',
});

const redistributionOptions = {
  label: text({ en: 'With another parallelism', zh: '并行度改变时' }),
  options: [
    { value: 'split', label: text({ en: 'split: each value goes to one subtask', zh: '拆分：每个值分给一个子任务' }) },
    { value: 'union', label: text({ en: 'union: every subtask gets all values', zh: '合并：每个子任务得到全部值' }) },
  ],
} as const;

/** Kinds of state that belong to a key. */
const KEYED_KINDS = ['value', 'list', 'map', 'reducing', 'aggregating'] as const;

const state = {
  name: nameField,
  kind: choiceField({
    label: text({ en: 'Kind', zh: '种类' }),
    options: [
      { value: 'value', label: text({ en: 'One value', zh: '单个值' }) },
      { value: 'list', label: text({ en: 'A list', zh: '列表' }) },
      { value: 'map', label: text({ en: 'A map', zh: '映射' }) },
      {
        value: 'reducing',
        label: text({ en: 'Reducing', zh: '归约' }),
        help: text({
          en: 'Every value added is merged into one; the code says how: “const states: StateFunctions = { NAME: (kept, added) => … }”.',
          zh: '每个添加的值都并入一个值；由代码决定方式：“const states: StateFunctions = { 名称: (kept, added) => … }”。',
        }),
      },
      {
        value: 'aggregating',
        label: text({ en: 'Aggregating', zh: '聚合' }),
        help: text({
          en: 'Values added go into an accumulator, of which a result is read: “const states: StateFunctions = { NAME: { createAccumulator, add, getResult } }”.',
          zh: '添加的值进入累加器，再从中读出结果：“const states: StateFunctions = { 名称: { createAccumulator, add, getResult } }”。',
        }),
      },
      {
        value: 'operator-list',
        label: text({ en: 'Operator list', zh: '算子列表' }),
        help: text({
          en: "A list of the subtask, not of a key: Flink's ListState of a CheckpointedFunction.",
          zh: '属于子任务而非键的列表：即 Flink 的 CheckpointedFunction 的 ListState。',
        }),
      },
    ],
  }),
  redistribution: choiceField({ ...redistributionOptions, visibleWhen: when('kind', 'operator-list') }),
  keyType: typeField({
    label: text({ en: 'Type of its keys', zh: '映射键的类型' }),
    placeholder: 'STRING',
    visibleWhen: when('kind', 'map'),
    default: 'STRING',
  }),
  addedType: typeField({
    label: text({ en: 'Type of what is added', zh: '所添加值的类型' }),
    placeholder: 'DOUBLE',
    visibleWhen: when('kind', 'aggregating'),
    default: 'DOUBLE',
  }),
  type: keptTypeField,
  resultType: typeField({
    label: text({ en: 'Type of its result', zh: '结果的类型' }),
    placeholder: 'DOUBLE',
    visibleWhen: when('kind', 'aggregating'),
    default: 'DOUBLE',
  }),
  forgetAfter: durationField({
    label: text({ en: 'Forget after', zh: '多久后忘记' }),
    whenEmpty: text({ en: 'never', zh: '从不' }),
    help: text({ en: 'By the clock; each list element and map entry on its own.', zh: '按时钟计算；列表元素和映射条目各自计算。' }),
    minimumMs: 1,
    optional: true,
    visibleWhen: when('kind', ...KEYED_KINDS),
  }),
  forgetFrom: choiceField({
    label: text({ en: 'Counted from', zh: '起算点' }),
    options: [
      { value: 'OnCreateAndWrite', label: text({ en: 'its last write', zh: '最后一次写入' }) },
      { value: 'OnReadAndWrite', label: text({ en: 'its last read or write', zh: '最后一次读或写' }) },
    ],
    visibleWhen: whenSet('forgetAfter'),
  }),
  forgotten: choiceField({
    label: text({ en: 'Once forgotten', zh: '忘记之后' }),
    options: [
      { value: 'NeverReturnExpired', label: text({ en: 'is never read again', zh: '不再被读到' }) },
      {
        value: 'ReturnExpiredIfNotCleanedUp',
        label: text({ en: 'may be read until it is cleaned up', zh: '清理之前仍可能被读到' }),
      },
    ],
    visibleWhen: whenSet('forgetAfter'),
  }),
};

export const statesField = listField({
  label: text({ en: 'State', zh: '状态' }),
  help: text({
    en: 'Kept per key (an operator list: per subtask), part of every checkpoint; in code “ctx.state.NAME”.',
    zh: '按键保存（算子列表按子任务保存），随检查点保存；在代码中为“ctx.state.名称”。',
  }),
  itemLabel: text({ en: 'State', zh: '状态' }),
  item: state,
  default: [],
});

const operatorList = { name: nameField, type: keptTypeField, redistribution: choiceField(redistributionOptions) };

/** For code without keys. */
export const operatorListsField = listField({
  label: text({ en: 'Operator lists', zh: '算子列表' }),
  help: text({
    en: 'State of the subtask, part of every checkpoint; in code “ctx.state.NAME”.',
    zh: '子任务的状态，随检查点保存；在代码中为“ctx.state.名称”。',
  }),
  itemLabel: text({ en: 'Operator list', zh: '算子列表' }),
  item: operatorList,
  default: [],
});

const broadcastMap = {
  name: nameField,
  keyType: typeField({
    label: text({ en: 'Type of its keys', zh: '映射键的类型' }),
    placeholder: 'STRING',
    default: 'STRING',
  }),
  type: keptTypeField,
};

/** For code with a broadcast input. */
export const broadcastStatesField = listField({
  label: text({ en: 'Broadcast state', zh: '广播状态' }),
  help: text({
    en: 'Maps that every subtask holds whole: written for rows of the second input, read for those of the first; in code “ctx.state.NAME”.',
    zh: '每个子任务都完整保存的映射：处理第二个输入的行时写入，处理第一个输入的行时读取；在代码中为“ctx.state.名称”。',
  }),
  itemLabel: text({ en: 'Map', zh: '映射' }),
  item: broadcastMap,
  default: [],
});

export function codeBroadcastOf(maps: readonly ConfigOf<typeof broadcastMap>[]): CodeState[] {
  return maps.flatMap((map) => {
    const [type, keyType] = [readType(map.type), readType(map.keyType)];
    return type === null || keyType === null ? [] : [{ name: map.name, kind: 'broadcast', type, keyType, aggregate: null, expiry: null }];
  });
}

type DeclaredList = ConfigOf<typeof operatorList>;

export function codeListsOf(lists: readonly DeclaredList[]): CodeState[] {
  return lists.flatMap(({ name, type, redistribution }) => {
    const read = readType(type);
    return read === null ? [] : [{ name, kind: 'operator-list', type: read, keyType: null, aggregate: null, expiry: null, redistribution }];
  });
}

export type DeclaredState = ConfigOf<typeof state>;

/** Null where a type cannot be read: the check names it. */
export function codeStateOf(declared: DeclaredState): CodeState | null {
  const { name, kind, forgetAfter, forgetFrom, forgotten, redistribution } = declared;
  const type = readType(declared.type);
  const keyType = kind === 'map' ? readType(declared.keyType) : null;
  const [added, result] = kind === 'aggregating' ? [readType(declared.addedType), readType(declared.resultType)] : [null, null];
  if (type === null || (kind === 'map' && keyType === null)) return null;
  if (kind === 'aggregating' && (added === null || result === null)) return null;
  return {
    name,
    kind,
    type,
    keyType,
    aggregate: added === null || result === null ? null : { added, result },
    expiry: forgetAfter === null || kind === 'operator-list' ? null : { ms: forgetAfter, update: forgetFrom, visibility: forgotten },
    ...(kind === 'operator-list' ? { redistribution } : {}),
  };
}

export function codeStatesOf(states: readonly DeclaredState[]): CodeState[] {
  return states.flatMap((declared) => codeStateOf(declared) ?? []);
}

function readType(text: string) {
  const parsed = parseType(text);
  return 'type' in parsed ? notNull(parsed.type) : null;
}

/** Event time goes on where its column does. */
export function emittedSchema(fields: readonly Field[], { rowtime }: Schema): Schema {
  const kept = fields.some(
    ({ name, type }) => name === rowtime && (type.kind === 'TIMESTAMP' || type.kind === 'TIMESTAMP_LTZ') && type.precision <= 3,
  );
  return kept && rowtime !== undefined ? { fields, rowtime } : { fields };
}
