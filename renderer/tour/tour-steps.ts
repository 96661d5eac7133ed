/** The stops of the tour: which region of the window each is about, and what must be open for it to be there. */
import type { Designer } from '../app/designer.ts';
import { newPipeline, openTemplate } from '../files/pipeline-files.ts';
import type { tourStrings } from '../strings/en/tour.ts';

export type TourStopName = keyof (typeof tourStrings)['tour']['stops'];

export interface TourStop {
  readonly name: TourStopName;
  /** The region of the window it points at. */
  readonly region: string;
  readonly tab: 'start' | 'pipeline';
}

export const TOUR_STOPS: readonly TourStop[] = [
  { name: 'templates', region: 'gallery', tab: 'start' },
  { name: 'nodes', region: 'left', tab: 'pipeline' },
  { name: 'canvas', region: 'canvas', tab: 'pipeline' },
  { name: 'inspector', region: 'inspector', tab: 'pipeline' },
  { name: 'run', region: 'tools', tab: 'pipeline' },
  { name: 'details', region: 'dock', tab: 'pipeline' },
  { name: 'find', region: 'title', tab: 'pipeline' },
];

export function startTour(designer: Designer): void {
  designer.shell.set({ dialog: null, tour: 0 });
  void prepareStop(designer, TOUR_STOPS[0]);
}

/** Finished or left: it is not offered again by itself. */
export function endTour(designer: Designer): void {
  designer.shell.set({ tour: null });
  designer.preferences.set({ tourSeen: true });
}

export function goToStop(designer: Designer, index: number): void {
  if (index < 0) return;
  if (index >= TOUR_STOPS.length) {
    endTour(designer);
    return;
  }
  designer.shell.set({ tour: index });
  void prepareStop(designer, TOUR_STOPS[index]);
}

/** Shows the tab and the panel that the stop is about; without a pipeline the first template is opened, and does not run. */
async function prepareStop(designer: Designer, stop: TourStop): Promise<void> {
  const { sessions, preferences, host } = designer;
  if (stop.region === 'left' && preferences.getState().leftPanel === null) preferences.set({ leftPanel: 'nodes' });
  if (stop.region === 'dock') {
    designer.shell.set({ strip: false });
    if (!preferences.getState().dockOpen) preferences.set({ dockOpen: true });
  }
  if (stop.tab === 'start') {
    sessions.openStart();
    return;
  }
  if (sessions.active().kind === 'pipeline') return;
  const known = sessions
    .getState()
    .tabs.filter((tab) => tab.kind === 'pipeline')
    .at(-1);
  if (known !== undefined) {
    sessions.activate(known.id);
    return;
  }
  const [first] = await host.call('template.list', {}).catch(() => []);
  if (first === undefined || !(await openTemplate(designer, first.name))) newPipeline(designer);
}
