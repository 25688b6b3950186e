import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../base/package-root.ts';
import { exitCodes } from '../cli/exit-codes.ts';
import { benchHere } from './support/bench-here.ts';
import { bench } from './support/bench.ts';

const readme = readFileSync(join(packageRoot(), 'README.md'), 'utf8');
const lines = readme.split('\n');

const commands = lines
  .filter((line) => line.startsWith('npm run bench -- run '))
  .map((line) => line.replace('npm run bench -- ', '').split(' '));

test('there are commands to try', () => {
  expect(commands.length).toBeGreaterThan(4);
});

describe('a command of the README plans what it says', () => {
  test.each(commands.map((args) => [args.join(' '), args] as const))(
    'bench %s',
    async (_, args) => {
      const script = join(packageRoot(), 'bench', 'scenarios', 'visit.k6.ts');
      const known = args.map((arg) => (arg === 'my-flow.ts' ? script : arg));
      const { code, stdout, stderr } = await bench([...known, '--dry-run']);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(stdout).toContain('Nothing was started.');
    },
  );
});

test('every command in the table has help with an example', async () => {
  const names = [...readme.matchAll(/^\| `bench ([a-z ]+)`/gm)].map(([, name = '']) => name.trim());
  expect(names).toEqual([
    'run',
    'report',
    'compare',
    'gate',
    'world up',
    'regions',
    'doctor',
    'history',
    'explain',
    'export',
    'deploy',
    'destroy',
    'clean',
  ]);
  for (const name of names) {
    const { code, stdout } = await benchHere([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Example:\n  $ bench');
  }
});

test('the two command lines of the start are scripts of the package', () => {
  const { scripts } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(lines).toContain('npm ci && npm start');
  expect(lines).toContain('npm ci && npm test');
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
});

test('the exit codes are those of the program', () => {
  const documented = [...readme.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(documented).toEqual(Object.values(exitCodes));
});
