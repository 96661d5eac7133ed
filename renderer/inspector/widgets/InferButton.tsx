/** Reads the columns of a source from its first hundred rows. */
import { ScanText } from 'lucide-react';
import { useState } from 'react';
import { useDesigner } from '../../app/designer.ts';
import { folderOf } from '../../document/relative-path.ts';
import { messageOf } from '../../files/failure.ts';
import { useTranslation } from '../../strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import inspector from '../inspector.module.css';
import type { FieldContext } from '../widget.ts';
import style from './widgets.module.css';

interface InferButtonProps {
  readonly context: FieldContext;
  readonly onFound: (columns: readonly { readonly name: string; readonly type: string }[]) => void;
}

export function InferButton({ context, onFound }: InferButtonProps) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [state, setState] = useState<{ readonly busy: boolean; readonly rows: number | null; readonly failure: string | null }>({
    busy: false,
    rows: null,
    failure: null,
  });
  const infer = async () => {
    setState({ busy: true, rows: null, failure: null });
    try {
      const { fields, sampleRows } = await designer.host.call('schema.infer', {
        nodeType: context.nodeType ?? '',
        config: context.config,
        baseDirectory: folderOf(designer.documents.getState().path),
      });
      onFound(fields);
      setState({ busy: false, rows: sampleRows, failure: null });
    } catch (error) {
      setState({ busy: false, rows: null, failure: messageOf(error) });
    }
  };
  return (
    <>
      <Button small disabled={state.busy} icon={<ScanText size={14} strokeWidth={1.75} />} onClick={() => void infer()}>
        {state.busy ? t('field.inferring') : t('field.infer')}
      </Button>
      {state.rows === null ? null : <span className={style.hint}>{t('field.inferred', { count: state.rows })}</span>}
      {state.failure === null ? null : <p className={inspector.problem}>{state.failure}</p>}
    </>
  );
}
