/** The system's own file dialog, shown by the host while this is mounted. */
import { useEffect, useRef } from 'react';
import { showFailure } from '../files/pipeline-files.ts';
import { useDesigner } from './designer.ts';
import type { FileDialogProps } from './FileDialog.tsx';

export function NativeFileDialog({ title, action, mode, extension = '', suggested = '', onClose, onChoose }: FileDialogProps) {
  const { host } = useDesigner();
  const asked = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one dialog is one question, whatever is drawn again meanwhile
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    const ask = async () => {
      try {
        const { path } = await host.call('dialog.choose', { mode, title, action, extension, suggested });
        if (path === null) onClose();
        else onChoose(path);
      } catch (error) {
        onClose();
        showFailure(title, error);
      }
    };
    void ask();
  }, []);
  return null;
}
