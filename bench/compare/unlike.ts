import { regionOf } from '../world/vantage.ts';
import type { ScriptDigest } from '../samples/manifest.ts';

/**
 * What two measurements must share to be comparable. Any manifest has it; a saved baseline keeps no more than this
 * ({@link conditionsOf}).
 */
export interface Conditions {
  readonly provider: string;
  readonly versions: { readonly k6: string; readonly bench?: string };
  readonly plan: {
    readonly primary: string;
    readonly vantages: readonly string[];
    readonly scenarios: readonly {
      readonly name: string;
      readonly own?: true;
      readonly steps: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    }[];
    readonly rate: number;
    readonly vus: number;
    readonly requestTimeoutMs: number;
    readonly follow?: true;
    readonly allowStatus?: readonly number[];
  };
  readonly rtt: Readonly<Record<string, { readonly ms: number }>>;
  /** Of newer runs. A change in them is told, not refused. */
  readonly scripts?: Readonly<Record<string, ScriptDigest>>;
}

/** The conditions of a run and nothing else. */
export function conditionsOf({ provider, versions, plan, rtt, scripts }: Conditions): Conditions {
  const { primary, vantages, scenarios, rate, vus, requestTimeoutMs, follow, allowStatus } = plan;
  return {
    provider,
    versions: { k6: versions.k6 },
    plan: {
      ...{ primary, vantages },
      scenarios: scenarios.map(({ name, own, steps, env }) => ({
        ...{ name, steps, env },
        ...(own === undefined ? {} : { own }),
      })),
      ...{ rate, vus, requestTimeoutMs },
      ...(follow === undefined ? {} : { follow }),
      ...(allowStatus === undefined ? {} : { allowStatus }),
    },
    rtt: Object.fromEntries(Object.entries(rtt).map(([pair, { ms }]) => [pair, { ms }])),
    ...(scripts === undefined ? {} : { scripts }),
  };
}

/** One thing that two runs don't share. */
export interface Difference {
  /** `k6`, `RTT cdg-ord`, `QUERIES of search` … */
  readonly what: string;
  /** Its value in the one and in the other, in words. */
  readonly a: string;
  readonly b: string;
}

/** Everything in which two runs were measured differently; comparing them would blame the target for it. */
export function differencesOf(a: Conditions, b: Conditions): Difference[] {
  return [
    differing('provider', a.provider, b.provider),
    differing('k6', a.versions.k6, b.versions.k6),
    differing('primary', a.plan.primary, b.plan.primary),
    differing('scenarios', namesIn(a), namesIn(b)),
    ...scenarioDifferences(a, b),
    differing('rate', `${a.plan.rate}/s`, `${b.plan.rate}/s`),
    differing('VUs', a.plan.vus, b.plan.vus),
    differing('request timeout', `${a.plan.requestTimeoutMs} ms`, `${b.plan.requestTimeoutMs} ms`),
    differing('redirects', redirectsIn(a), redirectsIn(b)),
    differing('statuses that count', statusesIn(a), statusesIn(b)),
    ...rttDifferences(a, b),
  ].flat();
}

const redirectsIn = ({ plan }: Conditions): string =>
  plan.follow === true ? 'followed' : 'not followed';
const statusesIn = ({ plan }: Conditions): string =>
  ['2xx', ...(plan.allowStatus ?? [])].join(', ');

/** `k6: 2.1.0 and 2.2.0`. */
export function describeDifference({ what, a, b }: Difference): string {
  return `${what}: ${a} and ${b}`;
}

function differing(what: string, a: string | number, b: string | number): Difference[] {
  return a === b ? [] : [{ what, a: String(a), b: String(b) }];
}

const namesIn = ({ plan }: Conditions): string =>
  plan.scenarios
    .map(({ name }) => name)
    .sort()
    .join(', ');

function scenarioDifferences(a: Conditions, b: Conditions): Difference[] {
  return a.plan.scenarios.flatMap((one) => {
    const other = b.plan.scenarios.find(({ name }) => name === one.name);
    if (other === undefined) return [];
    const names = [...new Set([...Object.keys(one.env), ...Object.keys(other.env)])].sort();
    const value = (env: Readonly<Record<string, string>>, name: string) => env[name] ?? 'not set';
    return [
      differing(`steps of ${one.name}`, one.steps.join(', '), other.steps.join(', ')),
      ...names.map((name) =>
        differing(`${name} of ${one.name}`, value(one.env, name), value(other.env, name)),
      ),
    ].flat();
  });
}

/** Of regions that both runs have; what only one has, is not compared. */
function rttDifferences(a: Conditions, b: Conditions): Difference[] {
  const inBoth = (region: string) =>
    [a, b].every(
      ({ plan }) =>
        plan.vantages.some((vantage) => regionOf(vantage) === region) || plan.primary === region,
    );
  const [inA, inB] = [distances(a), distances(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .filter((pair) => pair.split('-').every(inBoth))
    .sort()
    .flatMap((pair) => differing(`RTT ${pair}`, inA.get(pair) ?? 'none', inB.get(pair) ?? 'none'));
}

/** A pair has one name, whichever end stands first. */
function distances({ rtt }: Conditions): Map<string, string> {
  return new Map(
    Object.entries(rtt).map(([pair, { ms }]) => [pair.split('-').sort().join('-'), `${ms} ms`]),
  );
}
