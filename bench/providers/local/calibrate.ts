import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError, messageOf } from '../../base/errors.ts';
import type { Millis } from '../../base/units.ts';
import type { Calibration, LinkCalibration } from '../../samples/outcome.ts';
import { quantile, sorted, type Sorted } from '../../stats/quantile.ts';
import { linkKey } from '../../samples/probed-links.ts';
import { measureLink } from './echo-test.ts';
import type { Distances } from './link-probe/protocol.ts';
import type { NetworkReady } from './network/protocol.ts';
import { rttFor } from './network/rtt-for.ts';
import { onePerLink } from './one-per-link.ts';

type Echo = NetworkReady['echoes'][number];

/** 30 echoes take 0.6 s, so that the six links of four regions are done in two seconds. */
const echoes = 30;
const everyMs: Millis = 20;
/** When the connections are opened whose opening counts: the very first ones also wait for code to be compiled. */
const opensAtMs: readonly Millis[] = [300, 400, 500];
/** Links at once: more would be a load of their own; fewer, and 171 links take longer than 12 s. */
const atOnce = 16;

/** Measures every link that has an echo service, once per pair of regions. Throws a `fault` BenchError if one breaks. */
export async function calibrate(
  when: Calibration['when'],
  services: readonly Echo[],
  distances: Distances,
): Promise<Calibration> {
  const waiting = onePerLink(services);
  const links: LinkCalibration[] = [];
  const wanted = ({ app = '', from, to }: Echo): Millis => rttFor(distances, app, from, to) ?? NaN;
  const work = async (): Promise<void> => {
    for (let echo = waiting.shift(); echo !== undefined; echo = waiting.shift())
      links.push(await calibrateLink(echo, wanted(echo)));
  };
  const atIso = new Date().toISOString();
  await Promise.all(Array.from({ length: atOnce }, work));
  links.sort((a, b) => (linkKey(a) < linkKey(b) ? -1 : 1));
  return { when, atIso, links };
}

async function calibrateLink(
  { app, from, to, port }: Echo,
  wantedMs: Millis,
): Promise<LinkCalibration> {
  const { echoMs, openMs } = await measure(port).catch((error: unknown) => {
    throw new BenchError(
      'fault',
      `The link ${from}–${to} could not be calibrated: ${messageOf(error)}.`,
      'Try again; if it stays, report it with the output of `bench doctor`.',
      { cause: error },
    );
  });
  return {
    ...(app === undefined ? {} : { topology: app }),
    from,
    to,
    wantedMs,
    n: echoMs.length,
    p50Ms: quantile(echoMs, 0.5),
    p99Ms: quantile(echoMs, 0.99),
    openMs: quantile(openMs, 0.5),
  };
}

/** Both in ascending order. */
async function measure(port: number): Promise<{ echoMs: Sorted; openMs: Sorted }> {
  const [{ echoMs }, ...openMs] = await Promise.all([
    measureLink({ port, n: echoes, everyMs }),
    ...opensAtMs.map((atMs) => openAfter(port, atMs)),
  ]);
  return { echoMs: sorted(echoMs), openMs: sorted(openMs) };
}

async function openAfter(port: number, waitMs: Millis): Promise<Millis> {
  await sleep(waitMs);
  return (await measureLink({ port, n: 0, everyMs })).openMs;
}
