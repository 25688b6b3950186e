import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRun, writeSyntheticRun } from '../test/support/synthetic-run.ts';
import { buildModel, type ReportInput } from './model.ts';
import { pageData } from './page-data.ts';

let root: string;
let input: ReportInput;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'distributions-'));
  const failing = { syd: 'k6 was killed' };
  input = await readRun(await writeSyntheticRun(join(root, 'run'), { failing }));
});
afterAll(() => rm(root, { recursive: true }));

test('every measured cell has its distribution, and a missing region none', () => {
  const { distributions, places } = buildModel(input);
  const [table = []] = distributions;
  expect(table).toHaveLength(places.length);
  for (const [i, place] of places.entries())
    for (const one of table[i] ?? []) {
      if (place.gap !== undefined) expect(one).toBeUndefined();
      else expect(one?.ecdf.n).toBe(400);
    }
});

test('quantiles are those of the cell', () => {
  const { distributions, tables } = buildModel(input);
  const values = input.series[0]?.rounds.flatMap((round) => round.values) ?? [];
  expect(tables[0].rows[0]?.cells[0]?.target).toBe(input.series[0]?.target);
  const { quantiles } = distributions[0]?.[0]?.[0] ?? { quantiles: [] };
  expect(quantiles[0]).toBe(Math.min(...values));
  expect(quantiles.at(-1)).toBe(Math.max(...values));
});

test('a target is compared with the fastest of its region, and the fastest with the next one', () => {
  const { distributions, targets } = buildModel(input);
  const at = (place: number, target: number) => distributions[0]?.[place]?.[target]?.shift;
  // ord: 113, 330 and 5 ms.
  expect(targets).toEqual(['single-region', 'multi-region-single-db', 'read-replicas']);
  expect([0, 1, 2].map((target) => at(1, target)?.against)).toEqual([2, 2, 0]);
  const median = at(1, 0)?.deciles[4]?.difference;
  expect(median?.centre).toBeGreaterThan(105);
  expect(median?.centre).toBeLessThan(111);
  expect(median?.interval?.low).toBeLessThan(median?.centre ?? NaN);
  expect(at(1, 2)?.deciles[4]?.difference.centre).toBeCloseTo(-(median?.centre ?? NaN), 9);
});

test('a single target is compared with nothing', async () => {
  const dir = await writeSyntheticRun(join(root, 'single'), { targets: ['a'], vantages: ['cdg'] });
  const { distributions } = buildModel(await readRun(dir));
  expect(distributions[0]?.[0]?.[0]?.ecdf.n).toBe(400);
  expect(distributions[0]?.[0]?.[0]).not.toHaveProperty('shift');
});

test('the page gets points, not samples', () => {
  const data = pageData(buildModel(input));
  const cell = data.distribution?.[0]?.[1]?.[0];
  expect(cell?.n).toBe(400);
  expect(cell?.ms.length).toBeLessThan(200);
  expect(cell?.ms.length).toBe(cell?.ranks.length);
  expect(cell?.shift?.ms).toHaveLength(9);
  expect(cell?.shift?.high).toHaveLength(9);
  expect(data.distribution?.[0]?.[2]).toEqual([null, null, null]);
  expect(data.choices).toEqual({
    workloads: ['search'],
    places: [
      ...[{ name: 'cdg' }, { name: 'ord' }, { name: 'syd', gap: 'k6 was killed' }],
      { name: 'scl' },
    ],
  });
});
