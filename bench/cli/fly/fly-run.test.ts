import { expect, test } from 'vitest';
import type { BenchConfig } from '../../config/config.ts';
import { testConfig } from '../../test/support/config.ts';
import { scriptedServer } from '../../test/support/scripted-server.ts';
import type { Io } from '../io.ts';
import { withFly } from './connection.ts';
import { decideFlyRun } from './fly-run.ts';

const { signal } = new AbortController();
const config = { ...testConfig({ provider: 'fly', regions: ['cdg', 'ord'] }), rounds: 8 };

test('a run that may grow is judged by what it may cost in the end', async () => {
  const spendingOf = async (more: Partial<BenchConfig>) =>
    (await decideFlyRun({ ...config, ...more }, undefined, signal)).spending;
  const usual = await spendingOf({});
  const growing = await spendingOf({ untilCi: 0.03 });
  expect(growing.load).toEqual(usual.load);
  const whole = await spendingOf({ rounds: 30 });
  // Rounds that are added open their connections anew.
  expect(growing.costUsd / whole.costUsd).toBeGreaterThan(1);
  expect(growing.costUsd / whole.costUsd).toBeLessThan(1.02);
  expect(whole.costUsd).toBeGreaterThan(1.5 * usual.costUsd);
});

test('a target of this computer is refused before anybody is asked, except in a rehearsal', async () => {
  const targets = [{ name: 'mine', url: 'http://127.0.0.1:3000/' }];
  const decide = (url: string) => {
    const env = { FLY_API_TOKEN: 'x', FLY_FLAPS_BASE_URL: url };
    return withFly({ env, signal } as unknown as Io, (connection) =>
      decideFlyRun({ ...config, targets }, connection, signal),
    );
  };
  await expect(decide('https://fly.invalid')).rejects.toThrow(
    /^target mine: 127\.0\.0\.1:3000 is of/,
  );
  const { url } = await scriptedServer(() => [
    200,
    { Regions: [{ code: 'cdg' }, { code: 'ord' }] },
  ]);
  expect((await decide(url)).config.vantages).toEqual(['cdg', 'ord']);
});
