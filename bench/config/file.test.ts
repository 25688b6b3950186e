import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseSettings } from './file.ts';

const told = (toml: string, path = 'f.toml') =>
  parseSettings(toml, path).problems.map(({ where, what, fix }) => `${where}: ${what} → ${fix}`);

describe('a wrong value is told with the right one', () => {
  test.each([
    ['regions = "cdg,ord"', 'Write regions = ["cdg", "ord"].'],
    ['regions = ["cdg", 5]', 'Write regions = ["cdg", "5"].'],
    ['regions = []', 'Write regions = ["cdg", "syd"].'],
    ['rate = "20"', 'Write rate = 20.'],
    ['allow_status = "404"', 'Write allow_status = [404].'],
    ['allow_status = ["404"]', 'it takes a list of whole numbers'],
    ['allow_status = [42]', 'Write allow_status = [404].'],
    ['primary = true', 'Write primary = "true".'],
    ['rounds = 2.5', 'Write rounds = 3.'],
    ['rounds = 0', 'it takes a whole number from 1 to 1000 → Write rounds = 8.'],
    ['rate = 5000', 'is the number 5000; it takes a whole number from 1 to 1000'],
    ['duration = "90s"', 'Write duration = 90.'],
    ['duration = "5m"', 'Write duration = 300.'],
    ['duration = -1', 'it takes a number above 0'],
    ['until_ci = "5%"', 'Write until_ci = 5.'],
    ['primary = 3', 'Write primary = "3".'],
    ['open = "yes"', 'is the text "yes"; it takes true or false → Write open = true.'],
    ['aa = 1', 'Write aa = true.'],
    [
      'targets = "https://a.example"',
      'Write [bench.targets], and below it name = "https://a.example".',
    ],
    [
      'targets = ["a=https://a.example", "b=https://b.example"]',
      'below it a = "https://a.example", b = "https://b.example".',
    ],
    [
      '[[bench.targets]]\nname = "web"\nurl = "https://a.example"',
      'is a list of tables; it takes a table → Write [bench.targets], and below it web = "https://a.example".',
    ],
    [
      '[bench.targets.web]\nurl = "https://a.example"\nheaders = { a = "b" }',
      'Write web = "https://a.example" below [bench.targets]. Request headers',
    ],
    ['[bench.env]\nDEBUG = true', 'Write DEBUG = "true" below [bench.env].'],
    ['[bench.rtt]\ncdg-ord = "116"', 'Write cdg-ord = 116 below [bench.rtt].'],
    ['rtt = 5', 'Write [bench.rtt], and below it cdg-ord = 116.'],
    ['[bench.budgets]\np50 = "100 ms"', 'Write p50 = 100 below [bench.budgets].'],
    ['[bench.budgets]\nerror_rate = "1%"', 'Write error_rate = 0.01 below [bench.budgets].'],
    [
      '[bench.budgets.targets.a.vantages.syd]\np95 = "80"',
      'Write p95 = 80 below [bench.budgets.targets.a.vantages.syd].',
    ],
    ['[bench.budgets]\ntargets = ["a"]', 'Write [bench.budgets.targets], and below it'],
    [
      '[bench.gate]\ninconclusive = "fial"',
      'Did you mean fail? Write inconclusive = "fail" below [bench.gate].',
    ],
    ['[bench.fly]\nvia = "privat"', '"public" or "private" → Did you mean private?'],
    ['[bench.fly]\nsize = "shared-cpu-1x"', 'must be performance-1x to performance-16x'],
    ['[bench.fly]\nmax_cost = "2.50"', 'Write max_cost = 2.5 below [bench.fly].'],
    ['fly = "org"', 'is the text "org"; it takes a table → Write [bench.fly], and below it app ='],
  ])('%s', (line, words) => {
    const [only, ...more] = told(`[bench]\n${line}`);
    expect(only).toContain(words);
    expect(more).toEqual([]);
  });

  test.each([
    [
      'bench = 5',
      'f.toml:1 [bench]: bench is the number 5; it takes a table → Write [bench], and below it',
    ],
    ['bench = ["a"]', 'bench is a list'],
    [
      '[[bench]]\nrounds = 3',
      '[[bench]] makes a list of tables → Write [bench] once, in single brackets',
    ],
    [
      'regions = ["cdg"]',
      'f.toml:1 regions: stands outside of the [bench] table, where nothing reads it → Write [bench] on a line above it.',
    ],
    ['[targets]\na = "https://a.example"', 'Write [bench.targets].'],
    ['[Bench]\nrounds = 3', 'Did you mean [bench]?'],
  ])('%s', (toml, words) => {
    expect(told(toml).join('\n')).toContain(words);
  });

  test('a password in a value is not repeated', () => {
    expect(told('[bench]\ntargets = "https://me:hunter2@a.example"').join()).not.toContain(
      'hunter2',
    );
  });

  /** Every value that TOML knows, in every place: no word of the checker's own, and always something to write. */
  test('whatever is written, nothing of zod is said', () => {
    const keys = fc.constantFrom(
      ...[
        'provider',
        'regions',
        'substitute',
        'topologies',
        'script',
        'targets',
        'rounds',
        'duration',
      ],
      ...['env', 'rtt', 'budgets', 'gate', 'fly', 'open', 'out', 'seed', 'nonsense', 'constructor'],
    );
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const value = fc.oneof(
      scalar,
      fc.array(scalar, { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('p50', 'app', 'a', '__proto__', 'vantages', 'url'), scalar, {
        maxKeys: 2,
      }),
    );
    fc.assert(
      fc.property(keys, value, (key, each) => {
        const toml = stringify({ bench: { [key]: each } });
        for (const { what, fix } of parseSettings(toml, 'f.toml').problems) {
          expect(what).not.toMatch(/Invalid input|received|expected|unrecognized|record/i);
          expect(fix).toMatch(/Write|Known:|Did you mean/);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('an unknown key', () => {
  test.each([
    ['scenario = "visit"', 'Did you mean scenarios? Write scenarios = ["visit"].'],
    ['target = "https://a.example"', 'Did you mean targets? Write [bench.targets]'],
    ['until-ci = 5', 'Did you mean until_ci? Write until_ci = 5.'],
    ['max_cost = 2', 'Write it below [bench.fly].'],
    ['p95 = 2', 'Write it below [bench.budgets].'],
    ['dry_run = true', 'is a flag only: a file that says so would never measure → Say --dry-run.'],
    ['config = "x"', 'is a flag only'],
    ['staging = true', 'Write stage = "staging" below [bench.fly].'],
    ['[bench.fly]\nrounds = 3', 'Write it below [bench].'],
  ])('%s', (line, words) => {
    expect(told(`[bench]\n${line}`).join('\n')).toContain(words);
  });
});

describe('a file that is not TOML', () => {
  test.each([
    ['regions:\n  - cdg', 'bench.yml', 'bench.yml: is YAML; the configuration is TOML'],
    ['{"bench": {}}', 'bench.json', 'is JSON'],
    ['\uFFFD\uFFFD[\0b\0', 'f.toml', 'is not UTF-8 text'],
    [
      '[bench]\nrate = 1\nrate = 2',
      'f.toml',
      'f.toml:3: "rate" is given a second time → Keep one of the two.',
    ],
    ['[bench]\nprimary = cdg', 'f.toml', 'f.toml:2: "primary" is not TOML'],
  ])('%j', (text, path, words) => {
    expect(told(text, path).join()).toContain(words);
  });
});

test('every setting of a run may stand in the file', () => {
  const { settings, problems } = parseSettings(
    '[bench]\nscript = "s.ts"\naa = true\nout = "o"\nbaseline = "b"\nopen = true\nyes = true\njson = true\nquiet = true',
    'f.toml',
  );
  expect(problems).toEqual([]);
  expect(settings).toMatchObject({
    script: 's.ts',
    aa: true,
    out: 'o',
    baseline: 'b',
    quiet: true,
  });
});

test('names keep the order in which they are written, whatever they are', () => {
  const names = (toml: string) => [...(parseSettings(toml, 'f.toml').settings.targets ?? [])];
  const inTable = names(
    '[bench.targets]\nz = "1"\n10 = "2"\n"9" = "3"\n__proto__ = "4"\nconstructor = "5"\n',
  );
  expect(inTable.map(([name]) => name)).toEqual(['z', '10', '9', '__proto__', 'constructor']);
  expect(inTable.map(([, url]) => url)).toEqual(['1', '2', '3', '4', '5']);
  expect(
    names('[bench]\ntargets = { b = "1", 7 = "2", "a.b" = "3", 3 = "4" }').map(([name]) => name),
  ).toEqual(['b', '7', 'a.b', '3']);
  expect(names('bench.targets.8 = "1"\nbench.targets.7 = "2"').map(([name]) => name)).toEqual([
    '8',
    '7',
  ]);
});

test('budgets of a target that is named as what every object has are kept', () => {
  const { settings } = parseSettings('[bench.budgets.targets.__proto__]\np50 = 7', 'f.toml');
  expect(settings.budgets?.targets?.get('__proto__')).toEqual({ p50: 7 });
});
