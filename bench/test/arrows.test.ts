import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../base/package-root.ts';

const bench = join(packageRoot(), 'bench');

/** Which folder may import which; absent means forbidden. The table of the architecture. */
const allowed: Record<string, string[]> = {
  base: [],
  stats: ['base'],
  world: ['base'],
  replay: [],
  app: ['replay'],
  topologies: ['base', 'world'],
  scenarios: ['base'],
  config: ['base', 'world', 'topologies', 'scenarios'],
  plan: ['base', 'world', 'topologies', 'scenarios', 'config'],
  samples: ['base', 'world', 'plan'],
  k6: ['base', 'plan', 'samples'],
  providers: ['base', 'world', 'topologies', 'replay', 'k6', 'samples', 'stats'],
  run: ['base', 'plan', 'providers', 'k6', 'samples', 'stats'],
  compare: ['base', 'world', 'samples', 'stats'],
  explain: ['base', 'world', 'samples', 'stats'],
  report: ['base', 'world', 'plan', 'samples', 'stats', 'compare', 'explain'],
  cli: [
    'base',
    'world',
    'topologies',
    'scenarios',
    'config',
    'plan',
    'providers',
    'k6',
    'run',
    'samples',
    'stats',
    'compare',
    'explain',
    'report',
  ],
};

const files = readdirSync(bench, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('test/'),
);

test('there are files to check', () => {
  expect(files.length).toBeGreaterThan(15);
});

test('imports only go where the architecture lets them', () => {
  const forbidden = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => !mayImport(file, target))
      .map((target) => `${file} imports ${target}`),
  );
  expect(forbidden).toEqual([]);
});

function mayImport(file: string, target: string): boolean {
  const from = folderOf(file);
  const to = folderOf(target);
  if (from === to) return true;
  // Tests may stand real parts of any folder beside the one they check.
  if (file.endsWith('.test.ts')) return true;
  return allowed[from]?.includes(to) ?? false;
}

const folderOf = (file: string): string => file.split('/')[0] ?? '';

function importsOf(file: string): string[] {
  const source = readFileSync(join(bench, file), 'utf8');
  return [...source.matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map(([, path]) =>
    relative(bench, resolve(bench, dirname(file), path ?? '')),
  );
}
