import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RoundServer, Series, SeriesRound } from '../samples/series.ts';
import { syntheticManifest } from '../test/support/synthetic-run.ts';
import { explainRun } from './explain-run.ts';
import { floorMs } from './floor.ts';
import type { Placed } from './placed.ts';

const vantages = ['cdg', 'syd'];
const targets = ['single-region', 'multi-region-single-db', 'read-replicas'];
const manifest = syntheticManifest({ vantages, targets });
const rtt = manifest.rtt['cdg-syd']?.ms ?? NaN;

const primary = 'cdg';
const placements: Placed[] = [
  { name: 'single-region', primary, machines: ['cdg'], databases: ['cdg'] },
  { name: 'multi-region-single-db', primary, machines: vantages, databases: ['cdg'] },
  { name: 'read-replicas', primary, machines: vantages, databases: vantages },
];

/** A round of one request that took `ttfb` and of which the app says this much. */
const round = (i: number, ttfb: number, appMs: number, dbMs: number): SeriesRound => ({
  ...{ round: i, values: [ttfb] },
  server: { appMs, dbMs, ownMs: Math.max(0, appMs - dbMs), dbQueries: 3 },
});

function series(target: string, region: string, rounds: SeriesRound[], replay?: string): Series {
  const answers = rounds.length;
  return {
    ...{ target, vantage: 'syd', scenario: 'search', metric: 'ttfb_warm', step: '' },
    ...{ temperature: 'warm', rounds, errors: 0, excluded: 0, server: { dbQueries: 3 } },
    served: {
      ...{ answers, regions: { [region]: answers } },
      replays: replay === undefined ? {} : { [replay]: answers },
    },
  };
}

const explained = (...all: Series[]) => explainRun(manifest, all, placements);
const partsOf = (one: Series) =>
  Object.fromEntries(explained(one).cells[0]?.parts.map(({ cause, ms }) => [cause, ms]) ?? []);

describe('a median is split by cause', () => {
  test('across the ocean to the app', () => {
    const [cell] = explained(series('single-region', 'cdg', [round(0, rtt + 10, 7, 4)])).cells;
    expect(cell?.parts).toEqual([
      { cause: 'network', ms: rtt },
      { cause: 'app', ms: 3 },
      { cause: 'travel', ms: 0 },
      { cause: 'query', ms: 4 },
    ]);
    expect(cell?.unexplained).toEqual({ centre: expect.closeTo(3, 9) as number });
    expect(cell?.work).toEqual({ centre: expect.closeTo(10, 9) as number });
    expect(cell).toMatchObject({ region: 'cdg', database: 'cdg', queries: 3, excessMs: 0 });
  });

  test('across the ocean with each query', () => {
    const app = series('multi-region-single-db', 'syd', [
      round(0, 3 * rtt + 9, 3 * rtt + 6, 3 * rtt + 4),
    ]);
    expect(partsOf(app)).toEqual({ network: 0, app: 2, travel: 3 * rtt, query: 4 });
  });

  test('by a replay, which is told from the way to the machine', () => {
    const write = series('read-replicas', 'cdg', [round(0, rtt + 8, 5, 4)], 'http_method');
    expect(partsOf(write)).toEqual({ network: 0, replay: rtt, app: 1, travel: 0, query: 4 });
  });

  test('light travels the same ways', () => {
    const floor = (one: Series) => explained(one).cells[0]?.floorMs;
    const light = floorMs('syd', 'cdg') ?? NaN;
    expect(floor(series('single-region', 'cdg', [round(0, 300, 7, 4)]))).toBe(light);
    expect(floor(series('multi-region-single-db', 'syd', [round(0, 900, 7, 4)]))).toBe(3 * light);
    expect(floor(series('read-replicas', 'syd', [round(0, 9, 7, 4)]))).toBe(0);
    expect(floor(series('read-replicas', 'cdg', [round(0, 300, 7, 4)], 'threshold'))).toBe(light);
  });

  test('queries sent at the same time share their way', () => {
    const app = series('multi-region-single-db', 'syd', [round(0, rtt + 9, rtt + 6, rtt + 4)]);
    expect(partsOf(app)).toEqual({ network: 0, app: 2, travel: rtt + 4, query: 0 });
  });

  test('an app that says nothing leaves all of it unexplained', () => {
    const said = series('read-replicas', 'syd', [{ round: 0, values: [50] }]);
    const served = { answers: 0, regions: {}, replays: {} };
    const [cell] = explained({ ...said, server: {}, served }).cells;
    expect(cell).toMatchObject({ parts: [], work: undefined });
    expect(cell?.unexplained.centre).toBeCloseTo(50, 9);
  });

  test('what the app does not say is no part', () => {
    const says = (server: RoundServer) =>
      partsOf(series('single-region', 'cdg', [{ round: 0, values: [rtt + 10], server }]));
    expect(says({ dbMs: 4 })).toEqual({ network: rtt, query: 4 });
    expect(says({ appMs: 7, ownMs: 7 })).toEqual({ network: rtt, app: 7 });
    expect(says({ dbQueries: 3 })).toEqual({ network: rtt });
    const [cell] = explained(
      series('multi-region-single-db', 'syd', [{ round: 0, values: [900], server: { dbMs: 800 } }]),
    ).cells;
    // Of an unknown number of queries the way is not known, and so is not the work.
    expect(cell).toMatchObject({ parts: [{ cause: 'network' }, { cause: 'query', ms: 800 }] });
    expect(cell?.work).toBeUndefined();
  });

  test('of a URL no distance is known', () => {
    const { plan } = manifest;
    const target = { kind: 'url', name: 'mine', url: 'http://127.0.0.1:3000' } as const;
    const own = { ...manifest, plan: { ...plan, targets: [target] } };
    const [cell] = explainRun(own, [series('mine', 'cdg', [round(0, 20, 7, 4)])], []).cells;
    expect(cell?.parts.map(({ cause }) => cause)).toEqual(['app', 'query']);
    expect(cell?.floorMs).toBeUndefined();
    expect(cell?.unexplained.centre).toBeCloseTo(13, 9);
  });

  test('no sample, no cell', () => {
    expect(explained(series('single-region', 'cdg', [])).cells).toEqual([]);
  });

  test('parts that exceed the whole are said to, and nothing is below 0', () => {
    const [cell] = explained(series('single-region', 'cdg', [round(0, rtt + 1, 7, 4)])).cells;
    expect(cell?.unexplained.centre).toBe(0);
    expect(cell?.excessMs).toBeCloseTo(6, 9);
  });

  test('intervals come from the rounds', () => {
    const rounds = [10, 11, 12, 13].map((ms, i) => round(i, rtt + ms, ms - 2, 4));
    const [cell] = explained(series('single-region', 'cdg', rounds)).cells;
    const app = cell?.parts.find(({ cause }) => cause === 'app');
    expect(app?.ms).toBeCloseTo(Math.sqrt(Math.sqrt(4 * 5 * 6 * 7)), 9);
    expect(app?.interval?.low).toBeGreaterThan(3);
    // 2 ms more than the rest in every round: the difference has no spread. Geometric means don't add up exactly.
    expect(cell?.unexplained.centre).toBeCloseTo(2, 0);
    expect(cell?.unexplained.interval).toBeUndefined();
  });
});

test('parts and the unexplained make the whole', () => {
  const ms = fc.double({ min: 0.01, max: 2000, noNaN: true });
  const rounds = fc.array(fc.tuple(ms, ms, ms), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(rounds, fc.constantFrom(...targets), fc.constantFrom(...vantages), (all, t, at) => {
      const one = series(
        t,
        at,
        all.map(([ttfb, app, db], i) => round(i, ttfb, app, db)),
      );
      const [cell] = explained(one).cells;
      if (cell === undefined) throw new Error('no cell');
      const { whole, parts, unexplained, excessMs } = cell;
      const sum = parts.reduce((total, part) => total + part.ms, 0);
      expect(sum + unexplained.centre - excessMs).toBeCloseTo(whole.centre, 6);
      expect(Math.min(unexplained.centre, excessMs)).toBe(0);
      expect(parts.every((part) => part.ms >= 0)).toBe(true);
      const { low = 0, high = 0 } = unexplained.interval ?? {};
      expect(low >= 0 && high >= low).toBe(true);
    }),
  );
});

describe('what another placement would give', () => {
  const single = series('single-region', 'cdg', [round(0, rtt + 10, 7, 4)]);

  test('is the same work with other distances', () => {
    const { predictions } = explained(single, series('read-replicas', 'syd', [round(0, 12, 7, 4)]));
    expect(
      predictions.map(({ placement, predicted, measured }) => [
        placement,
        Math.round(predicted.centre),
        measured?.centre,
      ]),
    ).toEqual([
      ['single-region', Math.round(rtt + 10), expect.closeTo(rtt + 10, 9)],
      ['multi-region-single-db', Math.round(3 * rtt + 10), undefined],
      ['read-replicas', 10, expect.closeTo(12, 9)],
    ]);
  });

  test('sends writes on to the primary region where the app has a choice', () => {
    const write = series('read-replicas', 'cdg', [round(0, rtt + 8, 5, 4)], 'http_method');
    const { predictions } = explained(single, write);
    expect(predictions.map(({ predicted }) => Math.round(predicted.centre))).toEqual(
      [rtt + 10, 3 * rtt + 10, rtt + 10].map(Math.round),
    );
  });
});

test('light needs 170 ms from Sydney to Paris and back', () => {
  expect(floorMs('syd', 'cdg')).toBeCloseTo(169.7, 0);
  expect(floorMs('syd', 'syd')).toBe(0);
  expect(floorMs('syd', 'moon')).toBeUndefined();
});

test('light needs its time to a region that only the run knows, too', () => {
  const madrid = { city: 'Madrid, Spain', lat: 40.42, lon: -3.7 };
  const wider = {
    ...syntheticManifest({ vantages: ['cdg', 'mad'], targets: ['single-region'] }),
    regions: { mad: madrid },
  };
  const one = { ...series('single-region', 'cdg', [round(0, 30, 7, 4)]), vantage: 'mad' };
  const [cell] = explainRun(wider, [one], placements).cells;
  // 1053 km, there and back.
  expect(cell?.floorMs).toBeCloseTo(10.5, 1);
  expect(
    explainRun({ ...wider, regions: {} }, [one], placements).cells[0]?.floorMs,
  ).toBeUndefined();
});
