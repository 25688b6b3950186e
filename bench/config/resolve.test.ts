import { expect, test } from 'vitest';
import { regions } from '../world/regions.ts';
import { parseSettings } from './file.ts';
import { nearestName } from './nearest-name.ts';
import { resolveConfig } from './resolve.ts';
import type { FromEnvironment, Settings } from './settings.ts';
import { settingsOf, type TestSettings } from '../test/support/config.ts';

const flag = (key: string) => `--${key}`;
const resolve = (settings: TestSettings) => resolveConfig(settingsOf(settings), flag, 1);
const problemsOf = (settings: TestSettings) => {
  const resolved = resolve(settings);
  return resolved.ok ? [] : resolved.problems;
};

test('defaults are the four cities and the three topologies of the articles', () => {
  const resolved = resolve({});
  expect(resolved.ok && resolved.config).toMatchObject({
    regions: ['cdg', 'ord', 'syd', 'scl'],
    primary: 'cdg',
    rounds: 8,
    rate: 20,
    topologies: [
      { name: 'single-region' },
      { name: 'multi-region-single-db' },
      { name: 'read-replicas' },
    ],
    scenarios: [{ name: 'search', env: { QUERIES: '3' } }],
  });
});

test('every problem is reported at once, each with the nearest valid name', () => {
  const problems = problemsOf({
    regions: ['cgd', 'ord'],
    topologies: ['read-replica'],
    scenarios: ['serch'],
    profile: 'fast',
    provider: 'locl',
    targets: { prod: 'ftp://x' },
    rtt: { 'cdg-xxx': 5 },
  });
  expect(problems.map(({ where }) => where).sort()).toEqual([
    '--profile',
    '--provider',
    '--regions',
    '--rtt.cdg-xxx',
    '--scenarios',
    '--targets.prod',
    '--topologies',
  ]);
  const fixes = problems.map(({ fix }) => fix).join('\n');
  for (const name of ['cdg', 'read-replicas', 'search', 'local'])
    expect(fixes).toContain(`Did you mean ${name}?`);
});

test.each(['0', '21', '2.5', 'many'])('QUERIES=%s is refused', (queries) => {
  expect(problemsOf({ env: { QUERIES: queries } })).toMatchObject([{ where: '--env.QUERIES' }]);
});

test('targets of the user are measured alone, with a plain GET, unless topologies are named too', () => {
  const resolved = resolve({ targets: { mine: 'http://127.0.0.1:3000' } });
  expect(resolved.ok && resolved.config).toMatchObject({
    topologies: [],
    scenarios: [{ name: 'visit' }],
  });
});

test('a target may not take the name of a topology', () => {
  expect(problemsOf({ targets: { 'read-replicas': 'http://127.0.0.1:1' } })).toHaveLength(1);
});

test('a target with credentials is refused, and nothing repeats them', () => {
  for (const url of [
    'https://me:hunter2@example.com/',
    'hunter2@example.com',
    'ftp://x:hunter2@y',
  ]) {
    const [problem, ...more] = problemsOf({ targets: { prod: url } });
    expect(problem?.where).toBe('--targets.prod');
    expect(more).toEqual([]);
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  }
});

test.each([
  ['yul', 'yyz'],
  ['mad', 'cdg'],
  ['sea', 'sjc'],
  ['eze', 'gru'],
])('a region that Fly gave up long ago, %s, names the live one nearest to it, %s', (code, live) => {
  const [problem] = problemsOf({ regions: [code] });
  expect(problem?.what).toContain(`Fly has retired ${code}; the nearest live region is ${live} (`);
});

test('a primary outside the regions becomes one of them', () => {
  const resolved = resolve({ primary: 'fra' });
  expect(resolved.ok && resolved.config.regions).toEqual(['fra', 'cdg', 'ord', 'syd', 'scl']);
});

test('an override of a round-trip time is kept', () => {
  const resolved = resolve({ rtt: { 'cdg-ord': 116 } });
  expect(resolved.ok && resolved.config.rttOverrides).toEqual({ 'cdg-ord': 116 });
});

test('a second deployment has a name of its own, and may have links of its own', () => {
  const resolved = resolve({
    topologies: ['single-region', 'slow=single-region'],
    rtt: { 'slow:cdg-ord': 116 },
  });
  expect(resolved.ok && resolved.config).toMatchObject({
    topologies: [{ name: 'single-region' }, { name: 'slow', copyOf: 'single-region' }],
    rttOverrides: {},
    rttOverridesOf: new Map([['slow', { 'cdg-ord': 116 }]]),
  });
});

test.each([
  ['=single-region', `"" can't name a copy`],
  ['a b=single-region', `"a b" can't name a copy`],
  ['read-replicas=single-region', '"read-replicas" names a topology already'],
  ['slow=singel-region', 'no topology is called "singel-region"'],
])('a copy written as %s is refused', (choice, what) => {
  expect(problemsOf({ topologies: [choice] })).toMatchObject([{ where: '--topologies', what }]);
});

test('links of a topology that is not chosen are refused', () => {
  expect(problemsOf({ rtt: { 'slwo:cdg-ord': 116 } })).toMatchObject([
    { where: '--rtt.slwo:cdg-ord', what: 'no chosen topology is called "slwo"' },
  ]);
});

test('until_ci begins with 8 rounds, and excludes a number of rounds or a budget', () => {
  const resolved = resolve({ until_ci: 5, profile: 'standard' });
  expect(resolved.ok && resolved.config).toMatchObject({ untilCi: 0.05, rounds: 8 });
  const both = problemsOf({ until_ci: 5, rounds: 10, duration: 60 });
  expect(both.map(({ where }) => where)).toEqual(['--rounds', '--duration']);
});

test('A/A takes one target, by default the simplest topology', () => {
  const resolved = resolve({ aa: true });
  expect(resolved.ok && resolved.config.topologies.map(({ name }) => name)).toEqual([
    'single-region',
  ]);
  const two = problemsOf({ aa: true, topologies: ['single-region', 'read-replicas'] });
  expect(two).toMatchObject([{ where: '--aa', what: 'measures one target twice; 2 are chosen' }]);
});

test('names are only suggested when they are near', () => {
  expect(nearestName('singel-region', ['single-region', 'read-replicas'])).toBe('single-region');
  expect(nearestName('zzzz', ['single-region', 'read-replicas'])).toBeUndefined();
});

const toml = `app = "x"

[bench]
regions = ["cdg"]
rouns = 3
rate = "fast"

[bench.targets]
prod = "https://example.com"

[bench.rtt]
cdg-ord = -4
`;

test('problems of the file name its line and key', () => {
  const { problems } = parseSettings(toml, 'fly.bench.toml');
  expect(problems.map(({ where }) => where).sort()).toEqual([
    'fly.bench.toml:12 [bench] rtt.cdg-ord',
    'fly.bench.toml:5 [bench] rouns',
    'fly.bench.toml:6 [bench] rate',
  ]);
  const [ofFly] = parseSettings('[bench.fly]\norgg = "x"', 'f.toml').problems;
  expect(ofFly?.fix).toMatch(/^Did you mean org\?/);
  expect(problems.find(({ where }) => where.includes('rouns'))?.fix).toContain(
    'Did you mean rounds?',
  );
});

test('broken TOML names its line', () => {
  const { problems } = parseSettings('a = 1\nb = [', 'f.toml');
  expect(problems).toMatchObject([{ where: 'f.toml:2' }]);
});

test('a file without [bench] settles nothing', () => {
  expect(parseSettings('app = "x"', 'f.toml')).toMatchObject({ settings: {}, problems: [] });
});

test('a name in two tables is found in the right one', () => {
  const { where } = parseSettings('rounds = 1\n[bench]\nrounds = 2\n', 'f.toml');
  expect(where('rounds')).toBe('f.toml:3 [bench] rounds');
});

test('many vantages share the load of one machine, with as many samples a block', () => {
  const many = resolve({ regions: [...regions.keys()] });
  expect(many.ok && many.config).toMatchObject({ rate: 4, keep: 9500 });
  const four = resolve({});
  expect(four.ok && four.config).toMatchObject({ rate: 20, keep: 1900 });
  const steps = resolve({ scenarios: ['read-your-writes'] });
  expect(steps.ok && steps.config).toMatchObject({ rate: 10, keep: 3800 });
  const asked = resolve({ regions: [...regions.keys()], rate: 10 });
  expect(asked.ok && asked.config).toMatchObject({ rate: 10, keep: 1900 });
});

test('a setting may name a variable of the environment, and is secret then', () => {
  const settings: Settings = {
    env: new Map<string, string | FromEnvironment>([
      ['PLACE', { env: 'SOMEWHERE' }],
      ['API_KEY', 'typed'],
      ['QUERIES', '3'],
    ]),
  };
  const resolved = resolveConfig(settings, (key) => `--${key}`, 1, { SOMEWHERE: 'here' });
  expect(resolved.ok && resolved.config.scenarios[0]).toMatchObject({
    env: { PLACE: 'here', API_KEY: 'typed', QUERIES: '3' },
    secrets: { PLACE: 'SOMEWHERE', API_KEY: 'API_KEY' },
  });
  const without = resolveConfig(settings, (key) => `--${key}`, 1, {});
  expect(!without.ok && without.problems).toMatchObject([
    { where: '--env.PLACE', what: 'SOMEWHERE is not set in the environment' },
  ]);
});

test('a secret in the place of a name is not repeated', () => {
  const key = 'ghp_abcdefghijklmnop1234';
  const settings: Settings = { env: new Map([[key, { env: key }]]) };
  expect(JSON.stringify(resolveConfig(settings, () => '--env', 1))).not.toContain(key);
});
