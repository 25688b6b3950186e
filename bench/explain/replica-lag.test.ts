import { expect, test } from 'vitest';
import { replicaLags } from './replica-lag.ts';

const reading = (region: string, lagMs: number | undefined) => ({
  ...{ target: 'read-replicas', region, atUs: 1, lagMs },
});

test('each replica has its own lag, and what never showed is counted apart', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => reading('syd', 100 - i));
  const [syd, ord] = replicaLags([...hundred, reading('ord', 7), reading('syd', undefined)]);
  expect(syd).toMatchObject({ region: 'syd', n: 101, missed: 1, p95: 95.05 });
  // The 40th and the 61st of 100 (measurement specification, golden values).
  expect(syd?.median).toEqual({ centre: 50.5, interval: { low: 40, high: 61 } });
  expect(ord).toMatchObject({ n: 1, missed: 0, median: { centre: 7 }, p95: undefined });
});

test('nothing was read', () => {
  expect(replicaLags([])).toEqual([]);
  expect(replicaLags([reading('syd', undefined)])[0]).toMatchObject({ n: 1, missed: 1 });
});
