import { expect, test } from 'vitest';
import { syntheticPlan } from '../test/support/synthetic-run.ts';
import { collectSeries } from './collect.ts';
import type { BlockOutcome } from './outcome.ts';
import type { Sample } from './sample.ts';

const plan = syntheticPlan({ targets: ['a'], vantages: ['cdg'], rounds: 3, staleReads: true });

const outcome = (scenario: string, round: number, valid = true): BlockOutcome => ({
  ...{ vantage: 'cdg', target: 'a', scenario, round, order: 0, keep_from_us: 100, end_us: 200 },
  ...{ kept: 0, cold: 0, dropped: 0, failed: 0, implausible: 0, valid },
});

const sample = (changes: Partial<Sample> = {}): Sample => ({
  ...{ vantage: 'cdg', target: 'a', scenario: 'search', round: 0, step: 'search', atUs: 150 },
  ...{ blockedMs: 30, connectingMs: 0, tlsMs: 0, sendingMs: 1, waitingMs: 5, receivingMs: 2 },
  ...{ status: 200, errorCode: 0, failed: false, ...changes },
});

function collected(samples: readonly Sample[]) {
  const blocks = [
    ...[outcome('search', 0), outcome('search', 1, false), outcome('search', 2)],
    outcome('read-your-writes', 0),
  ];
  const collector = collectSeries(plan, { blocks });
  const sink = collector.from('cdg');
  for (const s of samples) sink.sample(s);
  return {
    collector,
    sink,
    find: (metric: string, scenario = 'search') =>
      collector.series().find((s) => s.metric === metric && s.scenario === scenario),
  };
}

test('rounds stay apart, in their order, and hold what lies in the kept part', () => {
  const { find } = collected([
    sample({ round: 2, waitingMs: 9 }),
    sample({ waitingMs: 5 }),
    sample({ waitingMs: 6 }),
    sample({ atUs: 99 }),
    sample({ atUs: 100, waitingMs: 7 }),
    sample({ atUs: 201 }),
  ]);
  expect(find('ttfb_warm')?.rounds).toEqual([
    { round: 0, values: [5, 6, 7] },
    { round: 2, values: [9] },
  ]);
});

test('a request that opened a connection is cold, and its time holds the opening', () => {
  const { find } = collected([
    sample({ connectingMs: 20 }),
    sample({ tlsMs: 20, waitingMs: 6 }),
    sample({ waitingMs: 4 }),
  ]);
  expect(find('ttfb_cold')?.rounds).toEqual([{ round: 0, values: [36, 37] }]);
  expect(find('ttfb_warm')?.rounds).toEqual([{ round: 0, values: [4] }]);
});

test('what is left out is counted, and never becomes a latency', () => {
  const { find } = collected([
    sample(),
    sample({ failed: true, waitingMs: 0, status: 0 }),
    sample({ waitingMs: -0.1 }),
    sample({ waitingMs: 10_001, connectingMs: 1 }),
    sample({ round: 1 }),
  ]);
  expect(find('ttfb_warm')).toMatchObject({
    rounds: [{ round: 0, values: [5] }],
    errors: 1,
    excluded: 2,
  });
  expect(find('ttfb_cold')).toMatchObject({ rounds: [], errors: 1, excluded: 1 });
});

test('everything planned has a warm series, steps apart, even without a sample', () => {
  const { collector } = collected([]);
  expect(
    collector.series().map(({ scenario, metric, rounds }) => [scenario, metric, rounds]),
  ).toEqual([
    ['search', 'ttfb_warm', []],
    ['read-your-writes', 'ttfb_warm/write', []],
    ['read-your-writes', 'ttfb_warm/read', []],
  ]);
});

test('tells the medians of what the server said, and where most were served', () => {
  const said = (dbMs: number, region: string) =>
    sample({ server: { dbMs, dbQueries: 3, appMs: 1, region } });
  const { find } = collected([said(1, 'cdg'), said(9, 'ord'), said(2, 'cdg'), sample()]);
  expect(find('ttfb_warm')?.server).toEqual({ dbMs: 2, dbQueries: 3, appMs: 1, region: 'cdg' });
  expect(find('ttfb_warm/read', 'read-your-writes')?.server).toEqual({});
});

test('a round has the medians of its own answers, and what the app did itself answer by answer', () => {
  const said = (appMs: number, dbMs: number) => sample({ server: { appMs, dbMs, dbQueries: 3 } });
  const { find } = collected([
    ...[said(10, 9), said(7, 4), said(8, 2)],
    sample({ connectingMs: 1, waitingMs: 100, server: { appMs: 99, dbMs: 0, dbQueries: 0 } }),
    sample({ round: 2 }),
  ]);
  expect(find('ttfb_warm')?.rounds.map(({ server }) => server)).toEqual([
    // 10 − 9, 7 − 4 and 8 − 2: not 8 − 4.
    { appMs: 8, dbMs: 4, ownMs: 3, dbQueries: 3 },
    undefined,
  ]);
  expect(find('ttfb_cold')?.rounds[0]?.server?.ownMs).toBe(99);
});

test('an app that says to have taken far longer than the whole answer is not believed, and that is counted', () => {
  const says = (appMs: number) =>
    sample({ waitingMs: 100, server: { appMs, dbMs: 1, region: 'cdg' } });
  const { find } = collected([says(90), says(1e6), says(190)]);
  expect(find('ttfb_warm')?.server).toEqual({
    ...{ appMs: 190, dbMs: 1, region: 'cdg', unbelievable: 1 },
  });
});

test('what the server does not say stays unsaid, and its own names stay its own', () => {
  const parts = (view: number) => new Map([['view', view]]);
  const { find } = collected([
    ...[sample({ server: { parts: parts(9), cache: 'MISS' } }), sample({ server: { dbMs: 2 } })],
    ...[5, 7].map((view) => sample({ server: { parts: parts(view), cache: 'HIT', edge: 'cdg' } })),
    sample({ round: 2, server: { ageS: 4 } }),
  ]);
  expect(find('ttfb_warm')?.server).toEqual({
    ...{ dbMs: 2, ageS: 4, edge: 'cdg' },
    parts: [{ name: 'view', ms: 7, answers: 3 }],
    caches: [
      { said: 'HIT', answers: 2 },
      { said: 'MISS', answers: 1 },
    ],
  });
  expect(find('ttfb_warm')?.rounds.map(({ server }) => server)).toEqual([{ dbMs: 2 }, undefined]);
});

test('counts who answered, and why requests were replayed there', () => {
  const from = (region: string, replay?: string) =>
    sample({ server: { appMs: 1, region, ...(replay === undefined ? {} : { replay }) } });
  const { find } = collected([
    ...[from('cdg', 'threshold'), from('ord'), from('cdg', 'http_method')],
    ...[from('cdg', 'threshold'), sample({ round: 1, server: { region: 'syd' } })],
  ]);
  expect(find('ttfb_warm')?.served).toEqual({
    answers: 4,
    regions: { cdg: 3, ord: 1 },
    replays: { threshold: 2, http_method: 1 },
  });
  expect(find('ttfb_warm/read', 'read-your-writes')?.served).toBeUndefined();
});

test('counts stale reads of valid rounds', () => {
  const { collector, sink } = collected([]);
  const read = (value: number, round = 0) => {
    const block = { target: 'a', scenario: 'read-your-writes', round };
    sink.extra({ metric: 'stale_reads', value, atUs: 150, tags: {}, block, step: 'read' });
  };
  [0, 1, 0].forEach((value) => {
    read(value);
  });
  read(1, 9);
  sink.extra({ metric: 'checks', value: 1, atUs: 150, tags: {}, block: undefined, step: '' });
  expect(collector.staleReads()).toEqual([
    { target: 'a', vantage: 'cdg', scenario: 'read-your-writes', reads: 3, stale: 1 },
  ]);
});
