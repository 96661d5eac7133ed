/** Repeated groups of plain fields, each group a small card; as a strip, where the entries have an order to be seen, with one card open. */
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { JsonObject, JsonValue } from '../../../engine/base/json.ts';
import type { AnyField, Fields, ListField } from '../../../engine/spec/fields.ts';
import { isVisible } from '../../../engine/spec/read-config.ts';
import { words } from '../../strings/language.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import inspector from '../inspector.module.css';
import type { WidgetProps } from '../widget.ts';
import { listOf, moveItem, objectOf, problemsAt, withItem } from '../widget.ts';
import type { MoveEntry } from './EntryGrip.tsx';
import { EntryGrip, useEntryDrop } from './EntryGrip.tsx';
import { EntryStrip } from './EntryStrip.tsx';
import style from './widgets.module.css';

export function ListWidget(props: WidgetProps<ListField>) {
  const { field, value, problems, path, context, onChange } = props;
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(0);
  const items = listOf(value).map(objectOf);
  const full = field.countMax !== undefined && items.length >= field.countMax;
  const open = Math.min(chosen, items.length - 1);
  const { strip } = field;
  const move = (from: number, to: number) => {
    onChange(moveItem(items, from, to));
    setChosen(to);
  };
  return (
    <div className={style.stack} data-entries="">
      {strip === undefined ? null : (
        <EntryStrip
          label={words(field.label)}
          entries={strip(items, context.config)}
          open={open}
          isBad={(index) => problemsAt(problems, `${path}[${index}]`).length > 0}
          onOpen={setChosen}
          onMove={move}
        />
      )}
      {items.map((item, index) =>
        strip === undefined || index === open ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
          <EntryFields key={index} {...props} items={items} item={item} index={index} onMove={move} />
        ) : null,
      )}
      <Button
        small
        look="ghost"
        className={style.add}
        disabled={full}
        icon={<Plus size={14} strokeWidth={1.75} />}
        onClick={() => {
          onChange([...items, {}]);
          setChosen(items.length);
        }}
      >
        {t('field.addItem', { item: withinSentence(words(field.itemLabel)) })}
      </Button>
    </div>
  );
}

interface EntryFieldsProps extends WidgetProps<ListField> {
  readonly items: readonly JsonObject[];
  readonly item: JsonObject;
  readonly index: number;
  readonly onMove: MoveEntry;
}

/** The fields of one entry. */
function EntryFields({ field, problems, path, context, onChange, items, item, index, onMove }: EntryFieldsProps) {
  const { t } = useTranslation();
  const fields = field.item as Fields;
  const label = `${words(field.itemLabel)} ${index + 1}`;
  const drop = useEntryDrop(path, index, onMove);
  // In a strip the steps themselves are moved.
  const movable = field.strip === undefined && items.length > 1;
  const isWrong = (name: string) => problemsAt(problems, `${path}[${index}].${name}`).length > 0;
  return (
    <fieldset className={style.card} aria-label={label} {...(movable ? drop : {})}>
      <div className={style.cardHead}>
        <span className={style.cardName}>{label}</span>
        {movable ? <EntryGrip list={path} index={index} count={items.length} name={label} onMove={onMove} /> : null}
        <IconButton
          small
          label={t('field.remove', { name: label })}
          icon={<X size={13} strokeWidth={1.75} />}
          onClick={() => onChange(withItem(items, index, undefined))}
        />
      </div>
      <div className={inspector.fields}>
        {Object.entries(fields)
          .filter(
            ([name, inner]: [string, AnyField]) => isVisible(fields, inner, item) && (index > 0 || !inner.ofEntryBefore || isWrong(name)),
          )
          .map(([name, inner]) => (
            <context.Control
              key={name}
              name={name}
              path={`${path}[${index}].${name}`}
              field={inner}
              config={item}
              problems={problems}
              context={context}
              onChange={(next) => onChange(withItem(items, index, withField(item, name, next)))}
            />
          ))}
      </div>
    </fieldset>
  );
}

function withinSentence(name: string): string {
  return `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}

function withField(item: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...item, [name]: value };
  const { [name]: _removed, ...rest } = item;
  return rest;
}
