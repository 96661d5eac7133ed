/** Codes are good once and for a while; tokens for as long as the host lives. */
import { expect, it } from 'vitest';
import { Access, isOwnHost, isOwnOrigin } from './access.ts';

it('exchanges a code once', () => {
  const access = new Access(() => 0);
  const code = access.createCode();
  const token = access.exchange(code);
  expect(token).not.toBeNull();
  expect(access.isSession(token ?? '')).toBe(true);
  expect(access.exchange(code)).toBeNull();
  expect(access.isSession(code)).toBe(false);
});

it('takes no code that is too old, and none that was pushed out by newer ones', () => {
  let now = 0;
  const access = new Access(() => now);
  const old = access.createCode();
  now = 16 * 60 * 1000;
  expect(access.exchange(old)).toBeNull();
  const first = access.createCode();
  for (let count = 0; count < 40; count++) access.createCode();
  expect(access.exchange(first)).toBeNull();
});

it('knows exactly one name of itself', () => {
  const hosts = [
    '127.0.0.1:80',
    '127.0.0.1:8000',
    '127.0.0.1',
    'localhost:80',
    '127.0.0.1:80.evil.test',
    '[::1]:80',
    '0:80',
    '',
    undefined,
  ];
  expect(hosts.filter((host) => isOwnHost(host, 80))).toEqual(['127.0.0.1:80']);
  const origins = ['http://127.0.0.1:80', 'https://127.0.0.1:80', 'null', 'http://127.0.0.1:80/', 'http://localhost:80', '', undefined];
  expect(origins.filter((origin) => isOwnOrigin(origin, 80))).toEqual(['http://127.0.0.1:80']);
});
