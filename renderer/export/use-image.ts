/** The image of the open drawing, drawn anew for every choice. */
import { useEffect, useMemo, useState } from 'react';
import type { PipelineDocument } from '../../engine/spec/document.ts';
import { pictureOf } from '../picture/picture.ts';
import { currentLanguage } from '../strings/language.ts';
import type { DrawnImage, ImageOptions } from './draw-image.ts';
import { drawImage, embeddedFont } from './draw-image.ts';

/** Null until the font has been read, and while another target is chosen. */
export function useImage(document: PipelineDocument, options: ImageOptions, wanted: boolean): DrawnImage | null {
  const [font, setFont] = useState<string | null>(null);
  useEffect(() => {
    let over = false;
    if (wanted) void embeddedFont().then((rule) => (over ? undefined : setFont(rule)));
    return () => {
      over = true;
    };
  }, [wanted]);
  return useMemo(
    () => (font === null || !wanted ? null : drawImage(pictureOf(document, null, currentLanguage()), options, font)),
    [font, wanted, document, options],
  );
}
