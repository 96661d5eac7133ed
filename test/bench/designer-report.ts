/** Prints the designer's figures with the bar beside each. */
import type { AnswerRow } from './designer.ts';
import type { FrameRow } from './designer-frames.ts';

export function printFrames(title: string, frames: readonly FrameRow[]): void {
  if (frames.length === 0) return;
  console.log(`${title.padEnd(37)}frames/s (bar)   p95 ms (bar)   CPU ms/frame   styles/frame   long frames`);
  for (const row of frames) {
    const holds = row.perSecond >= row.perSecondMin && (row.p95MaxMs === null || row.p95Ms <= row.p95MaxMs);
    const columns = [
      row.name.padEnd(34),
      `${row.perSecond.toFixed(0).padStart(8)} (${row.perSecondMin})`.padEnd(16),
      `${row.p95Ms.toFixed(1).padStart(8)} (${row.p95MaxMs ?? '–'})`.padEnd(15),
      row.cpuMsPerFrame.toFixed(1).padStart(11),
      row.stylesPerFrame.toFixed(1).padStart(14),
      row.longFrames.toFixed(0).padStart(13),
    ];
    console.log(`  ${columns.join(' ')}   ${holds ? 'holds' : 'MISSED'}`);
  }
}

export function printAnswers(answers: readonly AnswerRow[]): void {
  if (answers.length === 0) return;
  console.log('answers                              median ms (bar)   p95 ms   CPU ms');
  for (const row of answers) {
    const columns = [
      row.name.padEnd(34),
      `${row.ms.toFixed(0).padStart(8)} (${row.barMs})`.padEnd(17),
      row.p95Ms.toFixed(0).padStart(8),
      row.cpuMs.toFixed(1).padStart(9),
    ];
    console.log(`  ${columns.join(' ')}   ${row.ms <= row.barMs ? 'holds' : 'MISSED'}`);
  }
}
