import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRun, writeSyntheticRun } from '../test/support/synthetic-run.ts';
import type { Io } from './io.ts';
import { keepAa } from './noise.ts';

/** Keeps an A/A run below a cache folder; what it says on both ways. */
async function kept(caches: (folder: string) => string) {
  const folder = await mkdtemp(join(tmpdir(), 'noise-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { manifest, series } = await readRun(await writeSyntheticRun(join(folder, 'run')));
  let err = '';
  const io = {
    env: { XDG_CACHE_HOME: caches(folder), HOME: caches(folder) },
    err: { write: (text: string) => (err += text) },
  } as unknown as Io;
  const trusted = { ...manifest, state: 'complete' as const, warnings: [] };
  const said = await keepAa(trusted, series, io);
  return { said, err, files: await readdir(folder, { recursive: true }) };
}

test('the noise of this machine is kept, and told', async () => {
  const { said, err, files } = await kept((folder) => join(folder, 'cache'));
  expect(said).toMatch(/^A\/A: \d+ verdicts .* On this machine 1 A\/A run raised/);
  expect(err).toBe('');
  expect(files.some((name) => /noise-.*\.json$/.test(name))).toBe(true);
});

test('a cache that can not be written costs one line, and no result', async () => {
  const { said, err, files } = await kept((folder) => join(folder, 'run', 'manifest.json'));
  expect(said).toMatch(
    /^A\/A: \d+ verdicts on a target against itself, \d+ of them false alarms\.$/,
  );
  expect(err).toMatch(
    /^note The run is not kept as this machine's noise: \S+ can't be written \(a file is in the place of a folder: \S+\)\. .*XDG_CACHE_HOME.*\n$/,
  );
  expect(files.some((name) => name.includes('noise-'))).toBe(false);
});
