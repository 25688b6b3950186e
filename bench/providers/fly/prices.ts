import type { RegionCode } from '../../world/regions.ts';

/**
 * Fly's prices in US dollars, as they are published. They change, and a bill rounds otherwise: what is made of them is
 * an estimate. Where the table says nothing, it is taken to be the dearest.
 */
export const prices = {
  /** When the table was last compared with its source. */
  asOf: '2026-11-28',
  /** The page that people read; its numbers are in superfly/docs, snippets/RegionPricingSelector.jsx, 12704c0. */
  source: 'https://fly.io/docs/about/pricing/',
  /** A second of one processor with the memory that it comes with, in Ashburn. Only started machines are billed. */
  processorSecond: { shared: 0.00000075, performance: 0.00001196 },
  /** MB that come with one processor. */
  includedMb: { shared: 256, performance: 2048 },
  /** A second of 1024 MB beyond that, in Ashburn. */
  memoryGbSecond: 0.00000193,
  /** A month of 30 days of one GB of a volume, the same everywhere. */
  volumeGbMonth: 0.15,
  /** What a region costs in units of Ashburn. */
  markup: new Map<RegionCode, number>([
    ['iad', 1],
    ['ewr', 1],
    ['ams', 1.038461538],
    ['arn', 1.038461538],
    ['yyz', 1.115384615],
    ['cdg', 1.134615385],
    ['lhr', 1.134615385],
    ['fra', 1.153846154],
    ['sjc', 1.192307692],
    ['lax', 1.199519231],
    ['dfw', 1.25],
    ['ord', 1.25],
    ['sin', 1.269230769],
    ['syd', 1.269230769],
    ['jnb', 1.302884615],
    ['nrt', 1.307692308],
    ['gru', 1.615384615],
  ]),
  /** Per GB that leaves Fly. The regions of the world's table that aren't named are in North America or Europe. */
  egressGb: { default: 0.02, middle: 0.04, dearest: 0.12 },
  /** Asia and the Pacific, South America. */
  middleEgress: ['gru', 'nrt', 'sin', 'syd', 'hkg', 'eze', 'scl', 'gig', 'bog'],
  /** Africa, India. */
  dearestEgress: ['jnb', 'bom'],
} as const;

/** For people, beside a cost: what it is made of. */
export const pricesNote = `Fly's prices of ${prices.asOf}`;
