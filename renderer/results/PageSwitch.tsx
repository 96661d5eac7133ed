/** Canvas or results of the open pipeline, for pipelines that have an end to look at. */

import { useDesigner, useStore } from '../app/designer.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Segmented } from '../ui/Segmented.tsx';
import style from './results.module.css';
import { showCanvas, showResults } from './show-results.ts';
import { hasResults } from './sinks.ts';

export function PageSwitch() {
  const designer = useDesigner();
  const { t } = useTranslation();
  const some = useStore(designer.documents, (state) => hasResults(state.document));
  const page = useStore(designer.shell, (state) => state.page);
  if (!some) return null;
  return (
    <div className={style.pageSwitch}>
      <Segmented
        label={t('results.page')}
        value={page}
        options={[
          { value: 'canvas', label: t('results.canvas') },
          { value: 'results', label: t('results.results') },
        ]}
        onChange={(value) => (value === 'results' ? showResults(designer) : showCanvas(designer))}
      />
    </div>
  );
}
