/** What the pause button shows: what a press would do. */
import { Pause, Play } from 'lucide-react';

const ICON = { size: 14, strokeWidth: 2 };

export function PauseIcon({ paused }: { readonly paused: boolean }) {
  return paused ? <Play {...ICON} /> : <Pause {...ICON} />;
}
