import type { Millis } from '../base/units.ts';
import type { Region } from './regions.ts';

/** A place on the globe, in degrees. */
export type Point = Pick<Region, 'lat' | 'lon'>;

/** Great-circle distance in km on a sphere of 6371 km (haversine; Sinnott, Sky & Telescope 68, 1984). */
export function distanceKm(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLon = (b.lon - a.lon) * rad;
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Light in fibre, at two thirds of its speed in vacuum, km a millisecond. */
const fibreKmPerMs = (2 / 3) * 299.792458;

/** What light needs in a fibre along the great circle, there and back. */
export const lightMs = (a: Point, b: Point): Millis => (2 * distanceKm(a, b)) / fibreKmPerMs;
