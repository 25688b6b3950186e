import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testConfig } from '../test/support/config.ts';
import { k6Environment, k6Options } from './k6-options.ts';
import { joinPlans, leaveOut, makePlan, moreRounds, repeatPlan } from './make-plan.ts';

describe('the default plan', () => {
  const plan = makePlan(testConfig());

  test('visits three topologies in each of 8 rounds, with at least 35 samples a block', () => {
    expect(plan.blocks).toHaveLength(24);
    for (const block of plan.blocks) expect(block.wanted).toBeGreaterThanOrEqual(35);
    for (let round = 0; round < 8; round++)
      expect(new Set(plan.blocks.filter((b) => b.round === round).map((b) => b.target)).size).toBe(
        3,
      );
  });

  test('fits in two minutes', () => {
    expect(plan.durationMs).toBeLessThan(120_000);
  });

  test('has twice as many VUs as iterations a second', () => {
    expect(plan.vus).toBe(2 * plan.rate);
  });

  test('is the same byte for byte from the same seed, and another from another', () => {
    expect(JSON.stringify(makePlan(testConfig()))).toBe(JSON.stringify(plan));
    expect(JSON.stringify(makePlan(testConfig({ seed: 2 })))).not.toBe(JSON.stringify(plan));
  });
});

test('blocks never overlap, not even while the last requests finish', () => {
  fc.assert(
    fc.property(
      fc.record({
        rounds: fc.integer({ min: 1, max: 30 }),
        rate: fc.integer({ min: 1, max: 50 }),
        seed: fc.nat(),
      }),
      (settings) => {
        const { blocks, durationMs } = makePlan(testConfig(settings));
        blocks.forEach(({ startMs, warmUpMs, keepMs, drainMs }, i) => {
          expect(startMs + warmUpMs + keepMs + drainMs).toBe(blocks[i + 1]?.startMs ?? durationMs);
        });
      },
    ),
  );
});

test('two targets alternate as ABBA', () => {
  const { blocks } = makePlan(
    testConfig({ topologies: ['single-region', 'read-replicas'], rounds: 4 }),
  );
  const [a, b] = blocks.map(({ target }) => target);
  expect(blocks.map(({ target }) => target)).toEqual([a, b, b, a, a, b, b, a]);
});

test('more queries across the ocean get more VUs and a longer drain', () => {
  const plan = makePlan(testConfig({ env: { QUERIES: '10' } }));
  expect(plan.vus).toBeGreaterThan(20 * 3);
  expect(plan.blocks[0]?.drainMs).toBeGreaterThan(11 * 279.5);
});

test('a budget is shared by all blocks', () => {
  const plan = makePlan(testConfig({ duration: 200 }));
  expect(plan.durationMs).toBeLessThanOrEqual(200_000);
  expect(plan.durationMs).toBeGreaterThan(199_000);
});

test('a budget too short for the plan is refused with the budget that would do', () => {
  expect(() => makePlan(testConfig({ duration: 20 }))).toThrow(/20 s is too short/);
});

test('k6 gets each block with its start, tags and target', () => {
  const plan = makePlan(testConfig({ rounds: 1 }));
  const { scenarios } = k6Options(
    plan,
    (target) => `http://${target}`,
    () => 'scenario0',
  ) as { scenarios: Record<string, Record<string, unknown>> };
  const [first] = plan.blocks;
  expect(Object.keys(scenarios)).toEqual(['r0-0', 'r0-1', 'r0-2']);
  expect(scenarios['r0-0']).toMatchObject({
    executor: 'constant-arrival-rate',
    exec: 'scenario0',
    rate: 20,
    startTime: '0ms',
    preAllocatedVUs: 40,
    maxVUs: 40,
    tags: { bench_target: first?.target, bench_scenario: 'search', bench_round: '0' },
    env: { QUERIES: '3', TARGET_URL: `http://${first?.target ?? ''}` },
  });
});

describe('a plan that goes on', () => {
  const plan = makePlan(testConfig({ rounds: 4 }));
  const whole = makePlan(testConfig({ rounds: 6 }));
  const more = moreRounds(plan, 2);

  test('has the rounds that a longer plan would have had', () => {
    const order = ({ blocks }: { blocks: typeof plan.blocks }) =>
      blocks.map(({ round, target }) => `${round} ${target}`);
    expect([...order(plan), ...order(more)]).toEqual(order(whole));
  });

  test('opens its connections again, as another process measures it', () => {
    expect(more.blocks.slice(0, 3).map(({ warmUpMs }) => warmUpMs)).toEqual(
      plan.blocks.slice(0, 3).map(({ warmUpMs }) => warmUpMs),
    );
    expect(more.blocks[0]?.startMs).toBe(0);
  });

  test('becomes one plan with what was before, in the time of the first start', () => {
    const joined = joinPlans(plan, more, plan.durationMs + 5000);
    expect(joined.rounds).toBe(6);
    expect(joined.blocks).toHaveLength(18);
    expect(joined.blocks[12]?.startMs).toBe(plan.durationMs + 5000);
    expect(joined.durationMs).toBe(plan.durationMs + 5000 + more.durationMs);
  });
});

test('a plan repeated has fresh rounds in another order, from fewer vantages', () => {
  const plan = makePlan(testConfig());
  const again = repeatPlan(plan, plan.seed + 1, ['ord']);
  expect(again).toMatchObject({ vantages: ['ord'], seed: plan.seed + 1, rounds: plan.rounds });
  expect(again.durationMs).toBe(plan.durationMs);
  const order = ({ blocks }: typeof plan) => blocks.map(({ target }) => target).join();
  expect(order(again)).not.toBe(order(plan));
});

describe('a target that is left out', () => {
  const targets = { good: 'http://a.test/', bad: 'http://b.test/', worse: 'http://c.test/' };
  const leftOut = new Map([
    ['bad', 'it is down'],
    ['worse', 'it answers HTTP 500'],
  ]);
  const plan = makePlan({ ...testConfig({ targets, rounds: 4 }), leftOut });
  const measured = ({ blocks }: typeof plan) => new Set(blocks.map(({ target }) => target));

  test('stays in the tables, with the reason, and takes no time', () => {
    expect(plan.targets).toMatchObject([
      { name: 'good' },
      { name: 'bad', leftOut: 'it is down' },
      { name: 'worse', leftOut: 'it answers HTTP 500' },
    ]);
    expect(plan.targets[0]).not.toHaveProperty('leftOut');
    expect(plan.durationMs).toBe(
      makePlan(testConfig({ targets: { good: 'http://a.test/' }, rounds: 4 })).durationMs,
    );
  });

  test('may be one that proved unfit later', () => {
    const all = makePlan(testConfig({ targets, rounds: 4 }));
    expect(leaveOut(all, leftOut)).toEqual(plan);
    expect(leaveOut(all, new Map())).toBe(all);
  });

  test('is in no block, of further rounds neither', () => {
    for (const each of [plan, moreRounds(plan, 3), repeatPlan(plan, 7, ['cdg'])])
      expect(measured(each)).toEqual(new Set(['good']));
  });
});

test('statuses that are allowed, and whether redirects are followed, reach k6', () => {
  const url = () => 'http://a.test/';
  const usual = k6Environment(makePlan(testConfig()), 'cdg', url);
  expect(usual).not.toHaveProperty('BENCH_ALLOW_STATUS');
  expect(usual).not.toHaveProperty('BENCH_FOLLOW');
  const asked = makePlan(testConfig({ allow_status: [404, 401], follow: true }));
  expect(k6Environment(asked, 'cdg', url)).toMatchObject({
    ...{ BENCH_ALLOW_STATUS: '404,401', BENCH_FOLLOW: '1' },
  });
});

test('A/A measures one target under two names', () => {
  const plan = makePlan(testConfig({ aa: true }));
  expect(plan.targets).toEqual([
    { kind: 'topology', name: 'single-region' },
    { kind: 'topology', name: 'single-region-again', sameAs: 'single-region' },
  ]);
});
