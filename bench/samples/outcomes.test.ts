import { describe, expect, test } from 'vitest';
import { startAt, syntheticPlan } from '../test/support/synthetic-run.ts';
import type { PlannedBlock } from '../plan/plan.ts';
import type { CpuShare } from './invalidity.ts';
import type { BlockOutcome } from './outcome.ts';
import { tallyOutcomes, type OutcomeTally, type Spoilt } from './outcomes.ts';
import type { Sample } from './sample.ts';

const untagged = { tags: {}, block: undefined, step: '' };

const plan = syntheticPlan({ targets: ['a', 'b'], rounds: 2, perBlock: 20, vantages: ['cdg'] });
const blockOf = (target: string, round: number): PlannedBlock => {
  const found = plan.blocks.find((block) => block.target === target && block.round === round);
  if (found === undefined) throw new Error('no such block');
  return found;
};
const keepFromUs = ({ startMs, warmUpMs }: PlannedBlock): number =>
  1000 * (startAt + startMs + warmUpMs);

function sample(block: PlannedBlock, atUs: number, changes: Partial<Sample> = {}): Sample {
  const { target, scenario, round } = block;
  return {
    ...{ vantage: 'cdg', target, scenario, round, step: 'search', atUs },
    ...{ blockedMs: 0.01, connectingMs: 0, tlsMs: 0, sendingMs: 0.1, waitingMs: 5 },
    ...{ receivingMs: 0.1, status: 200, errorCode: 0, failed: false },
    ...changes,
  };
}

/** Twenty good requests in every block; the changes apply to the first `many` of the first round of `a`. */
function tallied(many = 0, changes: Partial<Sample> = {}): OutcomeTally {
  const tally = tallyOutcomes(plan, 'cdg', startAt);
  for (const block of plan.blocks)
    for (let i = 0; i < 20; i++) {
      const isChanged = block.target === 'a' && block.round === 0 && i < many;
      tally.sample(sample(block, keepFromUs(block) + 1000 * i, isChanged ? changes : {}));
    }
  return tally;
}

function of(outcomes: readonly BlockOutcome[], target: string, round: number): BlockOutcome {
  const found = outcomes.find((o) => o.target === target && o.round === round);
  if (found === undefined) throw new Error('no outcome');
  return found;
}

test('good blocks are valid and say what they hold', () => {
  const outcomes = tallied().outcomes();
  expect(outcomes).toHaveLength(4);
  expect(outcomes.every(({ valid }) => valid)).toBe(true);
  const block = blockOf('b', 1);
  expect(of(outcomes, 'b', 1)).toEqual({
    ...{ vantage: 'cdg', target: 'b', scenario: 'search', round: 1, order: block.order },
    keep_from_us: keepFromUs(block),
    end_us: keepFromUs(block) + 1000 * (block.keepMs + block.drainMs),
    ...{ kept: 20, cold: 0, dropped: 0, unanswered: 0, failed: 0, implausible: 0, valid: true },
  });
});

test('a request counts from the first microsecond that is kept to the last', () => {
  const tally = tallied();
  const block = blockOf('a', 0);
  const from = keepFromUs(block);
  const end = from + 1000 * (block.keepMs + block.drainMs);
  for (const at of [from - 1, from, end, end + 1]) tally.sample(sample(block, at));
  expect(of(tally.outcomes(), 'a', 0).kept).toBe(22);
});

test('rows of blocks that were never planned are ignored', () => {
  const tally = tallied();
  const block = blockOf('a', 0);
  tally.sample(sample(block, keepFromUs(block), { target: 'other' }));
  tally.sample(sample(block, keepFromUs(block), { round: 7 }));
  expect(tally.outcomes().map(({ kept }) => kept)).toEqual([20, 20, 20, 20]);
});

describe('a block does not count', () => {
  const reasonOf = (tally: OutcomeTally, cpu?: readonly CpuShare[]) =>
    of(tally.outcomes(cpu), 'a', 0).reason;
  const drop = (tally: OutcomeTally, atUs: number) => {
    tally.extra({ metric: 'dropped_iterations', value: 1, atUs, ...untagged });
  };

  test('if it dropped iterations while it was kept', () => {
    const tally = tallied();
    drop(tally, keepFromUs(blockOf('a', 0)));
    expect(reasonOf(tally)).toBe('1 iteration could not start in time');
  });

  test('but drops in the warm-up do no harm', () => {
    const tally = tallied();
    drop(tally, keepFromUs(blockOf('a', 0)) - 1);
    expect(reasonOf(tally)).toBeUndefined();
  });

  test('if more than one request in a hundred failed', () => {
    const tally = tallied();
    const block = blockOf('a', 0);
    const more = (many: number, failed: boolean) => {
      for (let i = 0; i < many; i++) tally.sample(sample(block, keepFromUs(block), { failed }));
    };
    more(79, false);
    more(1, true);
    expect(reasonOf(tally)).toBeUndefined();
    more(1, true);
    expect(reasonOf(tally)).toBe('2 of 101 requests failed (HTTP status 200)');
  });

  test('if fewer than nine tenths were kept; what can not be true is not kept', () => {
    expect(reasonOf(tallied(2, { waitingMs: 0 }))).toBeUndefined();
    expect(reasonOf(tallied(3, { waitingMs: 0 }))).toBe('kept 17 of 20 wanted requests');
    expect(reasonOf(tallied(3, { waitingMs: -1 }))).toBe('kept 17 of 20 wanted requests');
    expect(reasonOf(tallied(3, { waitingMs: 10_001 }))).toBe('kept 17 of 20 wanted requests');
    expect(reasonOf(tallied(3, { waitingMs: NaN }))).toBe('kept 17 of 20 wanted requests');
    expect(of(tallied(3, { waitingMs: 0 }).outcomes(), 'a', 0).implausible).toBe(3);
  });

  test('but opening connections is slow, not invalid', () => {
    const outcome = of(tallied(20, { connectingMs: 100 }).outcomes(), 'a', 0);
    expect(outcome).toMatchObject({ kept: 0, cold: 20, valid: true });
  });

  test('if nothing came', () => {
    const outcomes = tallyOutcomes(plan, 'cdg', startAt).outcomes();
    expect(new Set(outcomes.map(({ reason }) => reason))).toEqual(
      new Set(['nothing was measured']),
    );
  });

  test('if iterations or answers are missing; only where requests waited did the target stall', () => {
    const idle = [{ atUs: keepFromUs(blockOf('a', 0)) + 1, share: 0.1 }];
    const dropped = tallied();
    drop(dropped, keepFromUs(blockOf('a', 0)));
    expect(reasonOf(dropped, idle)).toMatch(
      /^1 iteration could not start in time: all \d+ virtual users were busy, as an iteration takes longer/,
    );
    const stalled = tallied(1, { waitingMs: 4000 });
    drop(stalled, keepFromUs(blockOf('a', 0)));
    expect(reasonOf(stalled, idle)).toBe('the target stalled: 1 iteration could not start in time');
    const cut = () => {
      const tally = tallyOutcomes(plan, 'cdg', startAt);
      const block = blockOf('a', 0);
      for (let i = 0; i < 12; i++) tally.sample(sample(block, keepFromUs(block) + i));
      return tally;
    };
    expect(of(cut().outcomes(idle), 'a', 0)).toMatchObject({
      unanswered: 6,
      reason: '6 of 20 requests did not come in time',
    });
    // A k6 that was killed leaves no answers either.
    expect(of(cut().outcomes(idle, false), 'a', 0)).toMatchObject({ unanswered: 0 });
  });

  test('if the generator was busy', () => {
    const cpu = [{ atUs: keepFromUs(blockOf('a', 0)) + 1, share: 0.81 }];
    expect(reasonOf(tallied(), cpu)).toBe('the generator used 81 % of the processors');
    expect(reasonOf(tallied(), [{ atUs: keepFromUs(blockOf('a', 0)) - 1, share: 1 }])).toBe(
      undefined,
    );
  });
});

test('the schedule of a vantage that started late is as late as a whole', () => {
  const tally = tallyOutcomes(plan, 'cdg', startAt);
  tally.extra({ metric: 'bench_started_late_ms', value: 300, atUs: 1000 * startAt, ...untagged });
  const block = blockOf('a', 0);
  tally.sample(sample(block, keepFromUs(block) + 299_999));
  tally.sample(sample(block, keepFromUs(block) + 300_000));
  expect(of(tally.outcomes(), 'a', 0)).toMatchObject({
    keep_from_us: keepFromUs(block) + 300_000,
    kept: 1,
  });
});

test('an invalid block takes its round from the other targets, and no other round', () => {
  const outcomes = tallied(5, { failed: true }).outcomes();
  expect(of(outcomes, 'a', 0).reason).toBe('5 of 20 requests failed (HTTP status 200)');
  expect(of(outcomes, 'b', 0)).toMatchObject({ valid: false, reason: 'round lost: a invalid' });
  expect(of(outcomes, 'a', 1).valid).toBe(true);
  expect(of(outcomes, 'b', 1).valid).toBe(true);
});

test('what spoils a block takes the round from its siblings, whatever the rows say', () => {
  const spoilt: Spoilt = ({ target, round }) =>
    target === 'a' && round === 1 ? { reason: 'a link was off: x' } : undefined;
  const outcomes = tallied().outcomes([], true, spoilt);
  expect(of(outcomes, 'a', 1)).toMatchObject({
    kept: 20,
    valid: false,
    reason: 'a link was off: x',
  });
  expect(of(outcomes, 'b', 1)).toMatchObject({ valid: false, reason: 'round lost: a invalid' });
  expect(of(outcomes, 'a', 0).valid).toBe(true);
});
