/** The template gallery over an open pipeline: a template takes the place of an untouched one. */
import { LayoutTemplate } from 'lucide-react';
import { Gallery } from '../start/Gallery.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { Modal } from '../ui/Modal.tsx';

export function TemplateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal title={t('start.templates')} full icon={<LayoutTemplate size={18} strokeWidth={1.75} />} onClose={onClose}>
      <Gallery />
    </Modal>
  );
}
