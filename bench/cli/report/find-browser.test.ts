import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';

const among =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path);

test('the first that is installed, in the order of the list', () => {
  const env = { PATH: ['/usr/local/bin', '/usr/bin'].join(delimiter) };
  const isProgram = among('/usr/bin/chromium', '/usr/local/bin/microsoft-edge');
  expect(findBrowser({ env, platform: 'linux', isProgram })).toBe('/usr/bin/chromium');
});

test('the one that is named, and no other', () => {
  const isProgram = among('/usr/bin/chromium', '/opt/mine');
  const named = (BENCH_BROWSER: string) =>
    findBrowser({ env: { PATH: '/usr/bin', BENCH_BROWSER }, platform: 'linux', isProgram });
  expect(named('/opt/mine')).toBe('/opt/mine');
  expect(named('/opt/none')).toBeUndefined();
  expect(named('')).toBe('/usr/bin/chromium');
});

test('where macOS and Windows keep them', () => {
  const mac = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
  expect(findBrowser({ env: {}, platform: 'darwin', isProgram: among(mac) })).toBe(mac);
  const edge = join('C:\\Programs', 'Microsoft', 'Edge', 'Application', 'msedge.exe');
  const env = { 'ProgramFiles(x86)': 'C:\\Programs' };
  expect(findBrowser({ env, platform: 'win32', isProgram: among(edge) })).toBe(edge);
});

test('none where there is none', () => {
  const env = { PATH: '/usr/bin' };
  expect(findBrowser({ env, platform: 'linux', isProgram: () => false })).toBeUndefined();
});
