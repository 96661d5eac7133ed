/** The shell's words in English, one file an area; node words live in the nodes' own folders. */
import { actionStrings } from './en/actions.ts';
import { canvasStrings } from './en/canvas.ts';
import { compareStrings } from './en/compare.ts';
import { desktopStrings } from './en/desktop.ts';
import { exportStrings } from './en/export.ts';
import { figureLensStrings } from './en/figure-lens.ts';
import { filesStrings } from './en/files.ts';
import { findStrings } from './en/find.ts';
import { galleryStrings } from './en/gallery.ts';
import { gestureStrings } from './en/gestures.ts';
import { groupStrings } from './en/groups.ts';
import { historyStrings } from './en/history.ts';
import { inspectorStrings } from './en/inspector.ts';
import { keyboardStrings } from './en/keyboard.ts';
import { lensStrings } from './en/lens.ts';
import { logStrings } from './en/logs.ts';
import { planStrings } from './en/plan.ts';
import { previewStrings } from './en/preview.ts';
import { problemsStrings } from './en/problems.ts';
import { resultsStrings } from './en/results.ts';
import { runStrings } from './en/run.ts';
import { runningStrings } from './en/running.ts';
import { shellStrings } from './en/shell.ts';
import { startStrings } from './en/start.ts';
import { stripStrings } from './en/strip.ts';
import { tourStrings } from './en/tour.ts';

export const en = {
  ...shellStrings,
  ...actionStrings,
  ...canvasStrings,
  ...galleryStrings,
  ...gestureStrings,
  ...groupStrings,
  ...historyStrings,
  ...inspectorStrings,
  ...resultsStrings,
  ...runStrings,
  ...planStrings,
  ...previewStrings,
  ...problemsStrings,
  ...filesStrings,
  ...findStrings,
  ...keyboardStrings,
  ...lensStrings,
  ...logStrings,
  ...compareStrings,
  ...desktopStrings,
  ...exportStrings,
  ...startStrings,
  ...stripStrings,
  ...runningStrings,
  ...figureLensStrings,
  ...tourStrings,
};

export type Strings = typeof en;
