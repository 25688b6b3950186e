import { ProblemsError, type Problem } from '../../base/errors.ts';
import { regions as worldRegions, type Region, type RegionCode } from '../../world/regions.ts';
import { vantageIn, type Vantage } from '../../world/vantage.ts';
import { distanceKm } from '../../world/world.ts';
import type { FlyRegion } from './machines-api.ts';

export interface WantedRegions {
  readonly wanted: readonly RegionCode[];
  /** Where writes go. */
  readonly primary: RegionCode;
  /** Region → the one that takes its place where it is not to be had. */
  readonly substitutes: Readonly<Record<RegionCode, RegionCode>>;
  /** As Fly tells of them today, the retired ones included or not. */
  readonly live: readonly FlyRegion[];
}

export interface DecidedRegions {
  /** In the order wanted. */
  readonly vantages: readonly Vantage[];
  /** Where they really are, in the same order. */
  readonly regions: readonly RegionCode[];
  readonly primary: RegionCode;
  /** What a person should know, one line each. */
  readonly notes: readonly string[];
}

/** Where to measure, given what Fly offers. Throws a ProblemsError with everything that stands against it. */
export function decideRegions(asked: WantedRegions): DecidedRegions {
  const offered = asked.live.filter(({ deprecated }) => !deprecated);
  const wanted = [...new Set(asked.wanted)];
  const emptiness = emptyProblem(wanted, offered);
  if (emptiness !== undefined) throw new ProblemsError([emptiness]);
  const choose = (code: RegionCode) => choiceFor(code, wanted, offered, asked);
  const choices = wanted.map(choose);
  const primary = choose(asked.primary);
  const problems = [
    ...choices.flatMap(problemOf),
    ...(wanted.includes(asked.primary) ? [] : problemOf(primary)),
    ...crowded(choices),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
  const placed = choices.flatMap((choice) => ('region' in choice ? [choice] : []));
  return {
    vantages: placed.map(({ wanted: code, region }) => vantageIn(region, code)),
    regions: placed.map(({ region }) => region),
    primary: 'region' in primary ? primary.region : asked.primary,
    notes: placed.flatMap(({ note }) => (note === undefined ? [] : [note])),
  };
}

function emptyProblem(
  wanted: readonly RegionCode[],
  offered: readonly FlyRegion[],
): Problem | undefined {
  if (wanted.length === 0)
    return {
      where: '--regions',
      what: 'no region is named',
      fix: `Name some of ${offered.map(({ code }) => code).join(', ')}.`,
    };
  if (offered.length > 0) return undefined;
  return {
    where: '--provider fly',
    what: 'Fly offers no region at all',
    fix: 'Is FLY_FLAPS_BASE_URL the address of the Machines API? https://status.flyio.net tells of trouble.',
  };
}

/** What becomes of a region that was wanted. */
type Choice =
  | { readonly wanted: RegionCode; readonly region: RegionCode; readonly note?: string }
  | { readonly wanted: RegionCode; readonly problem: Problem };

function choiceFor(
  code: RegionCode,
  wanted: readonly RegionCode[],
  offered: readonly FlyRegion[],
  { substitutes, live }: WantedRegions,
): Choice {
  const isOffered = (one: RegionCode) => offered.some((region) => region.code === one);
  const other = Object.hasOwn(substitutes, code) ? substitutes[code] : undefined;
  if (isOffered(code))
    return other === undefined || other === code
      ? { wanted: code, region: code }
      : { wanted: code, region: code, note: `${code} is to be had; ${other} does not replace it.` };
  const here = placeOf(code, live);
  const near = here === undefined ? undefined : nearestOf(here, offered);
  const nearest = near?.code;
  const fix = adviceFor(code, near, wanted);
  if (other === undefined) {
    const what = `${stateOf(code, live)}${near === undefined ? '' : `; the nearest live region is ${near.code} (${near.name}, ${near.km} km away)`}`;
    return { wanted: code, problem: { where: '--regions', what, fix } };
  }
  if (!isOffered(other)) {
    const what = `${stateOf(other, live)}, so it can't stand in for ${code}`;
    return { wanted: code, problem: { where: '--substitute', what, fix } };
  }
  const there = placeOf(other, live);
  const km = here && there ? `, ${Math.round(distanceKm(here, there))} km away` : '';
  const closer = nearest === undefined || nearest === other ? '' : ` (${nearest} would be nearer)`;
  return {
    wanted: code,
    region: other,
    note: `${stateOf(code, live)}: measured from ${other} instead${km}${closer}.`,
  };
}

const problemOf = (choice: Choice): Problem[] => ('problem' in choice ? [choice.problem] : []);

/** Fly may go on listing what it has retired, or not; the world's table knows of some. */
const stateOf = (code: RegionCode, live: readonly FlyRegion[]): string =>
  live.some((region) => region.code === code) || worldRegions.has(code)
    ? `Fly has retired ${code}`
    : `Fly has no region ${code}`;

function placeOf(code: RegionCode, live: readonly FlyRegion[]): Region | undefined {
  const known = live.find((region) => region.code === code);
  return known === undefined ? worldRegions.get(code) : regionOfFly(known);
}

const regionOfFly = ({
  code,
  name,
  latitude: lat,
  longitude: lon,
  deprecated,
}: FlyRegion): Region => ({
  ...{ code, city: name, lat, lon },
  retired: deprecated,
});

interface Near {
  readonly code: RegionCode;
  readonly name: string;
  readonly km: number;
}

function nearestOf(here: Region, offered: readonly FlyRegion[]): Near | undefined {
  const near = offered.map((region) => ({
    code: region.code,
    name: region.name,
    km: Math.round(distanceKm(here, regionOfFly(region))),
  }));
  return near.sort((a, b) => a.km - b.km)[0];
}

function adviceFor(
  code: RegionCode,
  near: Near | undefined,
  wanted: readonly RegionCode[],
): string {
  if (near === undefined) return `Leave ${code} out; \`bench regions\` lists what there is.`;
  if (wanted.includes(near.code)) return `Leave ${code} out: ${near.code} is measured anyway.`;
  return `Measure from there with --substitute ${code}=${near.code}, or leave ${code} out.`;
}

/** Two vantages in one region would measure the same twice, and be taken for two places. */
function crowded(choices: readonly Choice[]): Problem[] {
  const byRegion = new Map<RegionCode, RegionCode[]>();
  for (const choice of choices)
    if ('region' in choice)
      byRegion.set(choice.region, [...(byRegion.get(choice.region) ?? []), choice.wanted]);
  return [...byRegion].flatMap(([region, wanted]) => {
    if (wanted.length < 2) return [];
    const guests = wanted.filter((code) => code !== region);
    const both = wanted.includes(region)
      ? ['itself', ...guests.map((code) => `for ${code}`)]
      : guests.map((code) => `for ${code}`);
    return [
      {
        where: '--substitute',
        what: `${region} is wanted ${both.join(' and ')}`,
        fix: `Leave ${guests.at(-1) ?? region} out, or give it a substitute of its own.`,
      },
    ];
  });
}
