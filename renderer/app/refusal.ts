/** What the page says when its link was used up: nothing else can be shown without the host. */
import { en } from '../strings/en.ts';
import { preferredLanguage } from '../strings/language.ts';
import { zh } from '../strings/zh.ts';

export function showRefusal(root: HTMLElement): void {
  const words = preferredLanguage(navigator.languages) === 'zh' ? zh.error : en.error;
  const box = document.createElement('div');
  box.setAttribute('role', 'alert');
  box.style.cssText = 'display:grid;place-content:center;gap:4px;height:100%;text-align:center';
  const title = document.createElement('strong');
  title.textContent = words.connect;
  const text = document.createElement('span');
  text.textContent = words.connectText;
  box.append(title, text);
  root.replaceChildren(box);
}
