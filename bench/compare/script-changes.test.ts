import { expect, test } from 'vitest';
import { scriptChanges, type Scripted } from './script-changes.ts';

const digest = (letter: string) => ({ sha256: letter.repeat(64) });

function run(
  scripts: Scripted['scripts'],
  more: Partial<Scripted> & { own?: true } = {},
): Scripted {
  const { own, ...rest } = more;
  const scenarios = Object.keys(scripts ?? {}).map((name) => ({
    name,
    ...(own === undefined ? {} : { own }),
  }));
  return {
    versions: { bench: '0.1.0' },
    plan: { scenarios },
    ...(scripts === undefined ? {} : { scripts }),
    ...rest,
  };
}

test('a script of the user’s that changed is said, with what tells the two apart', () => {
  const [a, b] = ['a', 'b'].map((letter) => run({ checkout: digest(letter) }, { own: true }));
  expect(scriptChanges(a as Scripted, b as Scripted)).toEqual([
    'The script checkout changed between the two: SHA-256 aaaaaaaaaaaa… and bbbbbbbbbbbb….',
  ]);
});

test('so is what it imports', () => {
  const importing = (letter: string) =>
    run(
      { checkout: { ...digest('a'), imports: { 'lib/x.js': letter.repeat(64), 'y.js': 'y' } } },
      { own: true },
    );
  expect(scriptChanges(importing('c'), importing('d'))).toEqual([
    'The script checkout changed between the two: what it imports (lib/x.js).',
  ]);
});

test('what ships changes with versions of bench', () => {
  const old = run({ search: digest('a') });
  expect(
    scriptChanges(old, run({ search: digest('b') }, { versions: { bench: '0.2.0' } })),
  ).toEqual(['The workload search is not the same in both: it came with bench 0.1.0 and 0.2.0.']);
  expect(scriptChanges(old, run({ search: digest('b') }))[0]).toContain(
    'it was changed in between',
  );
});

test('what the workloads share is in the bundle only; a user’s own is bundled with paths and targets', () => {
  const bundled = (letter: string, own?: true) =>
    run(
      { search: digest('a') },
      {
        files: { 'scenarios.js': { ...digest(letter), bytes: 1 } },
        ...(own === undefined ? {} : { own }),
      },
    );
  expect(scriptChanges(bundled('a'), bundled('b'))[0]).toMatch(/^The load generator's script/);
  expect(scriptChanges(bundled('a'), bundled('a'))).toEqual([]);
  expect(scriptChanges(bundled('a', true), bundled('b', true))).toEqual([]);
});

test('of runs that recorded nothing nothing is said', () => {
  expect(scriptChanges(run(undefined), run({ search: digest('a') }))).toEqual([]);
});
