/** What the page says before there is a designer: that it waits for the host, or that its link was used up. */

import type { Strings } from '../strings/en.ts';
import { en } from '../strings/en.ts';
import { preferredLanguage } from '../strings/language.ts';
import { zh } from '../strings/zh.ts';

const WAITING_SHOWN_AFTER_MS = 800;

/** Shows nothing at first: a host that is there answers sooner. The designer replaces it. */
export function showWaiting(root: HTMLElement): void {
  setTimeout(() => {
    if (root.isConnected && root.childElementCount === 0) root.append(createNotice(words().status.hostConnecting, ''));
  }, WAITING_SHOWN_AFTER_MS);
}

/** Takes the root away, so that nothing is drawn over it later. */
export function showRefusal(root: HTMLElement): void {
  root.replaceWith(createNotice(words().error.connect, words().error.connectText));
}

function words(): Strings {
  return preferredLanguage(navigator.languages) === 'zh' ? zh : en;
}

function createNotice(title: string, text: string): HTMLElement {
  const box = document.createElement('div');
  box.setAttribute('role', 'alert');
  box.style.cssText = 'display:grid;place-content:center;gap:4px;height:100vh;text-align:center';
  const heading = document.createElement('strong');
  heading.textContent = title;
  const line = document.createElement('span');
  line.textContent = text;
  box.append(heading, line);
  return box;
}
