/** Puts text on the clipboard and says so. */
import i18next from 'i18next';
import { toast } from '../ui/toast.ts';

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast.success(i18next.t('preview.copied'));
  } catch {
    toast.error(i18next.t('preview.copyRefused'));
  }
}
