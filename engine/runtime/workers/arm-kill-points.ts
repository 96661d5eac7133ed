/** For fault tests with real processes: `MILLRACE_KILL_POINT=name:3` ends this process, hard, at the third passing of `name`. */
import { setKillPointHook } from '../../base/kill-point.ts';

export function armKillPoints(): void {
  const wanted = process.env['MILLRACE_KILL_POINT'];
  if (wanted === undefined || wanted === '') return;
  const [name, times = '1'] = wanted.split(':');
  let left = Number(times);
  setKillPointHook((passing) => {
    if (passing === name && --left === 0) process.kill(process.pid, 'SIGKILL');
  });
}
