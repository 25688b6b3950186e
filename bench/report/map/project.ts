import type { Coordinates } from './geography.ts';

/** In quarter degrees, x eastwards from 180° W, y southwards from 90° N: the grid of `scripts/land.mjs`. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A part of the grid: the view box of the map. */
export interface Frame extends Point {
  readonly width: number;
  readonly height: number;
}

const perDegree = 4;
const wholeWidth = 360 * perDegree;
/** The coastlines end at 84° N, and nobody measures below 60° S. */
const [top, bottom] = [6 * perDegree, 150 * perDegree];

/** Equirectangular: a degree is as long everywhere. */
export function project({ lat, lon }: Coordinates): Point {
  return { x: Math.round((lon + 180) * perDegree), y: Math.round((90 - lat) * perDegree) };
}

const margin = 22 * perDegree;
/** Closer than this the coastlines would be mere polygons. */
const narrowest = 140 * perDegree;
const aspect = 2.1;

/** The smallest frame with some room around all points that is a landscape and stays on the globe. */
export function frameOf(points: readonly Point[]): Frame {
  const [west, east] = reach(points.map(({ x }) => x));
  const [north, south] = reach(points.map(({ y }) => y));
  const wanted = Math.max(narrowest, east - west + 2 * margin, aspect * (south - north + margin));
  const width = Math.min(wholeWidth, Math.round(wanted));
  const height = Math.min(bottom - top, Math.round(width / aspect));
  return {
    x: within(0, wholeWidth - width, (west + east - width) / 2),
    y: within(top, bottom - height, (north + south - height) / 2),
    ...{ width, height },
  };
}

function reach(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
}

const within = (low: number, high: number, value: number): number =>
  Math.round(Math.min(high, Math.max(low, value)));
