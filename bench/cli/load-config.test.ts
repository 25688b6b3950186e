import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ProblemsError } from '../base/errors.ts';
import { loadConfig } from './load-config.ts';
import type { RunFlags } from './run-flags.ts';

const problemsOf = async (flags: RunFlags): Promise<string[]> => {
  const error: unknown = await loadConfig(flags).then(
    () => undefined,
    (error: unknown) => error,
  );
  return (error as ProblemsError | undefined)?.problems.map(({ where }) => where) ?? [];
};

const target = [['prod', 'https://example.com/']] as const;

test('flags of Fly are refused where they would have no effect', async () => {
  const flags: RunFlags = { via: 'private', staging: true };
  expect(await problemsOf({ ...flags, provider: 'local' })).toEqual(['--via', '--staging']);
  expect(await problemsOf({ ...flags, provider: 'fly', target })).toEqual(['--via', '--staging']);
  expect(await problemsOf({ ...flags, provider: 'fly', regions: ['cdg'] })).toEqual([]);
});

test('round trips are those of the local world, and a substitute replaces a region that is wanted', async () => {
  const flags: RunFlags = { provider: 'fly', regions: ['cdg', 'scl'], target };
  expect(await problemsOf({ ...flags, rtt: [['cdg-ord', 5]] })).toEqual(['--rtt']);
  expect(await problemsOf({ ...flags, substitute: [['scl', 'gru']] })).toEqual([]);
  expect(await problemsOf({ ...flags, substitute: [['xyz', 'gru']] })).toEqual(['--substitute']);
  expect(await problemsOf({ ...flags, primary: 'bom', substitute: [['bom', 'sin']] })).toEqual([]);
});

test('in the file a substitute may be for a region that this list lacks', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'load-config-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const config = join(dir, 'fly.bench.toml');
  await writeFile(config, '[bench]\nregions = ["cdg"]\n[bench.substitute]\nscl = "gru"\n');
  expect(await problemsOf({ provider: 'fly', config, target })).toEqual([]);
});

test('which regions there are on Fly only Fly knows; the local world has those of its table', async () => {
  const flags: RunFlags = { regions: ['cdg', 'los'], target };
  expect(await problemsOf({ ...flags, provider: 'fly' })).toEqual([]);
  expect(await problemsOf({ ...flags, provider: 'local' })).toEqual(['--regions']);
  expect(await problemsOf({ ...flags, provider: 'local', primary: 'lso' })).toEqual([
    '--regions',
    '--primary',
  ]);
});
