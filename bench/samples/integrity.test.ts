import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSyntheticRun } from '../test/support/synthetic-run.ts';
import { forgetOutcomes, recordAgain } from './forget-outcomes.ts';
import { alteredFiles } from './integrity.ts';
import { openRun } from './open-run.ts';
import { files } from './run-folder.ts';

let dir: string;
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'integrity-'));
  dir = await writeSyntheticRun(join(root, 'run'), {
    rounds: 2,
    perBlock: 5,
    vantages: ['cdg', 'ord'],
  });
});
afterEach(() => rm(join(dir, '..'), { recursive: true }));

const altered = async () => {
  const found = await alteredFiles(dir, (await openRun(dir)).manifest);
  return found.map(({ file, reason }) => `${file} ${reason}`);
};

test('rows that were brought to a run after its end are part of it from then on', async () => {
  await appendFile(join(dir, files.samples('ord')), 'more');
  await forgetOutcomes(dir, 'ord');
  expect(await altered()).toHaveLength(2);
  await recordAgain(dir, [files.samples('ord'), files.outcomes]);
  expect(await altered()).toEqual([]);
});

test('what somebody else altered before stays noticed', async () => {
  await appendFile(join(dir, files.samples('cdg')), 'x');
  await recordAgain(dir, [files.samples('ord')]);
  expect(await altered()).toEqual([
    expect.stringMatching(/^samples\/cdg\.csv\.gz is not the file that the run wrote/),
  ]);
});

test('a file that is gone or new is one that was altered', async () => {
  await rm(join(dir, files.samples('cdg')));
  await writeFile(join(dir, files.lag), '');
  expect(await altered()).toEqual([
    'lag.csv was not there when the run ended',
    'samples/cdg.csv.gz is gone',
  ]);
});
