import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import { goVersionIn, isAtLeast, neededGo } from './go.ts';
import { k6Version, likeness, versionIn } from './version.ts';

const read = (...path: string[]) => readFileSync(join(packageRoot(), ...path), 'utf8');

test('the pinned k6 is the one that the types describe', () => {
  const { dependencies } = JSON.parse(read('package.json')) as {
    dependencies: Record<string, string>;
  };
  expect(likeness(dependencies['@types/k6'] ?? '')).toMatch(/^(same|other-patch)$/);
});

test('the build module pins the same k6, and asks for no newer Go than the check does', () => {
  const module = read('bench', 'k6', 'build', 'go.mod');
  expect(module).toMatch(
    new RegExp(`^\\s*go\\.k6\\.io/k6/v2 v${k6Version.replaceAll('.', '\\.')}( |$)`, 'm'),
  );
  expect(/^go (\S+)$/m.exec(module)?.[1]).toBe(neededGo);
  expect(module).not.toMatch(/^toolchain/m);
});

test.each([
  ['k6 v2.2.0 (go1.26.8, linux/amd64)\n', '2.2.0'],
  ['k6 v2.3.0-rc1 (commit/abc, go1.26.8, linux/amd64)', '2.3.0-rc1'],
  ['k6.exe v0.55.2 (go1.23, windows/amd64)', '0.55.2'],
  ['k6-v2.2.0 v2.2.1 (go1.26.8, linux/amd64)\nExtensions:\n  …', '2.2.1'],
  ['xk6_größe#1 v2.2.0 (devel, go1.26.8, linux/amd64)', '2.2.0'],
  [' v2.2.0 (go1.26.8, linux/amd64)', '2.2.0'],
  ['usage: k6 …', undefined],
  ['jq v1.7.1 (x86_64)', undefined],
  ['node v20.20.2', undefined],
  ['', undefined],
])('%j is version %s', (output, version) => {
  expect(versionIn(output)).toBe(version);
});

test.each([
  ['2.2.0', 'same'],
  ['2.2.1', 'other-patch'],
  ['2.20.0', 'other-minor'],
  ['2.1.0', 'other-minor'],
  ['1.2.0', 'other-major'],
  ['22.2.0', 'other-major'],
])('%s is %s', (version, expected) => {
  expect(likeness(version, '2.2.0')).toBe(expected);
});

test.each([
  ['go version go1.26.8 linux/amd64', '1.26.8'],
  ['go version go1.26 darwin/arm64', '1.26'],
  ['go version devel go1.27-abc linux/amd64', undefined],
  ['gccgo (GCC) 14', undefined],
])('%j is Go %s', (output, version) => {
  expect(goVersionIn(output)).toBe(version);
});

test.each([
  ['1.25.0', true],
  ['1.25', true],
  ['1.26.8', true],
  ['2.0.0', true],
  ['1.24.9', false],
  ['1.9.0', false],
])('Go %s is new enough: %s', (version, enough) => {
  expect(isAtLeast(version, '1.25.0')).toBe(enough);
});
