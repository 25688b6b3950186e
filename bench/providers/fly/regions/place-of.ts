import { distanceKm, type Point } from '../../../world/distance.ts';
import { formerRegions } from '../../../world/former-regions.ts';
import { regions, type Region, type RegionCode } from '../../../world/regions.ts';
import type { FlyRegion } from '../machines-api.ts';

/**
 * Where a region is, live, retired or neither. Undefined also where Fly does not say it: Go leaves out zeros, and no
 * region is in the Gulf of Guinea.
 */
export function placeOf(code: RegionCode, live: readonly FlyRegion[]): Point | undefined {
  const known = live.find((region) => region.code === code);
  if (known === undefined || regions.has(code)) return knownPlace(code);
  const { latitude: lat, longitude: lon } = known;
  const isOnGlobe = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0);
  return isOnGlobe ? { lat, lon } : undefined;
}

const knownPlace = (code: RegionCode): Point | undefined =>
  regions.get(code) ?? formerRegions.get(code);

/** Whether this version knows the region, live or retired. */
export const isKnown = (code: RegionCode): boolean => knownPlace(code) !== undefined;

/** A region of Fly's list as one of the world. */
export const regionOfFly = ({
  code,
  name,
  latitude: lat,
  longitude: lon,
  deprecated,
}: FlyRegion): Region => ({
  ...{ code, city: name === '' ? code : name, lat, lon },
  retired: deprecated,
});

export interface Near {
  readonly code: RegionCode;
  readonly name: string;
  readonly km: number;
}

/** Of the regions that can be had. */
export function nearestOf(here: Point, offered: readonly FlyRegion[]): Near | undefined {
  const near = offered.map((region) => ({
    code: region.code,
    name: region.name,
    km: Math.round(distanceKm(here, regionOfFly(region))),
  }));
  return near.sort((a, b) => a.km - b.km)[0];
}
