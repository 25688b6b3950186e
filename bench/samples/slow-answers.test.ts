import { describe, expect, test } from 'vitest';
import { startAt, syntheticPlan } from '../test/support/synthetic-run.ts';
import type { PlannedBlock } from '../plan/plan.ts';
import { collectSeries } from './collect.ts';
import { tallyOutcomes } from './outcomes.ts';
import type { Sample } from './sample.ts';
import { useOf } from './usable.ts';

const plan = syntheticPlan({ targets: ['a', 'b'], rounds: 4, perBlock: 20, vantages: ['cdg'] });

function sample(block: PlannedBlock, i: number, changes: Partial<Sample> = {}): Sample {
  const { target, scenario, round, startMs, warmUpMs } = block;
  return {
    ...{ vantage: 'cdg', target, scenario, round, step: 'search' },
    atUs: 1000 * (startAt + startMs + warmUpMs + i),
    ...{ blockedMs: 0.01, connectingMs: 0, tlsMs: 0, sendingMs: 0.1, waitingMs: 5 },
    ...{ receivingMs: 0.1, status: 200, errorCode: 0, failed: false },
    ...changes,
  };
}

/** As k6 2.2.0 writes a request that timed out before a byte came. */
const cut = (waitingMs: number): Partial<Sample> => ({
  ...{ waitingMs, receivingMs: 0, status: 0, errorCode: 1050, failed: true },
});
/** And one whose body did not end. */
const unfinished: Partial<Sample> = {
  ...{ waitingMs: 21, receivingMs: 979, status: 0, errorCode: 1050, failed: true },
};

/** Twenty requests a block, of which the changes apply to the first `many` of `a` in the given rounds. */
function run(many: number, changes: Partial<Sample>, rounds = [0, 1, 2, 3]) {
  const samples = plan.blocks.flatMap((block) =>
    Array.from({ length: 20 }, (_, i) => {
      const isChanged = block.target === 'a' && rounds.includes(block.round) && i < many;
      return sample(block, i, isChanged ? changes : {});
    }),
  );
  const tally = tallyOutcomes(plan, 'cdg', startAt);
  for (const one of samples) tally.sample(one);
  const blocks = tally.outcomes();
  const collector = collectSeries(plan, { blocks });
  const sink = collector.from('cdg');
  for (const one of samples) sink.sample(one);
  const [a] = collector.series().filter(({ target }) => target === 'a');
  return { blocks, a, of: (name: string) => blocks.filter(({ target }) => target === name) };
}

describe('what a request is good for', () => {
  const [block] = plan.blocks as [PlannedBlock];
  const use = (changes: Partial<Sample>) => useOf(sample(block, 0, changes), 10_000);

  test.each([
    ['no byte within the timeout', cut(1100), 'cut'],
    ['a timer that fires late', cut(10_003), 'cut'],
    ['a clock that jumped', cut(60_000), 'implausible'],
    ['a first byte, but no end', unfinished, 'warm'],
    ['a first byte on a new connection', { ...unfinished, connectingMs: 1 }, 'cold'],
    ['a connection that did not open in time', cut(0), 'failed'],
    ['a reset connection', { errorCode: 1220, failed: true, status: 0 }, 'failed'],
  ] as const)('%s', (_, changes, expected) => {
    expect(use(changes)).toBe(expected);
  });
});

test('a request that was cut is a sample of at least that long, and an error; its block is valid', () => {
  const { a, of } = run(8, cut(1100));
  for (const block of of('a')) expect(block).toMatchObject({ valid: true, kept: 12, cut: 8 });
  expect(a).toMatchObject({ errors: 32, cut: 32 });
  for (const { values, cutFromMs } of a?.rounds ?? []) {
    expect(cutFromMs).toBe(1100);
    expect(values.filter((ms) => ms === 1100)).toHaveLength(8);
  }
});

test('also where every request was cut: a slow server is measured', () => {
  const { of } = run(20, cut(1100));
  for (const block of [...of('a'), ...of('b')]) expect(block.valid).toBe(true);
});

test('an endless body leaves the time to first byte whole, and is no error', () => {
  const { a, of } = run(20, unfinished);
  for (const block of of('a'))
    expect(block).toMatchObject({ valid: true, unfinished: 20, unfinished_ttfb_ms: 21, failed: 0 });
  expect(a).toMatchObject({ errors: 0, unfinished: 80 });
  expect(a?.rounds[0]?.cutFromMs).toBeUndefined();
});

describe('targets are paired only if they answer', () => {
  const failing = { failed: true, errorCode: 1212, status: 0 };

  test('one that fails in most rounds takes none from the other', () => {
    const { of } = run(20, failing, [0, 1, 2]);
    expect(of('a').map(({ valid }) => valid)).toEqual([false, false, false, true]);
    expect(of('b').map(({ valid }) => valid)).toEqual([true, true, true, true]);
  });

  test('one that fails in half of them takes these', () => {
    const { of } = run(20, failing, [0, 1]);
    expect(of('b').map(({ valid }) => valid)).toEqual([false, false, true, true]);
  });
});

test('rounds that were measured again count neither as samples nor as errors', () => {
  const again = { ...plan, supersededRounds: 2 };
  const tally = tallyOutcomes(again, 'cdg', startAt);
  const samples = plan.blocks.flatMap((block) =>
    Array.from({ length: 20 }, (_, i) => sample(block, i, i < 2 ? cut(1100) : {})),
  );
  for (const one of samples) tally.sample(one);
  const blocks = tally.outcomes();
  const superseded = blocks.filter((block) => block.superseded === true);
  expect(superseded.map(({ round }) => round)).toEqual([0, 0, 1, 1]);
  const collector = collectSeries(again, { blocks });
  const sink = collector.from('cdg');
  for (const one of samples) sink.sample(one);
  for (const series of collector.series())
    expect(series).toMatchObject({ errors: 4, cut: 4, excluded: 40 });
});
