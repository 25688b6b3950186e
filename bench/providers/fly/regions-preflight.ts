import { ProblemsError, type Problem } from '../../base/errors.ts';
import { regions as worldRegions, type Region, type RegionCode } from '../../world/regions.ts';
import { vantageIn, type Vantage } from '../../world/vantage.ts';
import type { FlyRegion } from './machines-api.ts';
import { chooseRegion, type Choice, type WantedRegions } from './regions/choose-region.ts';
import { placeOf, regionOfFly } from './regions/place-of.ts';

export interface DecidedRegions {
  /** In the order wanted. */
  readonly vantages: readonly Vantage[];
  /** Where they really are, in the same order. */
  readonly regions: readonly RegionCode[];
  readonly primary: RegionCode;
  /** Those of them that the world's table lacks. */
  readonly newRegions: readonly Region[];
  /** What a person should know, one line each. */
  readonly notes: readonly string[];
}

/** Where to measure, given what Fly offers. Throws a ProblemsError with everything that stands against it. */
export function decideRegions(asked: WantedRegions): DecidedRegions {
  const offered = asked.live.filter(({ deprecated }) => !deprecated);
  const wanted = [...new Set(asked.wanted)];
  const emptiness = emptyProblem(wanted, offered);
  if (emptiness !== undefined) throw new ProblemsError([emptiness]);
  const choose = (code: RegionCode) => chooseRegion(code, { ...asked, wanted, offered });
  const choices = wanted.map(choose);
  const primary = choose(asked.primary);
  const placed = choices.flatMap((choice) => ('region' in choice ? [choice] : []));
  const primaryRegion = 'region' in primary ? primary.region : asked.primary;
  const regions = placed.map(({ region }) => region);
  const newRegions = newAmong([...regions, primaryRegion], offered);
  const problems = [
    ...choices.flatMap(problemOf),
    ...(wanted.includes(asked.primary) ? [] : problemOf(primary)),
    ...crowded(choices),
    ...newRegions.flatMap((region) => unplaced(region, asked)),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
  return {
    vantages: placed.map(({ wanted: code, region }) => vantageIn(region, code)),
    regions,
    primary: primaryRegion,
    newRegions,
    notes: placed.flatMap(({ note }) => (note === undefined ? [] : [note])),
  };
}

/** Which the API alone can say anything of. */
const newAmong = (codes: readonly RegionCode[], offered: readonly FlyRegion[]): Region[] =>
  offered
    .filter(({ code }) => codes.includes(code) && !worldRegions.has(code))
    .map((region) => regionOfFly(region));

function unplaced({ code }: Region, { live }: WantedRegions): Problem[] {
  if (placeOf(code, live) !== undefined) return [];
  return [
    {
      where: '--regions',
      what: `Fly offers ${code}, but does not say where it is`,
      fix: `Leave ${code} out.`,
    },
  ];
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

const problemOf = (choice: Choice): Problem[] => ('problem' in choice ? [choice.problem] : []);

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
