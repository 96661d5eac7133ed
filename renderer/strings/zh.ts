/** 界面文字（中文）。The shell's words in Chinese, one file an area. */
import type { Strings } from './en.ts';
import { actionStrings } from './zh/actions.ts';
import { canvasStrings } from './zh/canvas.ts';
import { compareStrings } from './zh/compare.ts';
import { desktopStrings } from './zh/desktop.ts';
import { exportStrings } from './zh/export.ts';
import { figureLensStrings } from './zh/figure-lens.ts';
import { filesStrings } from './zh/files.ts';
import { findStrings } from './zh/find.ts';
import { galleryStrings } from './zh/gallery.ts';
import { gestureStrings } from './zh/gestures.ts';
import { groupStrings } from './zh/groups.ts';
import { historyStrings } from './zh/history.ts';
import { inspectorStrings } from './zh/inspector.ts';
import { keyboardStrings } from './zh/keyboard.ts';
import { lensStrings } from './zh/lens.ts';
import { logStrings } from './zh/logs.ts';
import { planStrings } from './zh/plan.ts';
import { previewStrings } from './zh/preview.ts';
import { problemsStrings } from './zh/problems.ts';
import { resultsStrings } from './zh/results.ts';
import { runStrings } from './zh/run.ts';
import { runningStrings } from './zh/running.ts';
import { shellStrings } from './zh/shell.ts';
import { startStrings } from './zh/start.ts';
import { stripStrings } from './zh/strip.ts';
import { tourStrings } from './zh/tour.ts';

export const zh: Strings = {
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
