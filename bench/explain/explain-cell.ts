import type { Millis } from '../base/units.ts';
import type { RoundServer, Series } from '../samples/series.ts';
import { medianByRound, type Estimate } from '../stats/interval.ts';
import { pairedDifference } from '../stats/paired.ts';
import { quantile, sorted, type Sorted } from '../stats/quantile.ts';
import type { CellCauses, Part } from './causes.ts';
import type { Geography } from './geography.ts';
import { crossingMs, wayOf, type Way } from './way.ts';

/** Splits a cell's median by cause; undefined if it has none. */
export function explainCell(series: Series, geography: Geography): CellCauses | undefined {
  const { target, vantage, scenario, metric, step, temperature, served, server } = series;
  const filled = series.rounds.flatMap(({ values, server }) =>
    values.length === 0 ? [] : [{ ordered: sorted(values), server }],
  );
  const whole = medianByRound(filled.map(({ ordered }) => ordered));
  if (whole === undefined) return undefined;
  const way = wayOf(series, geography);
  const rounds = filled.flatMap((round) => roundCauses(round, way));
  const parts = [...crossings(way), ...serverParts(rounds)];
  const rest = whole.centre - sum(parts);
  const { region, database, floorMs } = way;
  return {
    ...{ target, vantage, scenario, metric, step, temperature, whole, parts },
    unexplained: leftOver(
      rest,
      rounds,
      ({ app = 0, travel = 0, query = 0 }) => crossingMs(way) + app + travel + query,
    ),
    excessMs: Math.max(0, -rest),
    work: workOf(whole, parts, rounds, way),
    ...{ floorMs, region, database, served, queries: server.dbQueries, says: server },
  };
}

/** One round in medians that belong together; undefined is what the app does not say. */
interface RoundCauses {
  readonly whole: Millis;
  readonly app: Millis | undefined;
  readonly travel: Millis | undefined;
  readonly query: Millis | undefined;
}

interface OrderedRound {
  readonly ordered: Sorted;
  readonly server: RoundServer | undefined;
}

function roundCauses({ ordered, server }: OrderedRound, way: Way): RoundCauses[] {
  if (server === undefined) return [];
  const { ownMs: app, dbMs } = server;
  const travel = travelMs(server, way);
  const query = dbMs === undefined ? undefined : dbMs - (travel ?? 0);
  return [{ whole: quantile(ordered, 0.5), app, travel, query }];
}

/** Queries that are sent at the same time share their way: it can't take longer than the database's whole time. */
function travelMs({ dbQueries, dbMs }: RoundServer, { queryRttMs }: Way): Millis | undefined {
  if (dbQueries === undefined || dbMs === undefined || queryRttMs === undefined) return undefined;
  return Math.min(dbMs, dbQueries * queryRttMs);
}

function crossings({ networkMs, replayMs }: Way): Part[] {
  return [
    ...(networkMs === undefined ? [] : [{ cause: 'network', ms: networkMs } as const]),
    ...(replayMs === undefined ? [] : [{ cause: 'replay', ms: replayMs } as const]),
  ];
}

function serverParts(rounds: readonly RoundCauses[]): Part[] {
  return (['app', 'travel', 'query'] as const).flatMap((cause) => {
    const estimate = overRounds(rounds.flatMap((round) => round[cause] ?? []));
    if (estimate === undefined) return [];
    const { centre: ms, interval } = estimate;
    return [{ cause, ms, ...(interval === undefined ? {} : { interval }) }];
  });
}

/** As the whole is estimated: the geometric mean of the rounds; their median, without an interval, where one has 0. */
function overRounds(values: readonly Millis[]): Estimate | undefined {
  if (values.length === 0) return undefined;
  const [first = 0] = values;
  if (values.every((value) => value === first)) return { centre: first };
  const centre = quantile(sorted(values), 0.5);
  return medianByRound(values.map((value) => sorted([value]))) ?? { centre };
}

/** The time without the crossings and the queries' travel. */
function workOf(
  whole: Estimate,
  parts: readonly Part[],
  rounds: readonly RoundCauses[],
  way: Way,
): Estimate | undefined {
  const isSaid = rounds.some(({ travel }) => travel !== undefined);
  if (way.networkMs === undefined || way.queryRttMs === undefined || !isSaid) return undefined;
  const far = parts.filter(({ cause }) => cause !== 'app' && cause !== 'query');
  return leftOver(whole.centre - sum(far), rounds, ({ travel = 0 }) => crossingMs(way) + travel);
}

/** What is left, with the interval of the same difference taken round by round; neither goes below 0. */
function leftOver(
  rest: Millis,
  rounds: readonly RoundCauses[],
  taken: (round: RoundCauses) => Millis,
): Estimate {
  const centre = Math.max(0, rest);
  const paired = pairedDifference(
    rounds.map(taken),
    rounds.map(({ whole }) => whole),
  );
  if (paired?.interval === undefined) return { centre };
  const [low, high] = [paired.interval.low, paired.interval.high].map((end) =>
    Math.max(0, end - paired.mean + rest),
  );
  return { centre, interval: { low: low ?? 0, high: high ?? 0 } };
}

const sum = (parts: readonly Part[]): Millis => parts.reduce((total, { ms }) => total + ms, 0);
