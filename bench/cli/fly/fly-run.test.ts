import { expect, test } from 'vitest';
import { testConfig } from '../../test/support/config.ts';
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
