import { expect, test } from 'vitest';
import { isOnlyHere } from './only-here.ts';

test.each([
  'http://127.0.0.1:3000/',
  'http://localhost:3000/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://0.0.0.0/',
  'https://192.168.1.20/',
  'https://10.1.2.3/',
  'https://172.20.0.2/',
  'https://nas.local/',
  'http://api:8080/',
])('%s means nothing elsewhere', (url) => {
  expect(isOnlyHere(url)).toBe(true);
});

test.each([
  'https://example.fly.dev/',
  'http://top1.nearest.of.app.internal:8080/',
  'http://app.flycast/',
  'http://[fdaa:0:1:a7b::2]:8080/',
  'https://9.9.9.9/',
  'https://172.32.0.1/',
  'https://[2606:4700::1]/',
])('%s may be reached from Fly', (url) => {
  expect(isOnlyHere(url)).toBe(false);
});
