import { ams } from './ams.ts';
import { arn } from './arn.ts';
import { bom } from './bom.ts';
import { cdg } from './cdg.ts';
import type { City } from './city.ts';
import { dfw } from './dfw.ts';
import { ewr } from './ewr.ts';
import { fra } from './fra.ts';
import { gru } from './gru.ts';
import { iad } from './iad.ts';
import { jnb } from './jnb.ts';
import { lax } from './lax.ts';
import { lhr } from './lhr.ts';
import { nrt } from './nrt.ts';
import { ord } from './ord.ts';
import { scl } from './scl.ts';
import { sin } from './sin.ts';
import { sjc } from './sjc.ts';
import { syd } from './syd.ts';
import { yyz } from './yyz.ts';

/** Every city of the world; recipes are numbered in this order. */
export const cities: readonly City[] = [
  ams,
  arn,
  bom,
  cdg,
  dfw,
  ewr,
  fra,
  gru,
  iad,
  jnb,
  lax,
  lhr,
  nrt,
  ord,
  scl,
  sin,
  sjc,
  syd,
  yyz,
];

const byRegion: ReadonlyMap<string, City> = new Map(cities.map((city) => [city.region, city]));

/** The city of the first region that is one of ours; Paris if none is. */
export function cityOf(...regions: (string | undefined)[]): City {
  const known = regions.find((region) => region !== undefined && byRegion.has(region));
  return byRegion.get(known ?? 'cdg') ?? cdg;
}
