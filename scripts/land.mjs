// The world's land as one SVG path, from Natural Earth's coastlines (public domain). Used by build.mjs.
import { readFile } from 'node:fs/promises';
import { feature } from 'topojson-client';

/** Steps of the grid in a degree; the same as in bench/report/map/project.ts. */
const perDegree = 4;
/** Latitudes beyond which nobody measures, and the poles would be drawn as wide as the equator. */
const [south, north] = [-60, 84];

/**
 * The path in a grid of quarter degrees, x eastwards from 180° W, y southwards from 90° N: some 4,000 points in
 * about 20 kB.
 */
export async function landPath() {
  const file = new URL(import.meta.resolve('world-atlas/land-110m.json'));
  const topology = JSON.parse(await readFile(file, 'utf8'));
  const { features } = feature(topology, topology.objects.land);
  return features
    .flatMap(({ geometry }) => geometry.coordinates)
    .flat()
    .filter((ring) => ring.every(([, lat]) => lat > south && lat < north))
    .flatMap(onEverySide)
    .map(ringPath)
    .join('');
}

/** What crosses 180° is drawn once at each edge of the map, which cuts off the rest. */
function onEverySide(ring) {
  const whole = unwrapped(ring);
  const lons = whole.map(([lon]) => lon);
  const turns = [0];
  if (Math.min(...lons) < -180) turns.push(360);
  if (Math.max(...lons) > 180) turns.push(-360);
  return turns.map((turn) => whole.map(([lon, lat]) => [lon + turn, lat]));
}

/** Without the jumps between 180° W and 180° E. */
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([lon, lat], i) => {
    const over = i === 0 ? 0 : lon - ring[i - 1][0];
    if (Math.abs(over) > 180) turn -= 360 * Math.sign(over);
    return [lon + turn, lat];
  });
}

/** Relative steps between whole numbers are short to write; the closing point is left to `z`. */
function ringPath(ring) {
  const points = ring
    .map(([lon, lat]) => [Math.round((lon + 180) * perDegree), Math.round((90 - lat) * perDegree)])
    .filter(([x, y], i, all) => i === 0 || x !== all[i - 1]?.[0] || y !== all[i - 1]?.[1]);
  if (points.length < 4) return '';
  const [[x, y], ...others] = points.slice(0, -1);
  const steps = others.map((point, i) => {
    const before = points[i];
    return `${joined(point[0] - before[0])}${joined(point[1] - before[1])}`;
  });
  return `M${x} ${y}l${steps.join('').trimStart()}z`;
}

/** A minus sign separates numbers as well as a space does. */
const joined = (step) => (step < 0 ? String(step) : ` ${step}`);
