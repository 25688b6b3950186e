import type { SampleSink } from './extra.ts';

/** A sink that hands everything on to two, the first of which may want samples only. */
export const bothSinks = (
  one: Pick<SampleSink, 'sample'> & Partial<SampleSink>,
  other: SampleSink,
): SampleSink => ({
  sample: (sample) => {
    one.sample(sample);
    other.sample(sample);
  },
  extra: (extra) => {
    one.extra?.(extra);
    other.extra(extra);
  },
  heartbeat: (atUs) => {
    one.heartbeat?.(atUs);
    other.heartbeat?.(atUs);
  },
});
