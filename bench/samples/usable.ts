import type { Millis } from '../base/units.ts';
import type { Sample } from './sample.ts';

/** Whether a request went over a connection that was there, or opened one. Never mixed in a figure. */
export type Temperature = 'warm' | 'cold';

/** What a request is good for; only `warm` and `cold` are latencies. */
export type Use = Temperature | 'failed' | 'implausible';

/**
 * Judges one request. k6 reads the wall clock, which may jump: a waiting time that is not above 0, or above the
 * timeout, can't be true (measurement specification, "Validity").
 */
export function useOf(sample: Sample, requestTimeoutMs: Millis): Use {
  if (sample.failed) return 'failed';
  if (!(sample.waitingMs > 0 && sample.waitingMs <= requestTimeoutMs)) return 'implausible';
  return temperatureOf(sample);
}

export function temperatureOf(sample: Sample): Temperature {
  return sample.connectingMs > 0 || sample.tlsMs > 0 ? 'cold' : 'warm';
}

/** Time to first byte: waiting on a warm connection; on a cold one with its opening (`blocked` holds DNS, TCP, TLS). */
export function ttfbMs(sample: Sample, temperature: Temperature): Millis {
  if (temperature === 'warm') return sample.waitingMs;
  return sample.blockedMs + sample.sendingMs + sample.waitingMs;
}
