import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { topologies } from '../../topologies/index.ts';
import { syntheticHistory, syntheticRunOfSides } from '../../test/support/sides.ts';
import { syntheticManifest } from '../../test/support/synthetic-run.ts';
import { conditionsOf } from '../unlike.ts';
import { accept } from './accept.ts';
import type { Baseline, KeptRun } from './baseline.ts';
import { formatBaseline } from './format.ts';
import { findBaseline, openBaseline } from './open-baseline.ts';
import { writeBaseline } from './write-baseline.ts';

const conditions = conditionsOf(syntheticManifest());
const targets = { base: 100, a: 123.456789 };

function acceptAll(runs: readonly KeptRun[]): Baseline {
  const [first, ...others] = runs;
  if (first === undefined) throw new Error('no run');
  return others.reduce<Baseline>(
    (before, run) => accept(before, run, conditions),
    accept(undefined, first, conditions),
  );
}

describe('accepting', () => {
  const runs = syntheticHistory(25, { targets });
  const full = acceptAll(runs);

  test('keeps the first for good, the newest, and the last twenty', () => {
    expect(full.fixed.runId).toBe('day-00');
    expect(full.newest.runId).toBe('day-24');
    expect(full.window.map(({ runId }) => runId)).toEqual(runs.slice(5).map(({ runId }) => runId));
  });

  test('the same run twice changes nothing', () => {
    for (const again of [runs[24], runs[10]])
      expect(formatBaseline(accept(full, again as KeptRun, conditions))).toBe(formatBaseline(full));
  });

  test('an older run takes its place in time, and is not the newest', () => {
    const few = acceptAll([runs[0], runs[2], runs[1]] as KeptRun[]);
    expect(few.window.map(({ runId }) => runId)).toEqual(['day-00', 'day-01', 'day-02']);
    expect(few.newest.runId).toBe('day-02');
  });

  test('keeps the average of the logs over the rounds', () => {
    const cells = [
      { round: 0, p50: 10, p95: 20 },
      { round: 3, p50: 40, p95: 80 },
    ];
    const cell = { vantage: 'cdg', scenario: 's', metric: 'm', n: 9, rounds: cells };
    const side = { runId: 'r', target: 't', startedAtIso: '', cells: [cell] };
    const { window } = accept(
      undefined,
      { runId: 'r', startedAtIso: '', sides: [side] },
      conditions,
    );
    expect(window[0]?.cells).toEqual([
      {
        ...{ target: 't', vantage: 'cdg', scenario: 's', metric: 'm', rounds: 2, n: 9 },
        p50: expect.closeTo(20, 9) as number,
        p95: expect.closeTo(40, 9) as number,
      },
    ]);
  });
});

describe('the text', () => {
  const runs = syntheticHistory(3, { targets });
  const text = formatBaseline(acceptAll(runs));

  test('has a line a cell, sorted, and ends with its line', () => {
    const cells = text.split('\n').filter((line) => line.startsWith('{"target"'));
    // 2 targets × 4 vantages, in the fixed run, the newest one and three of the window.
    expect(cells).toHaveLength(8 * 5);
    expect(cells[0]).toMatch(
      /^\{"target":"a","vantage":"cdg",.*"round":\[0,1,.*"p50":\[\d+\.\d{1,4},/,
    );
    const own = cells.slice(16, 24);
    expect(own).toEqual([...own].sort());
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('does not depend on the order of targets and vantages', () => {
    const turned = runs.map(({ sides, ...run }) => ({
      ...run,
      sides: [...sides].reverse().map((side) => ({ ...side, cells: [...side.cells].reverse() })),
    }));
    expect(formatBaseline(acceptAll(turned))).toBe(text);
  });

  test('of one more run differs from the one before by that run only', () => {
    const before = new Set(formatBaseline(acceptAll(runs.slice(0, 2))).split('\n'));
    const added = text.split('\n').filter((line) => !before.has(line) && line.startsWith('{'));
    // The newest run round by round, and its averages; each with a heading.
    expect(added.filter((line) => line.startsWith('{"target"'))).toHaveLength(16);
  });

  test('stays below 200 kB for seven topologies in four regions with all rounds of a thorough run', () => {
    const names = [...topologies.map(({ name }) => name), 'the-longest-name-of-a-topology'];
    const seven = Array.from({ length: 7 }, (_, i) => `${names[i % names.length] ?? ''}-${i}`);
    const history = syntheticHistory(25, {
      targets: Object.fromEntries(seven.map((name) => [name, 1234.5])),
      rounds: 30,
    });
    const bytes = Buffer.byteLength(formatBaseline(acceptAll(history)));
    expect(bytes).toBeLessThan(200_000);
    expect(bytes).toBeGreaterThan(50_000);
  });
});

describe('on disk', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'baseline-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));
  const baseline = acceptAll(syntheticHistory(12, { targets }));

  test('comes back as it was, to a tenth of a microsecond, and so does its text', async () => {
    const file = await writeBaseline(join(dir, 'good'), baseline);
    const found = await openBaseline(join(dir, 'good'));
    expect(formatBaseline(found.baseline)).toBe(await readFile(file, 'utf8'));
    expect(found.sides.map(({ target }) => target)).toEqual(['a', 'base']);
    const rounded = found.sides[1]?.cells[0]?.rounds[0]?.p50 ?? NaN;
    const exact = baseline.newest.sides[0]?.cells.find((c) => c.vantage === 'cdg')?.rounds[0];
    expect(rounded).toBeCloseTo(exact?.p50 ?? NaN, 4);
  });

  test('nothing there is no baseline, which only matters to who needs one', async () => {
    expect(await findBaseline(join(dir, 'none'))).toBeUndefined();
    await expect(openBaseline(join(dir, 'none'))).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('holds no baseline') as string,
    });
  });

  test.each([
    ['half a file', (text: string) => text.slice(0, 1000), 'not JSON'],
    ['an empty file', () => '', 'not JSON'],
    ['null', () => 'null', 'is damaged'],
    ['a list', () => '[]', 'is damaged'],
    ['a later version', (text: string) => text.replace('"schema": 1', '"schema": 2'), 'schema 2'],
    ['a negative latency', (text: string) => text.replace('"p50":[', '"p50":[-'), 'is damaged'],
    [
      'a round without a value',
      (text: string) => text.replace('"round":[0,', '"round":['),
      'length',
    ],
    ['no conditions', (text: string) => text.replace('"conditions"', '"c"'), 'conditions'],
  ])('%s is said, with what to do', async (name, break_, words) => {
    const file = await writeBaseline(join(dir, name), baseline);
    await writeFile(file, break_(await readFile(file, 'utf8')));
    const error: unknown = await findBaseline(join(dir, name)).catch((e: unknown) => e);
    expect(error).toMatchObject({ kind: 'usage', fix: expect.stringMatching(/./) as string });
    expect((error as Error).message).toContain(words);
  });

  test('cells without any valid round are kept out', () => {
    const none = syntheticRunOfSides({ targets, rounds: 0 });
    expect(accept(undefined, none, conditions).window[0]?.cells).toEqual([]);
  });
});
