/** What leaves the program, what is served, and what of a command line is taken for a file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLaunchOptions } from './launch-options.ts';
import { answerPage } from './page-scheme.ts';
import { isOutsideLink } from './security.ts';

describe('links of notes', () => {
  it.each(['https://nightlies.apache.org/flink/', 'https://example.com/a?b#c'])('opens %s, after asking', (address) => {
    expect(isOutsideLink(address)).toBe(true);
  });

  it.each([
    'http://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://server/share',
    'ms-msdt:/id',
    'mailto:a@b.c',
    'millrace://app/',
    'https://name:word@example.com/',
    '//example.com',
    '',
  ])('leaves %s alone', (address) => {
    expect(isOutsideLink(address)).toBe(false);
  });
});

describe('the scheme of the page', () => {
  const page = { content: Buffer.from('<html lang="en">'), type: 'text/html; charset=utf-8', immutable: false };
  const files = new Map([['/', page]]);
  const look = { theme: 'dark', language: 'zh' };

  it('serves the listed files under a strict policy, dressed for the person', () => {
    const answer = answerPage('millrace://app/', files, look);
    expect(answer.status).toBe(200);
    expect(String(answer.content)).toBe('<html lang="zh-CN" data-theme="dark">');
    expect(answer.headers['Content-Security-Policy']).toMatch(/default-src 'none'; script-src 'self';.*require-trusted-types-for 'script'/);
    expect(answer.headers['Content-Security-Policy']).not.toMatch(/unsafe-eval|http:|ws:/);
  });

  it.each(['millrace://app/../main.cjs', 'millrace://app/%2e%2e/main.cjs', 'millrace://other/', 'millrace://app/etc/passwd'])(
    'has no %s',
    (address) => {
      const answer = answerPage(address, new Map([['/known.js', page]]), look);
      expect([answer.status, 'Content-Security-Policy' in answer.headers]).toEqual([404, true]);
    },
  );
});

describe('the command line', () => {
  it('takes folders, a template and the pipelines that are there; switches of Chromium are passed over', () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'millrace-launch-'));
    writeFileSync(path.join(directory, 'a.json'), '{}');
    const words = ['--no-sandbox', '--remote-debugging-port=0', '--state', 'kept', 'a.json', './a.json', 'gone.json', '/etc/passwd', '.'];
    expect(readLaunchOptions(words, directory)).toEqual({
      stateDirectory: path.join(directory, 'kept'),
      workspace: null,
      template: null,
      files: [path.join(directory, 'a.json')],
    });
    rmSync(directory, { recursive: true, force: true });
  });
});
