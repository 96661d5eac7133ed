/** A form generated from fields: first those without a heading, then sections, what is rarely needed folded away. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import type { AnyField, Fields } from '../../engine/spec/fields.ts';
import type { Problem } from '../../engine/spec/problem.ts';
import { isVisible } from '../../engine/spec/read-config.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { currentLanguage, words } from '../strings/language.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { FieldControl } from './FieldControl.tsx';
import { summarize } from './field-summary.ts';
import style from './inspector.module.css';
import type { FieldContext } from './widget.ts';

interface FormProps {
  readonly fields: Fields;
  readonly config: JsonObject;
  readonly problems: readonly Problem[];
  readonly context: FieldContext;
  readonly onChange: (field: string, value: JsonValue | undefined) => void;
}

interface Section {
  readonly key: string;
  readonly title: string | null;
  readonly fields: readonly (readonly [string, AnyField])[];
}

export function Form({ fields, config, problems, context, onChange }: FormProps) {
  const { t } = useTranslation();
  const sections = sectionsOf(fields, config, t('inspector.advanced'));
  return (
    <div className={style.form} data-form="">
      {sections.map((section) => {
        const controls = (
          <div key="fields" className={style.fields}>
            {section.fields.map(([name, field]) => (
              <FieldControl
                key={name}
                name={name}
                path={name}
                field={field}
                config={config}
                problems={problems}
                context={context}
                onChange={(value) => onChange(name, value)}
              />
            ))}
          </div>
        );
        return section.title === null ? (
          <div key={section.key} className={style.plain}>
            {controls}
          </div>
        ) : (
          <FoldedSection key={section.key} section={section} config={config} problems={problems} nodeId={context.nodeId}>
            {controls}
          </FoldedSection>
        );
      })}
    </div>
  );
}

interface FoldedSectionProps {
  readonly section: Section;
  readonly config: JsonObject;
  readonly problems: readonly Problem[];
  readonly nodeId: string | null;
  readonly children: React.ReactNode;
}

/** Open once something in it is wrong or asked for, or set to something of its own: emptying a field must not fold it away under the hands. Closed it says its values in a line. */
function FoldedSection({ section, config, problems, nodeId, children }: FoldedSectionProps) {
  const { selection } = useDesigner();
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const requested = useStore(selection, (state) =>
    state.field !== null && state.field.nodeId === nodeId ? state.field.name.split(/[.[]/)[0] : null,
  );
  const names = section.fields.map(([name]) => name);
  const touched = names.some((name) => config[name] !== undefined || problems.some((problem) => problem.field?.startsWith(name) === true));
  const [wasTouched, setWasTouched] = useState(touched);
  if (touched && !wasTouched) setWasTouched(true);
  const open = (requested !== null && names.includes(requested)) || (chosen ?? wasTouched);
  return (
    <section className={style.section}>
      <h3>
        <button type="button" className={style.sectionHead} aria-expanded={open} onClick={() => setChosen(!open)}>
          {open ? <ChevronDown size={14} strokeWidth={1.75} /> : <ChevronRight size={14} strokeWidth={1.75} />}
          <span>{section.title}</span>
          {open ? null : (
            <span className={style.sectionSummary} data-truncates="">
              {summarize(section.fields, config, currentLanguage(), {
                off: t('inspector.off'),
                count: (count) => t('inspector.entries', { count }),
              })}
            </span>
          )}
        </button>
      </h3>
      {open ? children : null}
    </section>
  );
}

function sectionsOf(fields: Fields, config: JsonObject, advancedTitle: string): Section[] {
  const plain: [string, AnyField][] = [];
  const titled = new Map<string, [string, AnyField][]>();
  const advanced: [string, AnyField][] = [];
  for (const [name, field] of Object.entries(fields)) {
    if (!isVisible(fields, field, config)) continue;
    if (field.section !== undefined) {
      const title = words(field.section);
      titled.set(title, [...(titled.get(title) ?? []), [name, field]]);
    } else if (field.advanced === true) {
      advanced.push([name, field]);
    } else {
      plain.push([name, field]);
    }
  }
  const sections: Section[] = [{ key: '', title: null, fields: plain }];
  for (const [title, members] of titled) sections.push({ key: title, title, fields: members });
  if (advanced.length > 0) sections.push({ key: 'advanced', title: advancedTitle, fields: advanced });
  return sections.filter((section) => section.fields.length > 0);
}
