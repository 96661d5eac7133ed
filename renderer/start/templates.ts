/** The templates as the gallery has them: read once, found by any word about them, opened or run. */
import { useEffect, useMemo, useState } from 'react';
import type { TemplateCard, TemplateGroup } from '../../engine/host/contract.ts';
import { loadDocument } from '../../engine/spec/load-document.ts';
import type { Designer } from '../app/designer.ts';
import { useDesigner } from '../app/designer.ts';
import { nodeLabel, nodeShape, presetLabel } from '../document/definitions.ts';
import { messageOf } from '../files/failure.ts';
import { openTemplate } from '../files/pipeline-files.ts';
import { pictureOf } from '../picture/picture.ts';
import type { Thumbnail } from '../picture/thumbnail.ts';
import { thumbnailOf } from '../picture/thumbnail.ts';
import { startRun } from '../runs/control.ts';

export const TEMPLATE_GROUPS: readonly TemplateGroup[] = ['etl', 'analysis', 'monitoring', 'reports'];

export interface GalleryTemplate {
  readonly info: TemplateCard;
  readonly thumbnail: Thumbnail;
  readonly nodeCount: number;
  /** Lower case: every word a person may look for, in both languages. */
  readonly haystack: string;
}

export interface TemplateShelf {
  /** Null until they have been read. */
  readonly templates: readonly GalleryTemplate[] | null;
  readonly failure: string | null;
  retry(): void;
}

export function useTemplates(): TemplateShelf {
  const { host } = useDesigner();
  const [cards, setCards] = useState<readonly TemplateCard[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every attempt reads again
  useEffect(() => {
    let over = false;
    host
      .call('template.list', {})
      .then((list) => (over ? undefined : setCards(list)))
      .catch((error: unknown) => (over ? undefined : setFailure(messageOf(error))));
    return () => {
      over = true;
    };
  }, [host, attempt]);
  const templates = useMemo(() => cards?.map(galleryTemplate) ?? null, [cards]);
  const retry = () => {
    setFailure(null);
    setAttempt(attempt + 1);
  };
  return { templates, failure, retry };
}

export function galleryTemplate(info: TemplateCard): GalleryTemplate {
  const { document } = loadDocument(info.document);
  const nodes = document?.nodes ?? [];
  const about = [info.title, info.hint, info.summary, ...nodes.flatMap((node) => [presetLabel(node), nodeShape(node).typeLabel])];
  return {
    info,
    nodeCount: nodes.length,
    thumbnail: thumbnailOf(document === null ? { cards: [], lines: [], notes: [], bounds: null } : pictureOf(document, null, 'en')),
    haystack: [info.name, ...about.flatMap((text) => [text.en, text.zh]), ...nodes.map((node) => nodeLabel(node, 'en'))]
      .join('\n')
      .toLowerCase(),
  };
}

/** Every word of the query must be found somewhere. */
export function findTemplates(templates: readonly GalleryTemplate[], query: string): readonly GalleryTemplate[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter((template) => wanted.every((word) => template.haystack.includes(word)));
}

/** Opens a working copy and runs it; one that runs already is only shown. */
export async function runTemplate(designer: Designer, name: string): Promise<void> {
  const { sessions, shell } = designer;
  if (!(await openTemplate(designer, name))) return;
  const tab = sessions.active();
  // A draft of the copy is asked about first; the person runs what was chosen.
  if (shell.getState().dialog !== null || tab.kind !== 'pipeline' || tab.content !== 'ready') return;
  await startRun(designer, 'none');
}
