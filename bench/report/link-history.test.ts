import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pairKey } from '../world/regions.ts';
import { readRun, startAt, writeSyntheticRun } from '../test/support/synthetic-run.ts';
import { linkHistory } from './link-history.ts';

async function run(linkOff?: readonly number[]) {
  const root = await mkdtemp(join(tmpdir(), 'link-history-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const more = linkOff === undefined ? {} : { linkOff };
  return readRun(await writeSyntheticRun(join(root, 'run'), { perBlock: 10, rounds: 6, ...more }));
}

test('has every link round by round, and the rounds that were lost to one', async () => {
  const { manifest, outcomes, links } = await run([1, 4]);
  const history = linkHistory(manifest, outcomes, links);
  expect(history?.all).toBe(3);
  expect(history?.links.map(({ name, wantedMs }) => [name, wantedMs])).toEqual([
    ['cdg–ord', 108],
    ['cdg–scl', 211],
    ['cdg–syd', 286],
  ]);
  expect(history?.rounds.map(({ lost }) => lost)).toEqual([false, true, false, false, true, false]);
  const off = history?.links.map(({ rounds }) => rounds.map((judged) => judged?.off));
  expect(off?.[1]).toEqual([false, true, false, false, true, false]);
  expect(off?.[0]).toEqual(Array(6).fill(false));
  const [first] = manifest.plan.blocks;
  expect(history?.rounds[0]?.fromS).toBeCloseTo((first?.warmUpMs ?? NaN) / 1000, 6);
  // The probes from before the load are there too.
  expect(history?.links[0]?.probes[0]?.atS).toBeCloseTo(-3, 6);
});

test('of many links it keeps the eight that were farthest off', async () => {
  const { manifest, outcomes } = await run([]);
  const codes = Array.from({ length: 12 }, (_, i) => `r${String(i).padStart(2, '0')}`);
  const rtt = Object.fromEntries(
    codes.map((code) => [pairKey('cdg', code), { ms: 100, source: 'azure' }]),
  );
  const links = codes.flatMap((to, i) =>
    Array.from({ length: 200 }, (_, second) => ({
      ...{ from: 'cdg', to, atUs: 1000 * startAt + 1e6 * second },
      rttMs: i === 3 ? undefined : 100 + (11 - i) / 10,
    })),
  );
  const history = linkHistory({ ...manifest, rtt }, outcomes, links);
  expect(history?.all).toBe(12);
  expect(history?.links.map(({ name }) => name)).toEqual(
    codes.slice(0, 8).map((code) => `cdg–${code}`),
  );
  expect(history?.links[3]?.rounds[0]).toMatchObject({ medianMs: undefined, off: true });
});

test('there is none of a run whose links were not probed', async () => {
  const { manifest, outcomes, links } = await run();
  expect(linkHistory(manifest, outcomes, links)).toBeUndefined();
  expect(linkHistory(manifest, outcomes, [])).toBeUndefined();
});
