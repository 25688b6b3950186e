import type { UnixMicros } from '../base/units.ts';
import type { Sample } from './sample.ts';

/** The block that a row names. */
export interface BlockTag {
  readonly target: string;
  readonly scenario: string;
  readonly round: number;
}

/** A row of k6 that is no part of a request: a script's own metric, or `dropped_iterations`. */
export interface Extra {
  readonly metric: string;
  readonly value: number;
  readonly atUs: UnixMicros;
  /** As k6 wrote them. */
  readonly tags: Readonly<Record<string, string>>;
  /** Undefined where the row names none: k6's own metrics, what happens in setup. */
  readonly block: BlockTag | undefined;
  /** Of the request that it is about; empty where there is none. */
  readonly step: string;
}

/** Takes what a reader of k6's rows finds, in the order of the file. */
export interface SampleSink {
  sample(sample: Sample): void;
  extra(extra: Extra): void;
  /** k6 ran at this time: it writes a row every second, whatever it does. */
  heartbeat?(atUs: UnixMicros): void;
}
