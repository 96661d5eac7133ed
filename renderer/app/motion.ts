/** Whether things move: the person's choice, else the system's; kept on the page, so that styles and painters read one answer. */
import type { PreferenceStore } from './preferences.ts';

export function followMotion(preferences: PreferenceStore): () => void {
  const system = window.matchMedia('(prefers-reduced-motion: reduce)');
  const apply = () => {
    const { motion } = preferences.getState();
    const reduced = motion === 'system' ? system.matches : motion === 'reduce';
    document.documentElement.dataset['motion'] = reduced ? 'reduce' : 'full';
  };
  apply();
  system.addEventListener('change', apply);
  const stop = preferences.subscribe(apply);
  return () => {
    stop();
    system.removeEventListener('change', apply);
  };
}

export function isMotionReduced(): boolean {
  return document.documentElement.dataset['motion'] === 'reduce';
}
