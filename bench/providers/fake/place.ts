import { ApiError, invalid } from './api-error.ts';
import { alternateOf, fakeRegions, type FakeRegion } from './regions.ts';

/** Why a region takes nobody at the moment. */
export type Shortage = 'capacity' | 'quota';

/** Where a machine goes without a wish: nearest to the caller. */
const nearest = 'cdg';

/** The short names of continents that may stand in a list of regions. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  any: [],
  apac: ['asia_pacific'],
  eu: ['europe'],
  na: ['north_america'],
  us: ['north_america'],
  usa: ['north_america'],
  sa: ['south_america'],
};

/**
 * Chooses where a machine goes by a region or a list of them in order of preference (`lhr,eu`). Throws an ApiError if
 * a region is unknown or retired, or all that are named take nobody.
 */
export function place(
  wish: string | undefined,
  shortages: ReadonlyMap<string, Shortage>,
  all: readonly FakeRegion[] = fakeRegions,
): string {
  const codes = (wish ?? nearest).split(',').flatMap((word) => codesOf(word.trim(), all));
  const free = codes.find((code) => !shortages.has(code));
  if (free !== undefined) return free;
  const [first = nearest] = codes;
  throw shortages.get(first) === 'quota' ? overQuota(first) : noCapacity();
}

function codesOf(word: string, all: readonly FakeRegion[]): string[] {
  const continents = aliases[word];
  const live = all.filter(({ deprecated }) => !deprecated);
  if (continents !== undefined)
    return live
      .filter(({ geo_region }) => word === 'any' || continents.includes(geo_region))
      .map(({ code }) => code);
  const region = all.find(({ code }) => code === word);
  if (region === undefined) throw invalid(`region ${word} not found`);
  if (region.deprecated) throw retired(word);
  return [word];
}

const retired = (code: string): ApiError =>
  new ApiError(
    422,
    `Region ${code} is deprecated and cannot have new resources provisioned. Please consider using an alternate region such as ${alternateOf(code)}`,
  );

const noCapacity = (): ApiError =>
  new ApiError(
    409,
    'aborted: could not reserve resource for machine: insufficient memory available to fulfill request',
    'insufficient_capacity',
  );

const overQuota = (code: string): ApiError =>
  new ApiError(
    403,
    `organization "personal" is using 8192 MB of memory in ${code} which is over the allowed quota. please consider other regions`,
  );
