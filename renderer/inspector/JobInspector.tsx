/** Settings of the whole pipeline, generated from the job's fields. */
import { SlidersHorizontal, X } from 'lucide-react';
import { jobFields } from '../../engine/spec/job-settings.ts';
import { useDesigner, useStore } from '../app/designer.ts';
import { setJob } from '../document/commands.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { FieldControl, ProblemLines } from './FieldControl.tsx';
import { Form } from './Form.tsx';
import style from './inspector.module.css';
import { useFieldFocus } from './use-field-focus.ts';
import type { FieldContext } from './widget.ts';

export function JobInspector() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const job = useStore(designer.documents, (state) => state.document.job);
  const problems = useStore(designer.checks, (state) => state.problems).filter(
    (problem) => problem.nodeId === undefined && problem.field !== undefined,
  );
  const body = useFieldFocus(null);
  const context: FieldContext = {
    nodeId: null,
    nodeType: null,
    config: job,
    timeZone: 'UTC',
    schema: () => ({ fields: [] }),
    sample: () => null,
    results: () => null,
    renaming: null,
    Control: FieldControl,
    Problems: ProblemLines,
  };
  return (
    <>
      <div className={style.head}>
        <SlidersHorizontal size={18} strokeWidth={1.75} />
        <div className={style.headWords}>
          <strong>{t('inspector.jobTitle')}</strong>
          <span className={style.type}>{t('inspector.jobText')}</span>
        </div>
        <IconButton
          label={t('inspector.close')}
          icon={<X size={16} strokeWidth={1.75} />}
          onClick={() => designer.shell.set({ jobSettingsOpen: false })}
        />
      </div>
      <div ref={body} className={style.body}>
        <Form
          fields={jobFields}
          config={job}
          problems={problems}
          context={context}
          onChange={(field, value) => designer.documents.commit('settings', (document) => setJob(document, field, value), `job.${field}`)}
        />
      </div>
    </>
  );
}
