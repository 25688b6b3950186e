import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRun } from '../../samples/open-run.ts';
import { files } from '../../samples/run-folder.ts';
import { writeSyntheticRun } from '../../test/support/synthetic-run.ts';
import type { VantageFiles } from './read-vantage.ts';
import { readVantages } from './read-vantages.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'bench-read-'))));
afterEach(() => rm(folder, { recursive: true }));

async function vantages(): Promise<VantageFiles[]> {
  const dir = await writeSyntheticRun(join(folder, 'run'), { rounds: 3, staleReads: true });
  const { manifest, outcomes, samples } = await openRun(dir);
  return samples.map(({ vantage, file }) => {
    const one = { file, name: files.samples(vantage) };
    return { vantage, files: [one], plan: manifest.plan, outcomes };
  });
}

test('threads read the same as none, in the same order', async () => {
  const all = await vantages();
  const inThreads = await readVantages(all, 0);
  expect(inThreads).toHaveLength(4);
  expect(inThreads[0]?.series[0]?.rounds[0]?.values.length).toBeGreaterThan(10);
  expect(inThreads).toEqual(await readVantages(all));
});

test('a file that is no gzip is said, from a thread too', async () => {
  const [one] = await vantages();
  const file = one?.files[0]?.file;
  if (file === undefined) throw new Error('no file');
  await writeFile(file, (await readFile(file)).subarray(0, 2000));
  const [read] = await readVantages([one as VantageFiles], 0);
  expect(read?.broken).toEqual([
    'samples/cdg.csv.gz breaks off; everything up to the break is used.',
  ]);
});

test('a vantage without a file has its planned series, empty', async () => {
  const [one] = await vantages();
  if (one === undefined) throw new Error('no vantage');
  const [read] = await readVantages([{ ...one, files: [] }]);
  expect(read?.series.length).toBeGreaterThan(3);
  expect(read?.series.every(({ rounds }) => rounds.length === 0)).toBe(true);
});
