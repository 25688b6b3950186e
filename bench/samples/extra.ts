import type { UnixMicros } from '../base/units.ts';
import type { Sample } from './sample.ts';

/** A row of k6 that is no part of a request: a script's own metric, or `dropped_iterations`. */
export interface Extra {
  readonly metric: string;
  readonly value: number;
  readonly atUs: UnixMicros;
  readonly tags: Readonly<Record<string, string>>;
}

/** Takes what a reader of k6's rows finds, in the order of the file. */
export interface SampleSink {
  sample(sample: Sample): void;
  extra(extra: Extra): void;
}
