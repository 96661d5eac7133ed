/** The templates that come with the product: each opens as it is and runs. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateInfo } from '../../engine/host/contract.ts';
import { openTemplate } from '../files/pipeline-files.ts';
import { words } from '../strings/language.ts';
import { Empty } from '../ui/Empty.tsx';
import { Modal } from '../ui/Modal.tsx';
import { useDesigner } from './designer.ts';
import style from './dialogs.module.css';

export function TemplateDialog({ onClose }: { readonly onClose: () => void }) {
  const designer = useDesigner();
  const { t } = useTranslation();
  const [templates, setTemplates] = useState<readonly TemplateInfo[] | null>(null);
  useEffect(() => {
    let over = false;
    designer.host
      .call('app.info', {})
      .then((info) => (over ? undefined : setTemplates(info.templates)))
      .catch(() => (over ? undefined : setTemplates([])));
    return () => {
      over = true;
    };
  }, [designer]);
  return (
    <Modal title={t('files.templateTitle')} lead={t('files.templateLead')} wide onClose={onClose}>
      {templates === null ? null : templates.length === 0 ? (
        <Empty title={t('files.empty')} />
      ) : (
        <ul className={style.templates}>
          {templates.map((template) => (
            <li key={template.name}>
              <button
                type="button"
                className={style.template}
                onClick={() => {
                  onClose();
                  void openTemplate(designer, template.name);
                }}
              >
                <strong>{words(template.title)}</strong>
                <span>{words(template.summary)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
