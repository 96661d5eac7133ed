/** Names of list entries: output columns, aggregates, routes, columns of a schema. */
import type { JsonValue } from '../../../engine/base/json.ts';
import type { WidgetProps } from '../widget.ts';
import { textOf } from '../widget.ts';

/** A name that others may use takes them along; elsewhere it is a change like any other. */
export function editName(props: Pick<WidgetProps, 'path' | 'context' | 'onChange'>, place: string, value: JsonValue): void {
  if (props.context.renaming === null) props.onChange(value);
  else props.context.renaming.edit(props.path, place, value);
}

export function namesOf(entries: readonly { readonly [name: string]: JsonValue }[]): readonly string[] {
  return entries.map((entry) => textOf(entry['name']));
}
