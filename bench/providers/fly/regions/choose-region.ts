import type { Problem } from '../../../base/errors.ts';
import { distanceKm } from '../../../world/distance.ts';
import type { RegionCode } from '../../../world/regions.ts';
import type { FlyRegion } from '../machines-api.ts';
import { isKnown, nearestOf, placeOf, type Near } from './place-of.ts';

export interface WantedRegions {
  readonly wanted: readonly RegionCode[];
  /** Where writes go. */
  readonly primary: RegionCode;
  /** Region → the one that takes its place where it is not to be had. */
  readonly substitutes: Readonly<Record<RegionCode, RegionCode>>;
  /** As Fly tells of them today, the retired ones included or not. */
  readonly live: readonly FlyRegion[];
  /** False: Fly could not be asked, and `live` is what was so when this version was made. */
  readonly isAsked: boolean;
  /** Tells which of the known names somebody may have meant. */
  readonly suggest: (typed: string, known: readonly string[]) => string;
}

/** What was wanted, and what there is. */
export interface Offer extends WantedRegions {
  /** Those of `live` in which something can be made. */
  readonly offered: readonly FlyRegion[];
}

/** What becomes of a region that was wanted. */
export type Choice =
  | { readonly wanted: RegionCode; readonly region: RegionCode; readonly note?: string }
  | { readonly wanted: RegionCode; readonly problem: Problem };

/** Decides on one region that was wanted. */
export function chooseRegion(code: RegionCode, offer: Offer): Choice {
  const { offered, live, substitutes } = offer;
  const isOffered = (one: RegionCode) => offered.some((region) => region.code === one);
  const other = Object.hasOwn(substitutes, code) ? substitutes[code] : undefined;
  if (isOffered(code))
    return other === undefined || other === code
      ? { wanted: code, region: code }
      : { wanted: code, region: code, note: `${code} is to be had; ${other} does not replace it.` };
  const here = placeOf(code, live);
  const near = here === undefined ? undefined : nearestOf(here, offered);
  const nearest = near?.code;
  if (other === undefined) {
    const what = `${stateOf(code, offer)}${near === undefined ? '' : `; the nearest live region is ${near.code} (${near.name}, ${near.km} km away)`}`;
    return {
      wanted: code,
      problem: { where: '--regions', what, fix: adviceFor(code, near, offer) },
    };
  }
  if (!isOffered(other)) {
    const what = `${stateOf(other, offer)}, so it can't stand in for ${code}`;
    const fix =
      nearest === undefined
        ? `Leave ${code} out.`
        : `Take ${nearest}, the nearest: --substitute ${code}=${nearest}, or leave ${code} out.`;
    return { wanted: code, problem: { where: '--substitute', what, fix } };
  }
  const there = placeOf(other, live);
  const km = here && there ? `, ${Math.round(distanceKm(here, there))} km away` : '';
  const closer = nearest === undefined || nearest === other ? '' : ` (${nearest} would be nearer)`;
  return {
    wanted: code,
    region: other,
    note: `${stateOf(code, offer)}: measured from ${other} instead${km}${closer}.`,
  };
}

/** Fly may go on listing what it has retired, or not; this version knows of some. */
function stateOf(code: RegionCode, { live, isAsked }: WantedRegions): string {
  if (live.some((region) => region.code === code) || isKnown(code))
    return `Fly has retired ${code}`;
  return isAsked ? `Fly has no region ${code}` : `this version knows no region ${code}`;
}

function adviceFor(
  code: RegionCode,
  near: Near | undefined,
  { wanted, offered, isAsked, suggest }: Offer,
): string {
  if (near === undefined) {
    const known = suggest(
      code,
      offered.map((region) => region.code),
    );
    return isAsked ? known : `${known} Or set FLY_API_TOKEN, so that Fly itself can be asked.`;
  }
  if (wanted.includes(near.code)) return `Leave ${code} out: ${near.code} is measured anyway.`;
  return `Measure from there with --substitute ${code}=${near.code}, or leave ${code} out.`;
}
