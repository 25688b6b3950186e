// An open model: requests start at a fixed rate, whether or not the ones before are answered.
import { Agent, get } from 'node:http';
import type { Millis, PerSecond, Seconds } from '../../bench/base/units.ts';
import { now } from '../../bench/providers/local/network/clock.ts';

export interface LoadTask {
  readonly port: number;
  readonly perSecond: PerSecond;
  readonly seconds: Seconds;
}

export interface LoadReport {
  /** Time to first byte of each request that began after the first 4 s. */
  readonly ms: readonly Millis[];
  readonly failed: number;
}

const warmUpMs: Millis = 4000;
const agent = new Agent({ keepAlive: true });
process.on('disconnect', () => process.exit());
process.on('message', ({ port, perSecond, seconds }: LoadTask) => {
  const ms: Millis[] = [];
  let failed = 0;
  const began = now();
  const timer = setInterval(() => {
    const start = now();
    const request = get({ port, host: '127.0.0.1', agent, path: '/search' }, (response) => {
      if (start - began > warmUpMs) ms.push(now() - start);
      response.resume();
    });
    request.on('error', () => failed++);
  }, 1000 / perSecond);
  setTimeout(() => {
    clearInterval(timer);
    setTimeout(() => process.send?.({ ms, failed } satisfies LoadReport), 1500);
  }, 1000 * seconds);
});
process.send?.('ready');
