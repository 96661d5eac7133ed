/** What an editor is told of a code field: its language, and what the code may name where that is known. */
import type { CodeField } from '../../../engine/spec/fields.ts';
import type { CodeContext } from '../../code/code-context.ts';
import type { FieldContext } from '../widget.ts';

export function codeContextOf(field: CodeField, context: FieldContext): CodeContext {
  const schema = context.schema();
  const declarations = field.language === 'typescript' ? (context.declarations?.() ?? null) : null;
  if (declarations === null) return { mode: field.language === 'json' ? 'json' : 'plain', schema };
  return { mode: 'typescript', schema, declarations };
}
