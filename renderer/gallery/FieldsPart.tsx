/** One widget per field kind, drawn by the form the inspector draws, on fixed columns and rows. */
import { useMemo, useState } from 'react';
import type { JsonObject, JsonValue } from '../../engine/base/json.ts';
import { readConfig } from '../../engine/spec/read-config.ts';
import { createDesigner, DesignerContext } from '../app/designer.ts';
import { FieldControl, ProblemLines } from '../inspector/FieldControl.tsx';
import form from '../inspector/inspector.module.css';
import type { FieldContext } from '../inspector/widget.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { FieldSample } from './field-samples.ts';
import { BROKEN, FIELD_COLUMNS, SAMPLE_RESULTS, SAMPLE_ROWS, SAMPLE_SCHEMA } from './field-samples.ts';
import style from './fields.module.css';
import { createQuietHost } from './quiet-host.ts';

export function FieldsPart() {
  const { t } = useTranslation();
  const designer = useMemo(() => createDesigner(createQuietHost(), {}, 'fields'), []);
  return (
    <DesignerContext value={designer}>
      <div className={style.page}>
        <h2 className={style.title}>
          {t('gallery.fields.title')} <span>{t('gallery.fields.text')}</span>
        </h2>
        <div className={style.columns}>
          {FIELD_COLUMNS.map((samples, index) => (
            <div key={samples[0].kind} className={style.column}>
              {samples.map((sample) => (
                <SampleCard key={sample.kind} sample={sample} />
              ))}
              {index === FIELD_COLUMNS.length - 1 ? <SampleCard sample={BROKEN} /> : null}
            </div>
          ))}
        </div>
      </div>
    </DesignerContext>
  );
}

export function SampleCard({ sample }: { readonly sample: FieldSample }) {
  const { t } = useTranslation();
  const [config, setConfig] = useState<JsonObject>(sample.config);
  const { problems } = readConfig(sample.fields, config);
  const context: FieldContext = {
    nodeId: null,
    nodeType: null,
    config,
    timeZone: 'UTC',
    renaming: null,
    Control: FieldControl,
    Problems: ProblemLines,
    schema: () => SAMPLE_SCHEMA,
    sample: () => SAMPLE_ROWS,
    results: () => SAMPLE_RESULTS,
  };
  const set = (name: string, value: JsonValue | undefined) => {
    const { [name]: _old, ...rest } = config;
    setConfig(value === undefined ? rest : { ...config, [name]: value });
  };
  return (
    <section className={style.card} aria-label={sample.kind} data-kind={sample.kind}>
      <h3 className={style.kind}>{sample.kind}</h3>
      <div className={form.fields} data-form="">
        {Object.entries(sample.fields).map(([name, field]) => (
          <FieldControl
            key={name}
            name={name}
            path={name}
            field={field}
            config={config}
            problems={problems}
            context={context}
            onChange={(value) => set(name, value)}
          />
        ))}
      </div>
      {sample.note === null ? null : <p className={style.note}>{t(`gallery.fields.${sample.note}`)}</p>}
    </section>
  );
}
