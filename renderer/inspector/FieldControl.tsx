/** One field of a form: label with its help, the widget of its kind, what is wrong with it and the way out. */
import { CircleX, TriangleAlert, WandSparkles } from 'lucide-react';
import type { FC } from 'react';
import { useId } from 'react';
import { durationUnreadable } from '../../engine/spec/field-problems.ts';
import type { AnyField } from '../../engine/spec/fields.ts';
import type { Problem } from '../../engine/spec/problem.ts';
import { ActionButton } from '../actions/ActionButton.tsx';
import { useDesigner } from '../app/designer.ts';
import { applyFix } from '../app/editing.ts';
import { words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { DescribedBy } from '../ui/described-by.ts';
import { Tip } from '../ui/Tip.tsx';
import { widgets } from './field-widgets.ts';
import { HelpTip } from './HelpTip.tsx';
import style from './inspector.module.css';
import { useDescription } from './use-description.ts';
import { WithCode } from './WithCode.tsx';
import type { FieldControlProps, WidgetProps } from './widget.ts';
import { problemsAt, valueIn } from './widget.ts';

/** Kinds that are narrow enough to stand two in a row. */
const NARROW: readonly AnyField['kind'][] = ['duration', 'number'];

/** Kinds that show what is wrong with an entry at the entry. */
const WITH_ENTRIES: readonly AnyField['kind'][] = ['conditions', 'projections', 'aggregates', 'schema', 'list'];

export function FieldControl({ name, path, field, config, problems, context, onChange }: FieldControlProps) {
  const { t } = useTranslation();
  const id = useId();
  const own = problemsAt(problems, path);
  // The map has one widget per kind and the field says its kind; the pair is typed in `Widgets`.
  const Widget = widgets[field.kind] as FC<WidgetProps>;
  const label = words(field.label);
  const help = field.help === undefined ? null : words(field.help);
  const bare = field.kind === 'toggle';
  const shown = WITH_ENTRIES.includes(field.kind) ? own.filter((problem) => problem.field?.startsWith(`${path}[`) !== true) : own;
  const description = `${id}-problems ${id}-help`;
  useDescription(id, description);
  return (
    <div className={classes(style.field, NARROW.includes(field.kind) && style.narrow)} data-field={name} data-path={path}>
      {bare ? null : (
        <div className={style.labelRow}>
          <LabelWithHelp id={id} label={label} help={help} />
          {field.required ? null : <span className={style.optional}>{t('field.optional')}</span>}
          {field.kind === 'code' ? <ActionButton id="largeCode" size={13} small /> : null}
        </div>
      )}
      <DescribedBy value={description}>
        <Widget
          id={id}
          field={field}
          label={label}
          value={valueIn(config, name, field)}
          problems={own}
          path={path}
          context={context}
          onChange={onChange}
        />
      </DescribedBy>
      <div id={`${id}-problems`}>
        <ProblemLines problems={shown} />
      </div>
      {help === null ? null : (
        <span id={`${id}-help`} hidden>
          {help}
        </span>
      )}
    </div>
  );
}

function LabelWithHelp({ id, label, help }: { readonly id: string; readonly label: string; readonly help: string | null }) {
  const text = (
    <label className={style.label} htmlFor={id} id={`${id}-label`}>
      {label}
    </label>
  );
  return help === null ? (
    text
  ) : (
    <Tip side="left" label={<HelpTip title={label} text={help} />}>
      {text}
    </Tip>
  );
}

export function ProblemLines({ problems }: { readonly problems: readonly Problem[] }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const shown = problems.filter((problem, index) => problems.findIndex((other) => other.text.en === problem.text.en) === index);
  return (
    <>
      {shown.map((problem) => (
        <div
          key={`${problem.code} ${problem.text.en}`}
          className={problem.severity === 'error' ? style.problem : style.warning}
          data-problem={problem.code}
        >
          {problem.severity === 'error' ? <CircleX size={13} strokeWidth={1.75} /> : <TriangleAlert size={13} strokeWidth={1.75} />}
          <span>
            {/* The value itself stands right above. */}
            <WithCode text={problem.code === durationUnreadable.code ? t('field.durationHint') : words(problem.text)} />
          </span>
          {problem.fixes.map((fix) => (
            <Button
              key={words(fix.label)}
              small
              className={style.fix}
              icon={<WandSparkles size={13} strokeWidth={1.75} />}
              onClick={() => applyFix(designer, fix)}
            >
              {words(fix.label)}
            </Button>
          ))}
        </div>
      ))}
    </>
  );
}
