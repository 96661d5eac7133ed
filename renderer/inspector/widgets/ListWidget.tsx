/** Repeated groups of plain fields, each group a small card. */
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { JsonObject, JsonValue } from '../../../engine/base/json.ts';
import type { AnyField, Fields, ListField } from '../../../engine/spec/fields.ts';
import { isVisible } from '../../../engine/spec/read-config.ts';
import { words } from '../../strings/language.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import inspector from '../inspector.module.css';
import type { WidgetProps } from '../widget.ts';
import { listOf, objectOf, withItem } from '../widget.ts';
import style from './widgets.module.css';

export function ListWidget({ field, value, problems, path, context, onChange }: WidgetProps<ListField>) {
  const { t } = useTranslation();
  const items = listOf(value).map(objectOf);
  const fields = field.item as Fields;
  const itemLabel = words(field.itemLabel);
  const full = field.countMax !== undefined && items.length >= field.countMax;
  return (
    <div className={style.stack}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
        <fieldset key={index} className={style.card} aria-label={`${itemLabel} ${index + 1}`}>
          <div className={style.cardHead}>
            <span>
              {itemLabel} {index + 1}
            </span>
            <IconButton
              small
              label={t('field.remove', { name: `${itemLabel} ${index + 1}` })}
              icon={<X size={13} strokeWidth={1.75} />}
              onClick={() => onChange(withItem(items, index, undefined))}
            />
          </div>
          <div className={inspector.fields}>
            {Object.entries(fields)
              .filter(([, inner]: [string, AnyField]) => isVisible(fields, inner, item))
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
      ))}
      <Button
        small
        look="ghost"
        className={style.add}
        disabled={full}
        icon={<Plus size={14} strokeWidth={1.75} />}
        onClick={() => onChange([...items, {}])}
      >
        {t('field.addItem')}
      </Button>
    </div>
  );
}

function withField(item: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...item, [name]: value };
  const { [name]: _removed, ...rest } = item;
  return rest;
}
