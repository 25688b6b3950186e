import type { Millis } from '../base/units.ts';
import type { Sample } from './sample.ts';

/** Whether a request went over a connection that was there, or opened one. Never mixed in a figure. */
export type Temperature = 'warm' | 'cold';

/** What a request is good for: `warm` and `cold` are latencies, and of one that was `cut` a lower bound is known. */
export type Use = Temperature | 'cut' | 'failed' | 'implausible';

/** k6's code of a request that had no end within its timeout. */
const timedOut = 1050;
/** A timer that ends a wait may be late by so much. */
const lateMs = 1000;

/**
 * Judges one request. k6 reads the wall clock, which may jump: a waiting time that is not above 0, or above the
 * timeout, can't be true (measurement specification, "Validity").
 */
export function useOf(sample: Sample, requestTimeoutMs: Millis): Use {
  const { errorCode, waitingMs } = sample;
  // On a connection that did not open in time nothing was asked: that is a failure to connect.
  if (errorCode === timedOut && waitingMs > 0 && sample.receivingMs === 0)
    return waitingMs <= requestTimeoutMs + lateMs ? 'cut' : 'implausible';
  if (sample.failed && !isUnfinished(sample)) return 'failed';
  if (!(waitingMs > 0 && waitingMs <= requestTimeoutMs)) return 'implausible';
  return temperatureOf(sample);
}

/** Its first byte came in time, the end of its body did not: the time to first byte is whole. */
export function isUnfinished({ errorCode, receivingMs }: Sample): boolean {
  return errorCode === timedOut && receivingMs > 0;
}

export function temperatureOf(sample: Sample): Temperature {
  return sample.connectingMs > 0 || sample.tlsMs > 0 ? 'cold' : 'warm';
}

/** Time to first byte (of a request that was cut, how long it was waited for): waiting on a warm connection; on a cold one with its opening (`blocked` holds DNS, TCP, TLS). */
export function ttfbMs(sample: Sample, temperature: Temperature): Millis {
  if (temperature === 'warm') return sample.waitingMs;
  return sample.blockedMs + sample.sendingMs + sample.waitingMs;
}
