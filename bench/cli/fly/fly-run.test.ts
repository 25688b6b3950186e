import { expect, test } from 'vitest';
import { testConfig } from '../../test/support/config.ts';
import { scriptedServer } from '../../test/support/scripted-server.ts';
import type { Io } from '../io.ts';
import { decideFlyRun } from './fly-run.ts';

const offline = { env: {}, signal: new AbortController().signal } as unknown as Io;
const config = { ...testConfig({ provider: 'fly', regions: ['cdg', 'ord'] }), rounds: 8 };

test('a run that may grow is judged by what it may cost in the end', async () => {
  const usual = await decideFlyRun(config, true, offline);
  const growing = await decideFlyRun({ ...config, untilCi: 0.03 }, true, offline);
  expect(growing.load).toEqual(usual.load);
  const whole = await decideFlyRun({ ...config, rounds: 30 }, true, offline);
  expect(growing.costUsd).toBeCloseTo(whole.costUsd, 5);
  expect(growing.costUsd).toBeGreaterThan(1.5 * usual.costUsd);
});

test('a target of this computer is refused before anybody is asked, except in a rehearsal', async () => {
  const targets = [{ name: 'mine', url: 'http://127.0.0.1:3000/' }];
  const online = (url: string) => ({
    ...offline,
    env: { FLY_API_TOKEN: 'x', FLY_FLAPS_BASE_URL: url },
  });
  const decide = (url: string) => decideFlyRun({ ...config, targets }, true, online(url));
  await expect(decide('https://fly.invalid')).rejects.toThrow(
    /^target mine: 127\.0\.0\.1:3000 is of/,
  );
  const { url } = await scriptedServer(() => [
    200,
    { Regions: [{ code: 'cdg' }, { code: 'ord' }] },
  ]);
  expect((await decide(url)).config.vantages).toEqual(['cdg', 'ord']);
});
