import { cp, mkdir, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../samples/manifest.ts';
import type { ComparisonJson } from '../report/comparison/json.ts';
import { benchHere as bench } from '../test/support/bench-here.ts';
import type { Ended } from '../test/support/bench.ts';
import { writeSyntheticRun, type SyntheticRun } from '../test/support/synthetic-run.ts';

let root = '';
let run = '';
let other = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bench-compare-'));
  run = await writeSyntheticRun(join(root, 'run'));
  other = await another('other', 'run-2', { seed: 2 });
});
afterAll(() => rm(root, { recursive: true }));

/** A run with another name, and with whatever else is changed in its manifest. */
async function another(
  folder: string,
  runId: string,
  like: SyntheticRun = {},
  change: (manifest: Manifest) => object = () => ({}),
): Promise<string> {
  const dir = await writeSyntheticRun(join(root, folder), like);
  const file = join(dir, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  await writeFile(file, JSON.stringify({ ...manifest, runId, ...change(manifest) }));
  return dir;
}

const jsonOf = ({ stdout }: Ended) => JSON.parse(stdout) as ComparisonJson;

const pairsIn = (ended: Ended) =>
  jsonOf(ended).comparisons.map(({ baseline, candidate }) => [baseline.target, candidate.target]);

describe('two targets of a run', () => {
  test('are judged in the same rounds', async () => {
    const ended = await bench([
      'compare',
      `${run}:single-region`,
      `${run}:read-replicas`,
      '--json',
    ]);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const [comparison] = jsonOf(ended).comparisons;
    expect(comparison?.pairing).toBe('same-rounds');
    expect(comparison?.family.size).toBe(9);
    const verdicts = comparison?.cells.map(({ vantage = 'mean', quantile, verdict }) => [
      `${vantage} ${quantile}`,
      verdict,
    ]);
    expect(Object.fromEntries(verdicts ?? [])).toMatchObject({
      'cdg p50': 'no-difference',
      'ord p50': 'faster',
      'scl p95': 'faster',
      'mean p50': 'faster',
    });
  });

  test('are shown as a table with a sentence', async () => {
    const { code, stdout } = await bench([
      'compare',
      `${run}:single-region`,
      `${run}:read-replicas`,
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^syd p50 .*−28\d .* faster ▼$/m);
    expect(stdout).toContain('read-replicas is faster than single-region in ord, syd and scl');
  });

  test('may lie in a folder with a colon in its name', async () => {
    const odd = join(root, 'a:b');
    await mkdir(odd);
    const dir = await writeSyntheticRun(join(odd, 'run:1'));
    const ended = await bench([
      'compare',
      `${dir}:read-replicas`,
      `${dir}:single-region`,
      '--json',
    ]);
    expect(pairsIn(ended)).toEqual([['read-replicas', 'single-region']]);
    await rename(odd, join(root, 'renamed'));
  });
});

test('a copy of a run is that run', async () => {
  const copy = join(root, 'copy');
  await cp(run, copy, { recursive: true });
  const ended = await bench(['compare', `${run}:single-region`, copy, '--json']);
  expect(jsonOf(ended).comparisons.map(({ pairing }) => pairing)).toEqual([
    'same-rounds',
    'same-rounds',
  ]);
  expect((await bench(['compare', run, copy])).stderr).toContain('with itself');
});

describe('a run alone', () => {
  test('has its first target as the baseline', async () => {
    expect(pairsIn(await bench(['compare', run, '--json']))).toEqual([
      ['single-region', 'multi-region-single-db'],
      ['single-region', 'read-replicas'],
    ]);
  });

  test('has the one that is named as the baseline', async () => {
    const pairs = [
      ['read-replicas', 'single-region'],
      ['read-replicas', 'multi-region-single-db'],
    ];
    expect(pairsIn(await bench(['compare', `${run}:read-replicas`, '--json']))).toEqual(pairs);
    expect(pairsIn(await bench(['compare', `${run}:read-replicas`, run, '--json']))).toEqual(pairs);
  });
});

describe('two runs', () => {
  test('are compared target by target, and labelled', async () => {
    const ended = await bench(['compare', run, other, '--json']);
    expect(ended.code).toBe(0);
    expect(pairsIn(ended).map(([a, b]) => a === b)).toEqual([true, true, true]);
    const [first] = jsonOf(ended).comparisons;
    expect(first?.pairing).toBe('different-runs');
    expect(first?.notes[0]).toContain('not a gate');
  });

  test('may be compared by one target, or two', async () => {
    const one = await bench(['compare', `${run}:read-replicas`, other, '--json']);
    expect(pairsIn(one)).toEqual([['read-replicas', 'read-replicas']]);
    const two = await bench([
      'compare',
      `${run}:read-replicas`,
      `${other}:single-region`,
      '--json',
    ]);
    expect(pairsIn(two)).toEqual([['read-replicas', 'single-region']]);
  });

  test('that are unlike are refused, naming what differs, unless that is allowed', async () => {
    const unlike = await another('unlike', 'run-3', {}, ({ versions, rtt }) => ({
      versions: { ...versions, k6: '2.3.0' },
      rtt: { ...rtt, 'cdg-ord': { ms: 116, source: 'override' } },
    }));
    const refused = await bench(['compare', run, unlike]);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('k6: 2.2.0 and 2.3.0; RTT cdg-ord: 108 ms and 116 ms');
    expect(refused.stderr).toContain('--allow-mixed');
    const allowed = await bench(['compare', run, unlike, '--allow-mixed', '--json']);
    expect(allowed.code).toBe(0);
    expect(jsonOf(allowed).notes).toEqual([
      'Measured under different conditions: k6: 2.2.0 and 2.3.0; RTT cdg-ord: 108 ms and 116 ms.',
    ]);
  });
});

test('a saved baseline is compared like a run of another day', async () => {
  const dir = join(root, 'baseline');
  const accepted = await bench(['gate', run, '--accept', '--baseline', dir]);
  expect([accepted.code, accepted.stderr]).toEqual([0, '']);
  const ended = await bench([
    'compare',
    `${dir}:read-replicas`,
    `${other}:read-replicas`,
    '--json',
  ]);
  expect(ended.code).toBe(0);
  expect(jsonOf(ended).comparisons[0]).toMatchObject({
    pairing: 'different-runs',
    candidate: { runId: 'run-2', target: 'read-replicas' },
    family: { size: 9 },
  });
});

describe('trouble is said, and what is there is used', () => {
  test('a region that failed', async () => {
    const dir = await another('failed', 'run-4', { failing: { scl: 'no route' } });
    const ended = await bench(['compare', run, dir, '--json', '--allow-mixed']);
    expect(ended.code).toBe(0);
    expect(jsonOf(ended).comparisons[0]?.notes).toContainEqual(
      expect.stringMatching(/^Not compared, as only the run .* has them: scl \(search\)\.$/),
    );
    expect(jsonOf(ended).comparisons[0]?.family.size).toBe(7);
  });

  test('a file that breaks off', async () => {
    const dir = await another('cut', 'run-5');
    await truncate(join(dir, 'samples', 'syd.csv.gz'), 60_000);
    const ended = await bench(['compare', dir, '--json']);
    expect(ended.code).toBe(0);
    const { notes } = jsonOf(ended);
    expect(notes).toHaveLength(2);
    expect(notes).toContain(
      'run-5: samples/syd.csv.gz breaks off; everything up to the break is used.',
    );
    expect(notes.join(' ')).toContain(
      'run-5: This run is not trustworthy, as samples/syd.csv.gz holds ',
    );
  });

  test('too few rounds: exit 3', async () => {
    const dir = await another('few', 'run-6', { rounds: 5 });
    const { code, stdout, stderr } = await bench(['compare', dir]);
    expect(code).toBe(3);
    expect(stdout).toContain('5 rounds count on both sides, 6 are needed');
    expect(stderr).toContain('not trustworthy');
  });

  test('no outcomes: exit 3, and nothing is compared', async () => {
    const dir = await another('lost', 'run-7');
    await rm(join(dir, 'outcomes.json'));
    const { code, stdout } = await bench(['compare', dir]);
    expect(code).toBe(3);
    expect(stdout).toContain('Nothing can be compared.');
    expect(stdout.replaceAll('\n', ' ')).toContain('outcomes.json is missing');
  });
});

describe('what is wrong is said in two lines', () => {
  test.each<[string, () => string[], string[]]>([
    ['no such folder', () => [join(root, 'none')], ['none is not a run folder']],
    ['no such target', () => [`${run}:read-replica`], ['Did you mean read-replicas?']],
    ['no target after the colon', () => [`${run}:`], ['has no target ""', 'Known: single-region']],
    ['the same run twice', () => [run, run], ['with itself', ':single-region', ':multi-region']],
    ['the same target twice', () => [`${run}:read-replicas`, `${run}:read-replicas`], ['itself']],
    ['an unknown format', () => [run, '--format', 'jsn'], ['Did you mean json?']],
    ['too many', () => [run, run, run], ['too many arguments']],
  ])('%s', async (_, args, words) => {
    const { code, stdout, stderr } = await bench(['compare', ...args()]);
    expect([code, stdout]).toEqual([2, '']);
    for (const word of words) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a run with one target', async () => {
    const dir = await another('single', 'run-8', { targets: ['single-region'] });
    const { code, stderr } = await bench(['compare', dir]);
    expect(code).toBe(2);
    expect(stderr).toContain('has one target only');
    const common = await bench(['compare', dir, run, '--json']);
    expect(jsonOf(common).notes).toEqual([
      `Not compared, as only ${run} has them: multi-region-single-db, read-replicas.`,
    ]);
    const none = await another('named', 'run-9', { targets: ['mine'] });
    const apart = await bench(['compare', run, none]);
    expect(apart.code).toBe(2);
    expect(apart.stderr).toContain('no target in common');
  });
});
