/** Copying, cutting and pasting what is drawn, as text; whoever asks brings the clipboard. */
import i18next from 'i18next';
import type { Point } from '../../engine/spec/document.ts';
import { clipOf, printClip, shiftTo } from '../document/clipboard.ts';
import { readClip } from '../document/read-clip.ts';
import { toast } from '../ui/toast.ts';
import type { Designer } from './designer.ts';
import { centredAt, deleteSelection, placeClip, positionsOf } from './editing.ts';

/** What is selected as text, said aloud and, when cut, deleted; null when nothing is selected. */
export function takeSelection(designer: Designer, cut: boolean): string | null {
  const clip = clipOf(designer.documents.getState().document, designer.selection.getState(), positionsOf(designer));
  if (clip === null) return null;
  if (cut) deleteSelection(designer);
  else designer.shell.say(i18next.t('say.copied', { count: clip.nodes.length + clip.notes.length }));
  return printClip(clip);
}

/** `screen` is a point of the page, null the middle of what is visible. */
export function pasteText(designer: Designer, text: string, screen: Point | null, keepWires: boolean): void {
  if (designer.canvas === null) return;
  const clip = readClip(text);
  if (clip === null) {
    toast.info(i18next.t('gesture.notAClip'), { description: i18next.t('gesture.notAClipText'), id: 'not-a-clip' });
    return;
  }
  const at = centredAt(screen === null ? designer.canvas.centre() : designer.canvas.toDrawing(screen));
  placeClip(designer, 'paste', clip, shiftTo(clip, at), keepWires);
}

/** From a menu, where no clipboard event comes; a browser that refuses is explained. */
export async function copyToClipboard(designer: Designer, cut: boolean): Promise<void> {
  const text = takeSelection(designer, cut);
  if (text !== null) await navigator.clipboard.writeText(text).catch(() => explainKeys());
}

export async function pasteFromClipboard(designer: Designer, screen: Point | null): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => null);
  if (text === null) explainKeys();
  else pasteText(designer, text, screen, false);
}

function explainKeys(): void {
  toast.info(i18next.t('gesture.clipboardRefused'), { description: i18next.t('gesture.clipboardRefusedText'), id: 'clipboard' });
}
