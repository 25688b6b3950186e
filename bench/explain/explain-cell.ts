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
  const filled = series.rounds.flatMap(({ values, server, cutFromMs = Infinity }) =>
    values.length === 0 ? [] : [{ ordered: sorted(values), server, cutFromMs }],
  );
  const whole = medianByRound(
    filled.map(({ ordered }) => ordered),
    filled.map(({ cutFromMs }) => cutFromMs),
  );
  // A time that is not known can't be split.
  if (whole === undefined || whole.isLowerBound === true) return undefined;
  const way = wayOf(series, geography);
  const rounds = filled.flatMap((round) => roundCauses(round, way));
  const parts = [...crossings(way), ...serverParts(rounds, way)];
  const rest = whole.centre - sum(parts);
  const { region, database, floorMs } = way;
  return {
    ...{ target, vantage, scenario, metric, step, temperature, whole, parts },
    unexplained: leftOver(rest, rounds, (r) => crossingMs(way) + r.app + r.travel + r.query),
    excessMs: Math.max(0, -rest),
    work: workOf(whole, parts, rounds, way),
    ...{ floorMs, region, database, served, queries: server.dbQueries },
  };
}

/** One round in medians that belong together. */
interface RoundCauses {
  readonly whole: Millis;
  readonly app: Millis;
  readonly travel: Millis;
  readonly query: Millis;
}

interface OrderedRound {
  readonly ordered: Sorted;
  readonly server: RoundServer | undefined;
}

function roundCauses({ ordered, server }: OrderedRound, way: Way): RoundCauses[] {
  if (server === undefined) return [];
  const travel = travelMs(server, way);
  const whole = quantile(ordered, 0.5);
  return [{ whole, app: server.ownMs, travel, query: server.dbMs - travel }];
}

/** Queries that are sent at the same time share their way: it can't take longer than the database's whole time. */
const travelMs = ({ dbQueries, dbMs }: RoundServer, { queryRttMs = 0 }: Way): Millis =>
  Math.min(dbMs, dbQueries * queryRttMs);

function crossings({ networkMs, replayMs }: Way): Part[] {
  return [
    ...(networkMs === undefined ? [] : [{ cause: 'network', ms: networkMs } as const]),
    ...(replayMs === undefined ? [] : [{ cause: 'replay', ms: replayMs } as const]),
  ];
}

function serverParts(rounds: readonly RoundCauses[], { queryRttMs }: Way): Part[] {
  const known = (['app', 'travel', 'query'] as const).filter(
    (cause) => cause !== 'travel' || queryRttMs !== undefined,
  );
  return known.flatMap((cause) => {
    const estimate = overRounds(rounds.map((round) => round[cause]));
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
  if (way.networkMs === undefined || way.queryRttMs === undefined || rounds.length === 0)
    return undefined;
  const far = parts.filter(({ cause }) => cause !== 'app' && cause !== 'query');
  return leftOver(whole.centre - sum(far), rounds, (r) => crossingMs(way) + r.travel);
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
