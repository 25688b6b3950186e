/**
 * Fly's prices in US dollars, as far as they were to be had in November 2026 (https://fly.io/docs/about/pricing/). They
 * change, some regions add to them, and a bill rounds otherwise: what is made of them is an estimate.
 */
export const prices = {
  /** One `performance` processor with 2 GB, in the regions without a markup; a started machine is billed by the second. */
  processorHour: 0.044,
  /** What the dearest region is taken to cost beyond that: no list of markups is published as data. */
  dearestRegion: 1.3,
  /** Per GB that leaves Fly. The regions of the world's table that aren't named are in North America or Europe. */
  egressGb: { default: 0.02, middle: 0.04, dearest: 0.12 },
  /** Asia and the Pacific, South America. */
  middleEgress: ['gru', 'nrt', 'sin', 'syd', 'hkg', 'eze', 'scl', 'gig', 'bog'],
  /** Africa, India. */
  dearestEgress: ['jnb', 'bom'],
} as const;
